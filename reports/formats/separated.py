"""A report as CSV: one long table, a row for each statement, so that a person can filter and sort all that is said.

The first column numbers the rows, so that whoever sorted them finds the way back. What belongs to the row above it, such
as the facts of a finding, names it in ``Part of``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

from django.utils.translation import gettext as _
from django.utils.translation import override

from cbm_advisor.lib.csv_text import as_csv
from reports.formats.walking import Placed, after, before, placed_blocks, readable, told_of
from reports.model import (
    Bullets,
    Change,
    Clause,
    Comment,
    Commitment,
    Fact,
    Facts,
    Finding,
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


class Row(NamedTuple):
    """A statement. ``id``: by which it is referred to; ``mark``: a grade, band, risk or state in words."""

    kind: str
    id: str = ""
    label: str = ""
    text: str = ""
    part_of: str = ""
    mark: str = ""
    number: int | None = None


def separated(model: ReportModel) -> bytes:
    """The report in UTF-8 with a byte-order mark; the same bytes for the same report."""
    with override(model.language):
        heads = _("Row"), _("Section"), _("Kind"), _("Part of"), _("ID"), _("Label"), _("Text"), _("Mark"), _("Number")
        return "".join(as_csv(heads, _lines(model))).encode()


def _lines(model: ReportModel) -> Iterator[list[object]]:
    for number, (section, row) in enumerate(_rows(model), 1):
        texts = (section, row.kind, row.part_of, row.id, row.label, row.text, row.mark)
        yield [number, *map(readable, texts), "" if row.number is None else row.number]


def _rows(model: ReportModel) -> Iterator[tuple[str, Row]]:
    for fact in (Fact(_("Title"), model.title), *told_of(model)):
        yield "", Row(_("Report"), label=fact.label, text=fact.value)
    for placed in placed_blocks(model):
        for row in _statements(placed):
            yield placed.path, row


def _statements(placed: Placed) -> Iterator[Row]:  # noqa: C901 - one case for each block
    match placed.block:
        case Section(title=title, aside=aside, mark=mark):
            yield Row(_("Heading"), label=aside, text=title, mark=_word(mark))
        case Paragraph(text=text):
            yield Row(_("Paragraph"), text=text)
        case Facts(rows=rows):
            yield from _facts(rows)
        case Bullets() as bullets:
            yield from _entries(bullets)
        case Table() as table:
            yield from _cells(table)
        case Profile() as profile:
            yield Row(_("Table"), text="; ".join(profile.columns))
            for score in profile.scores:
                yield from _score(score)
            yield Row(_("Paragraph"), text=profile.legend)
        case Lights(columns=columns, lights=lights):
            yield Row(_("Table"), text="; ".join(columns))
            for light in lights:
                yield Row(_("Risk"), id=light.id, label=light.name, mark=light.mark.word)
        case Finding() as finding:
            yield Row(_("Finding"), finding.check, finding.question, finding.because, finding.topic, finding.mark.word)
            yield from _facts(finding.facts, of=finding.check)
        case Clause(where=where, mark=mark, runs=runs, facts=facts):
            yield Row(_("Clause"), label=where, text=after(runs), mark=mark.word)
            yield from _facts(facts, of=where)
        case Commitment(number=number, measure=measure, text=text, facts=facts):
            yield Row(_("Commitment"), number, "", text, measure)
            yield from _facts(facts, of=number or measure)
        case Change(where=where, what=what, runs=runs):
            yield Row(_("Change"), label=where, text=what)
            yield from _before_and_after(where, runs)
        case Comment() as comment:
            yield from _comment(comment)
        case Note(label=label, text=text):
            yield Row(_("Note"), label=label, text=text)
        case Signatures(names=names, label=label):
            for name in names:
                yield Row(_("Signature"), label=label, text=name)
        case _ as unknown:
            assert_never(unknown)


def _facts(facts: Iterable[Fact], of: str = "") -> Iterator[Row]:
    for fact in facts:
        yield Row(_("Fact"), label=fact.label, text=fact.value, part_of=of)


def _entries(bullets: Bullets) -> Iterator[Row]:
    for number, entry in enumerate(bullets.entries, 1):
        yield Row(_("Entry"), label=entry.note, text=entry.text, number=number if bullets.is_numbered else None)


def _cells(table: Table) -> Iterator[Row]:
    yield Row(_("Table"), label=table.caption, text="; ".join(table.columns))
    for row in table.rows:
        head = _said(row[0]) if row else ""
        for column, cell in zip(table.columns, row, strict=True):
            cell_row = Row(_("Cell"), head, column, part_of=table.caption)
            match cell:
                case Mark(word=word):
                    yield cell_row._replace(mark=word)
                case int():
                    yield cell_row._replace(number=cell)
                case None:
                    pass
                case _:
                    yield cell_row._replace(text=cell)


def _said(cell: str | int | Mark | None) -> str:
    return "" if cell is None else cell.word if isinstance(cell, Mark) else str(cell)


def _score(score: Score) -> Iterator[Row]:
    yield Row(_("Score"), score.id, score.name, score.known, mark=score.mark.word, number=score.score)
    if score.span is not None:
        for label, end in zip((_("At worst"), _("At best")), score.span, strict=True):
            yield Row(_("Range"), score.id, label, part_of=score.name, number=end)


def _before_and_after(where: str, runs: tuple[Run, ...]) -> Iterator[Row]:
    for kind, text in ((_("Before"), before(runs)), (_("After"), after(runs))):
        if text:
            yield Row(kind, text=text, part_of=where)


def _comment(comment: Comment, part_of: str = "") -> Iterator[Row]:
    said = " · ".join(text for text in (comment.by, comment.at) if text)
    yield Row(_("Answer") if part_of else _("Comment"), comment.where, said, comment.text, part_of, comment.state)
    for answer in comment.answers:
        yield from _comment(answer, comment.where or comment.text)


def _word(mark: Mark | None) -> str:
    return mark.word if mark else ""
