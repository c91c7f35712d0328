"""What a report says as sheets of rows, by kind of block: what does not have a sheet of its own stands on the last one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from cbm_advisor.lib.text import gettext_noop
from reports.formats.walking import Placed, after, before, placed_blocks
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

Cell = str | int | Mark | tuple[Run, ...] | None
"""Runs where a text is more than plain."""

NAMES: Final = {
    "scores": gettext_noop("Scores"),
    "risks": gettext_noop("Risks"),
    "lists": gettext_noop("Numbered lists"),
    "findings": gettext_noop("Findings"),
    "clauses": gettext_noop("Clauses"),
    "commitments": gettext_noop("Commitments"),
    "changes": gettext_noop("Changes"),
    "comments": gettext_noop("Comments"),
    "tables": gettext_noop("Tables"),
    "text": gettext_noop("Text"),
}
"""The sheets in their order."""

NAMING_THEIR_PLACE: Final = frozenset({"findings", "clauses", "commitments", "changes", "comments"})
"""Sheets whose rows say themselves where they belong."""


class Row(NamedTuple):
    """Cells below the heads of the sheet, and facts whose labels become heads. ``is_heading``: the title of a section."""

    cells: tuple[Cell, ...]
    facts: tuple[Fact, ...] = ()
    is_heading: bool = False


@dataclass
class Sheet:
    """``titles``: those of the sections or tables that the rows come from."""

    of: str
    heads: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """That of the only list or table which is on it, or that of its kind."""
        [*titles] = self.titles
        return titles[0] if self.of in ("lists", "tables") and len(titles) == 1 and titles[0] else _(NAMES[self.of])

    def table(self) -> tuple[list[str], list[list[Cell]]]:
        """The heads and the rows below them, with a column for each label of a fact and without columns that say nothing.

        Several facts with the same label stand in one cell, below each other.
        """
        labels = list(dict.fromkeys(fact.label for row in self.rows for fact in row.facts))
        heads = [*self.heads, *(label or _("More") for label in labels)]
        rows = [[*row.cells, *(_below_each_other(row.facts, label) for label in labels)] for row in self.rows]
        telling = [at for at in range(len(heads)) if self._tells(at, [row[at] for row in rows])]
        return [heads[at] for at in telling], [[row[at] for at in telling] for row in rows]

    def _tells(self, at: int, column: list[Cell]) -> bool:
        """Whether anything stands in a column. Sections count where they differ and nothing else says where a row belongs."""
        is_path = at == 0
        if is_path:
            return len(set(column)) > 1 and self.of not in NAMING_THEIR_PLACE
        return any(cell not in (None, "", ()) for cell in column)


def sheets_of(model: ReportModel) -> list[Sheet]:
    """The sheets that the model has something for."""
    sheets: dict[tuple[str, tuple[str, ...]], Sheet] = {}
    for placed in placed_blocks(model):
        for of, heads, title, row in _placed_rows(placed):
            sheet = sheets.setdefault((of, heads), Sheet(of, heads))
            sheet.rows.append(row)
            sheet.titles.add(title)
    return sorted(sheets.values(), key=lambda sheet: list(NAMES).index(sheet.of))


class _OnSheet(NamedTuple):
    of: str
    heads: tuple[str, ...]
    title: str
    row: Row


def _placed_rows(placed: Placed) -> Iterator[_OnSheet]:
    """The rows of a block, each with the section that it stands in as its first cell."""
    title = placed.titles[-1]
    for of, heads, rows in _rows(placed.block):
        for row in rows:
            caption = placed.block.caption if isinstance(placed.block, Table) else title
            yield _OnSheet(of, (_("Section"), *heads), caption, row._replace(cells=(placed.path, *row.cells)))


Rows = tuple[str, tuple[str, ...], Iterable[Row]]


def _rows(block: object) -> Iterator[Rows]:  # noqa: C901 - one case for each block
    heads: tuple[str, ...]
    match block:
        case Profile(columns=columns, scores=scores, legend=legend):
            name, score, band, known = columns
            heads = (_("ID"), name, score, _("At worst"), _("At best"), band, known)
            yield "scores", heads, map(_score, scores)
            yield _text(Row((None, legend, None)))
        case Lights(columns=columns, lights=lights):
            yield "risks", (_("ID"), *columns), [Row((light.id, light.name, light.mark)) for light in lights]
        case Finding() as found:
            heads = (_("Of"), _("Check"), _("Question"), _("Grade"), _("Why"))
            cells = (found.topic, found.check, found.question, found.mark, found.because)
            yield "findings", heads, [Row(cells, found.facts)]
        case Clause(where=where, mark=mark, runs=runs, facts=facts):
            yield "clauses", (_("Where"), _("Clause"), _("Wording")), [Row((where, runs, mark), facts)]
        case Commitment(number=number, measure=measure, text=text, facts=facts):
            yield "commitments", (_("Number"), _("Measure"), _("Commitment")), [Row((number, measure, text), facts)]
        case Change(where=where, what=what, runs=runs):
            heads = (_("Where"), _("What happened"), _("Change"), _("Before"), _("After"))
            yield "changes", heads, [Row((where, what, runs, before(runs), after(runs)))]
        case Comment() as comment:
            heads = (_("Where"), _("By"), _("When"), _("Comment"), _("Answer"), _("State"))
            yield "comments", heads, _comments(comment)
        case Table(caption=caption, columns=columns, rows=rows):
            yield "tables", (_("Table"), *columns), [Row((caption, *row)) for row in rows]
            if not rows:
                yield _text(Row((caption, "; ".join(columns), None)))
        case Bullets(entries=entries, is_numbered=True):
            steps = [Row((number, entry.text, entry.note)) for number, entry in enumerate(entries, 1)]
            yield "lists", (_("No."), _("Text"), _("Note")), steps
        case _:
            yield _text(*_running_text(block))


def _running_text(block: object) -> Iterator[Row]:
    match block:
        case Section(title=title, aside=aside, mark=mark):
            yield Row((aside, title, mark), is_heading=True)
        case Paragraph(text=text):
            yield Row((None, text, None))
        case Facts(rows=facts):
            yield from (Row((fact.label, fact.value, None)) for fact in facts)
        case Bullets(entries=entries):
            yield from (Row((entry.note, entry.text, None)) for entry in entries)
        case Note(label=label, text=text):
            yield Row((label, text, None))
        case Signatures(names=names, label=label):
            yield from (Row((label, name, None)) for name in names)
        case _:
            raise TypeError(f"No rows for {type(block).__name__}.")


def _text(*rows: Row) -> Rows:
    return "text", (_("Label"), _("Text"), _("Mark")), rows


def _score(score: Score) -> Row:
    low, high = score.span or (None, None)
    return Row((score.id, score.name, score.score, low, high, score.mark, score.known))


def _comments(comment: Comment, is_answer: bool = False) -> Iterator[Row]:
    texts = (None, comment.text) if is_answer else (comment.text, None)
    yield Row((comment.where, comment.by, comment.at, *texts, comment.state))
    for answer in comment.answers:
        yield from _comments(answer, is_answer=True)


def _below_each_other(facts: Sequence[Fact], label: str) -> str:
    return "\n".join(fact.value for fact in facts if fact.label == label)
