"""Report models made by hand: one with every block, and ways to make others from it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from PIL import Image

from reports.look import Look
from reports.model import (
    Block,
    Bullets,
    Change,
    Clause,
    Comment,
    Commitment,
    Entry,
    Fact,
    Facts,
    Finding,
    Light,
    Lights,
    Mark,
    Note,
    Opening,
    Paragraph,
    Profile,
    ReportModel,
    Run,
    Score,
    Section,
    Signatures,
    Table,
)

ARABIC = "يلتزم الطرفان بوقف إطلاق النار، ويبدأ التنفيذ خلال 72 ساعة من التوقيع."
MET, WEAK, UNKNOWN = Mark("met", "met", "✓"), Mark("weak", "weak", "!"), Mark("unknown", "not known", "?")

EVERY_BLOCK: tuple[Block, ...] = (
    Paragraph("Ready to table", "lead"),
    Paragraph("The first paragraph.\n\nThe second paragraph."),
    Paragraph("Said in passing.", "quiet"),
    Paragraph("Nobody has asked the commanders.", "warning"),
    Paragraph(ARABIC),
    Facts((Fact("Who", "Both sides"), Fact("", "A value that speaks for itself"), Fact("What they promised", ARABIC))),
    Bullets((Entry("First the hotline", "a week"), Entry("Then the patrols"))),
    Bullets((Entry("One"), Entry("Two", "+3"), Entry(ARABIC)), is_numbered=True),
    Table(
        "Who does what, and how well",
        ("Measure", "Number", "Grade"),
        (("Hotline", 12, MET), ("Patrols", None, UNKNOWN), ("Convoys", 0, "left open")),
        (3, 1, 1),
    ),
    Profile(
        ("Guideline", "Score", "Band", "Coverage"),
        (
            Score("G1", "Tailor-made", 62, (50, 80), WEAK, "80 % known"),
            Score("G2", "Simple", None, None, UNKNOWN, ""),
            Score("G3", "Visible", 30, (10, 90), Mark("insufficient", "too little known", "?"), "20 % known"),
        ),
        "Bar: score.",
    ),
    Lights(("Challenge", "Risk"), (Light("C1", "Trust is the problem", Mark("high", "high", "!")),)),
    Finding("G4 Verifiable", "G4.1", "Who looks?", WEAK, "Nobody is named.", (Fact("To explore", "Name a monitor."),)),
    Clause(
        "Measure 1, clause 1",
        Mark("not_met", "fuzzy", "!"),
        (Run("The sides shall withdraw "), Run("as soon as possible", is_marked=True), Run(".")),
        (Fact("Missing", "when"),),
    ),
    Commitment("1.1", "The hotline", "Both sides keep the line open.", (Fact("When", "from signature"),)),
    Change(
        "Measure 2, clause 1",
        "reworded",
        (Run("The patrols end after "), Run("five", change="out"), Run("ten", change="in"), Run(" days.")),
    ),
    Comment(
        "Measure 2",
        "A. Reviewer",
        "2025-02-11",
        "Why so late?",
        "open",
        (Comment("", "B. Mediator", "2025-02-12", "Because of the rains.", ""),),
    ),
    Note("Own note", "Ask #panic() the *general*"),
    Signatures(("For the Government", "For the Movement"), "Place and date"),
    Section("Below", (Section("Deeper", (Paragraph("Deep down."),), aside="score 62", mark=WEAK),)),
)


def logo(size: tuple[int, int] = (600, 200)) -> bytes:
    """A PNG file."""
    file = io.BytesIO()
    Image.new("RGB", size, "#336699").save(file, "PNG")
    return file.getvalue()


LOOK = Look(logo(), "#7a1f4b", "Head of the Mission", "Foot of the Mission")


def model_with(*blocks: Block, opening: Opening = "cover", language: str = "en", paper: str = "a4") -> ReportModel:
    """A model with these blocks in one section, and everything else that a report can have."""
    return ReportModel(
        kind="assessment",
        name="Kind of report",
        title="Title of the report",
        subtitle="Phase · Purpose",
        language=language,
        paper=paper,
        made_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
        workspace="Mission in the North",
        opening=opening,
        headline_label="The advice",
        headline="Table after fixes",
        summary="Two guidelines are weak.",
        facts=(
            Fact("Parties", "North, South"),
            Fact("Workspace", "Mission in the North"),
            Fact("Made on", "2025-03-01"),
        ),
        contents_title="Contents",
        sections=(Section("Chapter", blocks, begins_page=opening == "cover"),),
        foot="The parties decide.",
        classification="Restricted",
        valid_until="Valid until 2025-06-01",
        watermark="DRAFT",
    )
