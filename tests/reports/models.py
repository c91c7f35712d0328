"""Report models made by hand, with every block."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from reports.model import (
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
    Paragraph,
    Profile,
    ReportModel,
    Run,
    Score,
    Section,
    Signatures,
    Table,
)  # fmt: skip

MOMENT = datetime(2025, 3, 1, 9, 30, 12, tzinfo=UTC)
MET, WEAK, UNKNOWN = Mark("met", "Met", "✓"), Mark("weak", "Weak", "!"), Mark("unknown", "Unknown", "?")
HIGH, MODERATE = Mark("high", "High", "!"), Mark("moderate", "Moderate", "~")

SCORES = (
    Score("G1", "Voluntary", 82, (74, 90), Mark("strong", "Strong", "✓"), "90 % known"),
    Score("G2", "Reciprocal", 41, (30, 66), WEAK, "60 % known"),
    Score("G3", "Verifiable", 20, (0, 100), Mark("insufficient", "Too little known", "?"), "20 % known"),
    Score("G4", "Irreversible at a cost", None, None, Mark("not_applicable", "Does not apply", "–"), "nothing known"),
)
ANSWER = Comment("", "Third Person", "3 March 2025", "Agreed.\nI will ask the southern side.", "", ())
COMMENT = Comment("Hotline, duration", "A Reviewer", "2 March 2025", "Too short?", "open", (ANSWER,))

BLOCKS: tuple[Any, ...] = (
    Paragraph("A plain paragraph.\nAnd its second line."),
    Paragraph("What leads in.", "lead"),
    Paragraph("What is said quietly.", "quiet"),
    Paragraph("What warns.", "warning"),
    Facts((Fact("Parties", "North, South"), Fact("", "A value that speaks for itself"), Fact("Conflict", "The border"))),
    Bullets((Entry("A first point"), Entry("A second point", "with a note"))),
    Bullets((Entry("Begin here"), Entry("Then there")), is_numbered=True),
    Bullets((Entry("Begin anew"),), is_numbered=True),
    Table(
        "Who gives what",
        ("Party", "Hours", "How sure"),
        (("North", 12, MET), ("South", None, UNKNOWN), ("A very long name of a party that breaks", 1200, HIGH)),
        (3, 1, 2),
    ),
    Profile(("Guideline", "Score", "Band", "Coverage"), SCORES, "The bracket says how far the score may move."),
    Lights(("Challenge", "Risk"), (Light("C1", "Spoilers", HIGH), Light("C2", "Fatigue", MODERATE))),
    Finding("Verifiable", "G3.1", "Can the other side see it?", WEAK, "Nobody is named.", (Fact("To explore", "Name one."),)),
    Clause("Hotline", Mark("fuzzy", "Fuzzy", "!"), (Run("Both answer "), Run("as appropriate", True), Run(".")),
           (Fact("Missing", "by when"),)),
    Commitment("1.2", "Hotline", "The North answers within an hour.", (Fact("Verified by", "the mission"),)),
    Commitment("", "Hotline", "The South answers too.", ()),
    Change("Hotline, duration", "changed", (Run("for "), Run("ten", change="out"), Run("twenty", change="in"), Run(" days"))),
    COMMENT,
    Note("Own note", "Ask again.\nIn spring."),
    Signatures(("For the North", "For the South", "For the witness"), "Place and date"),
)  # fmt: skip

FULL = ReportModel(
    kind="assessment",
    name="Assessment of a package",
    title="A hotline <for> both & {{ sides }}",
    subtitle="Negotiation · less risk",
    language="en",
    paper="a4",
    made_at=MOMENT,
    workspace="Team A",
    opening="cover",
    headline_label="Our advice",
    headline="Go on, with two changes",
    summary="It is balanced, but nobody can see whether it is kept.",
    facts=(Fact("Parties", "North, South"), Fact("Made on", "2025-03-01 09:30 UTC")),
    contents_title="What is inside",
    sections=(
        Section("Summary", BLOCKS[:5], begins_page=True),
        Section("Lists and tables", BLOCKS[5:11], aside="three of each", mark=WEAK),
        Section("Findings", (Section("Verifiable", (Section("Deeper", (Section("Deepest", BLOCKS[11:12]),)),)),)),
        Section("The text", BLOCKS[12:15], begins_page=True),
        Section("What others say", BLOCKS[15:18]),
        Section("To sign", BLOCKS[18:]),
    ),
    foot="Advice, not a decision. The parties decide.",
    classification="Confidential",
    valid_until="Valid until 1 June 2025",
    watermark="Draft",
)
ARABIC = replace(
    FULL,
    language="ar",
    title="خط ساخن بين الجانبين (12)",
    subtitle="التفاوض",
    headline="تابعوا مع تعديلين",
    summary="النص متوازن، لكن لا أحد يستطيع التحقق من تنفيذه خلال 30 يوماً.",
    watermark="مسودة",
    sections=(
        Section(
            "ملخص",
            (
                Paragraph("يتعهد الطرفان بالرد خلال ساعة واحدة (UNMISS) على كل اتصال."),
                Paragraph("An English sentence, as donors write it."),
                Table(
                    "من يعطي ماذا", ("الطرف", "ساعات", "الدرجة"), (("الشمال", 12, MET), ("الجنوب", 7, WEAK)), (2, 1, 1)
                ),
                Bullets((Entry("أولاً", "ملاحظة"), Entry("ثانياً")), is_numbered=True),
                Commitment("1.2", "خط ساخن", "يرد الشمال خلال ساعة.", (Fact("التحقق", "البعثة"),)),
                Clause("خط ساخن", WEAK, (Run("يرد الطرفان "), Run("عند الاقتضاء", True), Run(".")), ()),
                COMMENT,
                Signatures(("عن الشمال", "عن الجنوب"), "المكان والتاريخ"),
            ),
        ),
        Section("Profile", (Profile(("المبدأ", "الدرجة", "الفئة", "التغطية"), SCORES, "القوس يبين المدى."),)),
    ),
)
KOREAN = replace(
    FULL,
    language="ko",
    title="남북 “직통 전화” 합의…",
    subtitle="협상 · 위험 감소",
    sections=(Section("요약", (Paragraph("양측은 “즉시” 응답한다. 한 시간 안에."), *BLOCKS[4:9])),),
)
