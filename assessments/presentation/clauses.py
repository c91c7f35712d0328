"""Clauses with their loose words marked by character range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from assessments.engine.clauses import MEANING
from assessments.presentation.words import LEVELS, MISSING, Word


class LooseClass(NamedTuple):
    """A class of loose words: its name, and why it hurts and what to write instead."""

    name: str
    why: str


class Segment(NamedTuple):
    """A run of a clause's text; ``why`` is empty where nothing is loose, ``counted`` false where it is excused."""

    text: str
    why: str
    counted: bool


class ClauseView(NamedTuple):
    """One clause for the page."""

    anchor: str
    number: int
    measure: str
    measure_number: int
    segments: list[Segment]
    level: str
    word: Word
    hits: list[tuple[str, str, bool]]
    missing: list[str]


def segments(text: str, hits: Iterable[Mapping[str, Any]]) -> list[Segment]:
    """``text`` cut where a hit begins or ends. Ranges count code points; hits may nest and overlap.

    A segment under several hits says the names of all of them and counts if one of them does.
    """
    hits = list(hits)
    cuts = sorted({0, len(text), *(min(edge, len(text)) for hit in hits for edge in hit["range"])})
    parts = []
    for start, end in pairwise(cuts):
        over = [hit for hit in hits if hit["range"][0] <= start and end <= hit["range"][1]]
        names = dict.fromkeys(class_name(hit["class"]) for hit in over)
        parts.append(Segment(text[start:end], ", ".join(names), any(hit.get("counted", True) for hit in over)))
    return parts


def class_name(code: str) -> str:
    """The name of a class of loose words, in the reader's language."""
    return _(MEANING[code][0]) if code in MEANING else code


def clause_anchor(measure: str, number: int) -> str:
    """Anchor of a clause in the list of clauses."""
    return f"clause-{measure}-{number}"


def clause_views(clauses: Iterable[Mapping[str, Any]], measures: Mapping[str, int]) -> list[ClauseView]:
    """The clauses in document order; ``measures`` gives the number of each measure id."""
    views = []
    for clause in clauses:
        number = int(clause["pointer"].rsplit("/", 1)[1]) + 1
        views.append(
            ClauseView(
                anchor=clause_anchor(clause["measure"], number),
                number=number,
                measure=clause["measure"],
                measure_number=measures.get(clause["measure"], 0),
                segments=segments(clause["text"], clause["hits"]),
                level=clause["level"],
                word=LEVELS[clause["level"]],
                hits=[(hit["text"], hit["why"], hit.get("counted", True)) for hit in clause["hits"]],
                missing=[str(MISSING.get(part, part)) for part in clause["missing"]],
            )
        )
    return views


def redraft(clauses: Iterable[Mapping[str, Any]]) -> str:
    """The pattern for a clear clause, if there is one that is not."""
    return next((clause["redraft"] for clause in clauses if clause["redraft"]), "")


def legend(clauses: Iterable[Mapping[str, Any]]) -> list[LooseClass]:
    """The classes that occur, in the rubric's order."""
    found = {hit["class"] for clause in clauses for hit in clause["hits"]}
    return [LooseClass(_(name), _(why)) for code, (name, why) in MEANING.items() if code in found]
