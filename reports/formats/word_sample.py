"""A small report with every kind of block, on which uploaded templates are tried."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

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
)

_MARK: Final = Mark("weak", "Weak", "!")
_FACTS: Final = (Fact("Label", "Value"),)
_RUNS: Final = (Run("Some "), Run("words", is_marked=True))

SAMPLE: Final = ReportModel(
    kind="assessment",
    name="Sample",
    title="Title",
    subtitle="Subtitle",
    language="en",
    paper="a4",
    made_at=datetime(2000, 1, 1, tzinfo=UTC),
    workspace="Workspace",
    opening="cover",
    headline_label="Advice",
    headline="Headline",
    summary="Summary",
    facts=_FACTS,
    contents_title="Contents",
    sections=(
        Section(
            "First",
            (
                Paragraph("Text"),
                Facts(_FACTS),
                Bullets((Entry("Entry", "note"),)),
                Bullets((Entry("Entry"),), is_numbered=True),
                Table("Caption", ("Name", "Number"), (("Row", 1), ("Row", None), ("Row", _MARK)), (1, 1)),
                Profile(
                    ("Name", "Score", "Band", "Known"), (Score("G1", "Name", 50, (40, 60), _MARK, "all"),), "Legend"
                ),
                Lights(("Name", "Risk"), (Light("C1", "Name", _MARK),)),
                Finding("G1", "G1.1", "Question", _MARK, "Because", _FACTS),
                Clause("Where", _MARK, _RUNS, _FACTS),
                Commitment("1.1", "Measure", "Text", _FACTS),
                Change("Where", "changed", (Run("old", change="out"), Run("new", change="in"))),
                Comment("Where", "Name", "Day", "Text", "open", (Comment("", "Name", "Day", "Answer", ""),)),
                Note("Label", "Text"),
                Signatures(("Name", "Other"), "Place and date"),
                Section("Inner", (Paragraph("Text", "quiet"),)),
            ),
            aside="aside",
            mark=_MARK,
        ),
        Section("Second", ()),
    ),
    foot="Foot",
    classification="Classification",
    valid_until="Valid until",
    watermark="Watermark",
)
