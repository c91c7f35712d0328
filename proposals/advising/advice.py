"""What the pane beside the form says of a draft, ready to print: lines that open to why, what was read, and a case."""

from __future__ import annotations

from typing import NamedTuple

from assessments.presentation.clauses import Segment
from assessments.presentation.precedents import CaseLink
from assessments.presentation.words import Word


class Place(NamedTuple):
    """A field in words, and where it is edited."""

    label: str
    href: str


class Problem(NamedTuple):
    """What could not be read of the draft: where, and what to do."""

    place: Place
    message: str


class Finding(NamedTuple):
    """One check with its ``grade``. ``advice`` is an option, or a question if ``asks``; ``more`` places were read beside
    those named."""

    grade: str
    word: Word
    because: str
    places: tuple[Place, ...]
    more: int
    advice: str
    asks: bool
    case: CaseLink | None


class Bar(NamedTuple):
    """In per cent: the score, and from where to where it may move with what is not known."""

    score: int
    low: int
    high: int


class Line(NamedTuple):
    """A guideline or a challenge. ``code``: its band or risk; ``bar``: of guidelines only; ``notes``: what limits it."""

    id: str
    name: str
    code: str
    word: Word
    score: str
    spoken: str
    bar: Bar | None
    known: int
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]


class StepLine(NamedTuple):
    """A next best step. ``gain``: "+14", "?" for an open question; empty, as ``moves`` is, while scores are hidden."""

    change: str
    gain: str
    spoken: str
    moves: tuple[str, ...]
    effort: str
    why: str
    asks: bool
    question: str
    too_far: str
    place: Place
    case: CaseLink


class LoosePhrase(NamedTuple):
    """Words that are too loose, what kind they are of, and what to write instead."""

    phrase: str
    name: str
    why: str
    counted: bool


class ClauseLine(NamedTuple):
    """A clause of the measure in view, cut into runs. ``word`` is ``None`` while scores are hidden."""

    number: int
    runs: tuple[Segment, ...]
    word: Word | None
    level: str
    phrases: tuple[LoosePhrase, ...]
    missing: tuple[str, ...]
    redraft: str
    place: Place


class MeasureInView(NamedTuple):
    """The measure that is being written, with its clauses."""

    id: str
    title: str
    language: str
    clauses: tuple[ClauseLine, ...]


class VerdictLine(NamedTuple):
    """The verdict and why."""

    headline: str
    reasons: tuple[str, ...]


class Advice(NamedTuple):
    """All that the pane shows. While scores are hidden there are neither verdict nor lines, and no figure of a step."""

    hide_scores: bool
    problems: tuple[Problem, ...]
    verdict: VerdictLine | None
    guidelines: tuple[Line, ...]
    challenges: tuple[Line, ...]
    steps: tuple[StepLine, ...]
    measure: MeasureInView | None
