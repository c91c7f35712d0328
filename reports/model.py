"""What a report says, whatever file it becomes: sections of blocks, all words in the reader's language. No database.

Kinds of reports compose a ``ReportModel``; formats set it. A format that knows every block shows all that a report says, so
that nothing is in one file and missing from another: see ``texts``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, Final, Literal

Tone = Literal["plain", "lead", "quiet", "warning"]
Opening = Literal["cover", "head"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A grade, band or risk. ``code``: which colour; the word and the sign say the same without one."""

    code: str
    word: str
    sign: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its label; the label is "" where the value speaks for itself."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list, with what is said of it in small."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text. ``is_marked``: loose words of a clause, or words that went or came (``change``)."""

    text: str
    is_marked: bool = False
    change: Literal["", "out", "in"] = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``is_numbered`` where the order means something."""

    entries: tuple[Entry, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below column heads; the first column heads its row. ``widths``: shares of the width of the page."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | Mark | None, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A guideline. ``score`` and ``span`` (if the unknowns turn out badly, well): 0 to 100, None where nothing is known."""

    id: str
    name: str
    score: int | None
    span: tuple[int, int] | None
    mark: Mark
    known: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The scores under the guidelines, as bars; ``columns``: heads of id, name, bar, score, band and coverage."""

    columns: tuple[str, str, str, str]
    scores: tuple[Score, ...]
    legend: str


@dataclass(frozen=True, slots=True)
class Light:
    """A challenge with its risk."""

    id: str
    name: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Lights:
    """The risks of the challenges; ``columns``: heads of name and risk."""

    columns: tuple[str, str]
    lights: tuple[Light, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. ``topic``: the guideline or challenge that it belongs to."""

    topic: str
    check: str
    question: str
    mark: Mark
    because: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A text of the package with its loose words marked. ``where``: in which measure it stands."""

    where: str
    mark: Mark
    runs: tuple[Run, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """An undertaking. ``number``: by which an agreement refers to it, "" if by none; ``measure``: whose it is."""

    number: str
    measure: str
    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two drafts: where, what happened, and the words before and after as runs."""

    where: str
    what: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said. ``by``: "" where names are left out; ``state``: open or resolved, in words."""

    where: str
    by: str
    at: str
    text: str
    state: str
    answers: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader wrote for themselves, apart from what is said by others."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on: a name, and a label for the place and the date."""

    names: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a title, of blocks and sections. ``begins_page``: as chapters do where the file has pages.
    ``aside``: what stands small beside the title; ``mark``: its grade."""

    title: str
    blocks: tuple[Block, ...]
    begins_page: bool = False
    aside: str = ""
    mark: Mark | None = None


Block = (
    Paragraph
    | Facts
    | Bullets
    | Table
    | Profile
    | Lights
    | Finding
    | Clause
    | Commitment
    | Change
    | Comment
    | Note
    | Signatures
    | Section
)


@dataclass(frozen=True, slots=True)
class ReportModel:
    """A report. ``opening``: with a cover and contents, or with a head above the text; ``headline`` and ``summary``: its
    main statement, "" if it has none; ``watermark``, ``classification``, ``valid_until``: "" if none was asked for, in words;
    ``contents_depth``: how many levels of titles the contents show.
    """

    kind: str
    name: str
    title: str
    subtitle: str
    language: str
    paper: str
    made_at: datetime
    workspace: str
    opening: Opening
    headline_label: str
    headline: str
    summary: str
    facts: tuple[Fact, ...]
    contents_title: str
    sections: tuple[Section, ...]
    foot: str
    classification: str = ""
    valid_until: str = ""
    watermark: str = ""
    contents_depth: int = 2


CODES: Final = frozenset({"kind", "language", "paper", "opening", "code", "tone", "change", "sign"})
"""Texts that say how something is set, and are not shown themselves; signs stand beside words that say the same."""


def as_json(value: Any) -> Any:
    """A model, or a part of it, as data for JSON; blocks say in ``type`` what they are."""
    if is_dataclass(value) and not isinstance(value, type):
        inner = {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
        return inner if isinstance(value, ReportModel) else {"type": type(value).__name__.lower(), **inner}
    if isinstance(value, tuple):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, datetime) else value


def texts(value: Any) -> Iterator[str]:
    """All that a model says, in order: what every format has to show. Runs are joined, but words that went or came stand
    each for themselves, as some formats tell them apart from the rest."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, tuple):
        if value and all(isinstance(each, Run) for each in value):
            yield from _said(value)
        else:
            for each in value:
                yield from texts(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if each.name not in CODES:
                yield from texts(getattr(value, each.name))


def _said(runs: tuple[Run, ...]) -> Iterator[str]:
    """One text, or where words changed each run."""
    if any(run.change for run in runs):
        yield from (run.text for run in runs if run.text)
    else:
        yield "".join(run.text for run in runs)
