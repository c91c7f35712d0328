"""The loose words in the clauses of a pasted text, as the engine finds them. No database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assessments.engine.clauses import ClauseBook, Hit, analysed
from assessments.engine.lexicon import Lexicon, lexicon
from assessments.package import Commitment
from assessments.package.kinds import LONGEST_TEXT
from assessments.presentation.clauses import LooseClass, Segment, legend, segments
from proposals.starting.tagging import Clause, Part


class MarkedClause(NamedTuple):
    """A clause with its text cut where loose words begin and end."""

    clause: Clause
    segments: list[Segment]


class MarkedPart(NamedTuple):
    """A section with its clauses marked."""

    part: Part
    clauses: list[MarkedClause]


class Linted(NamedTuple):
    """All sections, and what the marks mean that occur in them."""

    parts: list[MarkedPart]
    legend: list[LooseClass]


def linted(parts: Sequence[Part], language: str) -> Linted:
    """The sections with their loose words marked; none are in a language that has no word list."""
    words = lexicon(language)
    marked = []
    classes = []
    for part in parts:
        clauses = []
        for clause in part.clauses:
            hits = [{"range": (hit.start, hit.end), "class": hit.category} for hit in _hits(clause.text, words)]
            classes += hits
            clauses.append(MarkedClause(clause, segments(clause.text, hits)))
        marked.append(MarkedPart(part, clauses))
    return Linted(marked, legend([{"hits": classes}]))


def _hits(text: str, words: Lexicon | None) -> tuple[Hit, ...]:
    """Of a clause of which nothing is known but its text: so a passive counts, as long as nobody is named beside it."""
    if words is None or len(text) > LONGEST_TEXT:
        return ()
    book: ClauseBook = {}
    return analysed(0, 0, Commitment(text=text), words, book).hits
