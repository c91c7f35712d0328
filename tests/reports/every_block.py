"""A report with every block that there is, each text in it once: what formats are tried on."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import get_args

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
    Paragraph,
    Profile,
    ReportModel,
    Run,
    Score,
    Section,
    Signatures,
    Table,
)

MET = Mark("met", "Met", "✓")
NOT_MET = Mark("not_met", "Not met", "!")
UNKNOWN = Mark("unknown", "Unknown", "?")
HIGH = Mark("high", "High risk", "!")
STRONG = Mark("strong", "Strong", "✓")
OPEN = Mark("insufficient", "Too little known", "?")

WORKSPACE = Fact("Workspace", "Team of the lake")
COMMENT = Comment(
    "The hotline, who does what",
    "A. Reviewer",
    "2025-02-28 10:00 UTC",
    "Who answers at night?",
    "Open",
    (Comment("", "B. Drafter", "2025-02-28 11:00 UTC", "The duty officer.", "", ()),),
)
BLOCKS: tuple[Block, ...] = (
    Paragraph("A paragraph of the report."),
    Paragraph("A warning of the report.", "warning"),
    Facts((Fact("Label of a fact", "Value of a fact"), Fact("", "A value that speaks for itself"))),
    Bullets((Entry("First thought", "said in small"), Entry("Second thought"))),
    Bullets((Entry("First step", "G1.1 · +5"), Entry("Second step", "G2.1 · +3")), is_numbered=True),
    Table(
        "Who bears what",
        ("Party", "Cost", "Grade"),
        (("North", 3, MET), ("South", -4, None), ("East", None, UNKNOWN)),
        (2, 1, 1),
    ),
    Table("A table without rows", ("Nobody", "Nothing"), (), (1, 1)),
    Profile(
        ("Guideline", "Points", "Band", "Coverage"),
        (
            Score("G1", "Tailor-made", 82, (70, 90), STRONG, "88 % known"),
            Score("G2", "Simple", None, None, OPEN, "0 % known"),
        ),
        "Bar: score. Bracket: range.",
    ),
    Lights(("Challenge", "Risk"), (Light("C1", "Trust is not the core", HIGH),)),
    Finding(
        "G1",
        "G1.1",
        "Does it fit the conflict?",
        NOT_MET,
        "The draft names no cause.",
        (Fact("To explore", "Name the cause."), Fact("We read", "Conflict; Purpose")),
    ),
    Finding("G1", "G1.2", "Is the phase named?", MET, "It is.", (Fact("We read", "Phase"),)),
    Clause(
        "The hotline, clause 1",
        NOT_MET,
        (Run("The parties shall "), Run("as far as possible", is_marked=True), Run(" answer calls.")),
        (Fact("Loose words", "“as far as possible”: nobody can check it."),),
    ),
    Commitment(
        "1.1",
        "Hotline",
        "North opens a line.",
        (Fact("By", "1 May"), Fact("By", "at the latest"), Fact("Who", "North")),
    ),
    Commitment("", "Patrols", "South tells of patrols.", (Fact("Checked by", "Observers"),)),
    Change(
        "The hotline, text",
        "Reworded",
        (Run("Calls are answered "), Run("soon", change="out"), Run("within an hour", change="in"), Run(".")),
    ),
    COMMENT,
    Note("My own note", "Ask the elders."),
    Signatures(("For North", "For South"), "Place and date"),
)
MODEL = ReportModel(
    kind="assessment",
    name="Full assessment",
    title="A hotline between two shores",
    subtitle="First steps · Prevent incidents",
    language="en",
    paper="a4",
    made_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
    workspace="Team of the lake",
    opening="cover",
    headline_label="Verdict",
    headline="Table after fixes",
    summary="Two gaps stand in the way.",
    facts=(Fact("Parties", "North, South"), Fact("Revision", "7")),
    contents_title="What is in here",
    sections=(
        Section("The first part", BLOCKS[:9], begins_page=True),
        Section(
            "The second part",
            (Section("A part of the part", BLOCKS[9:], aside="beside the title", mark=STRONG),),
            begins_page=True,
        ),
    ),
    foot="The parties decide.",
    classification="Confidential to the team",
    valid_until="31 December 2025",
    watermark="DRAFT FOR TALKS",
)

assert {type(block) for block in (*BLOCKS, MODEL.sections[0])} == set(get_args(Block)), "A block is missing here."


def with_blocks(*blocks: Block, **fields: object) -> ReportModel:
    """The report with one section of these blocks."""
    return dataclasses.replace(MODEL, sections=(Section("The only part", blocks),), **fields)  # type: ignore[arg-type]
