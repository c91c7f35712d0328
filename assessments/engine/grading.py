"""Grades, and how values become grades (rubric, section 2).

A grade says how far a check is met. ``UNKNOWN`` (the draft does not say) and ``NOT_APPLICABLE`` carry no worth: they
are left out of every score, so that missing information never counts as a weak design.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from cbm_advisor.lib.text import Text

Grade = Literal["met", "partly", "not_met", "unknown", "not_applicable"]

MET: Final = "met"
PARTLY: Final = "partly"
NOT_MET: Final = "not_met"
UNKNOWN: Final = "unknown"
NOT_APPLICABLE: Final = "not_applicable"

WORTH: Final[dict[str, float]] = {MET: 1.0, PARTLY: 0.5, NOT_MET: 0.0}
TRI: Final[dict[str | None, float | None]] = {"yes": 1.0, "partly": 0.5, "no": 0.0, None: None}
TRI_GRADE: Final[dict[str | None, Grade]] = {"yes": MET, "partly": PARTLY, "no": NOT_MET, None: UNKNOWN}
REVERSED_TRI_GRADE: Final[dict[str | None, Grade]] = {"no": MET, "partly": PARTLY, "yes": NOT_MET, None: UNKNOWN}

TOLERANCE: Final = 1e-6
"""Values closer than this are equal, so that 0.7 + 0.1 reaches a limit of 0.8."""


class Evidence(NamedTuple):
    """A place in the document that was read.

    ``pointer`` is a JSON pointer into the canonical document; ``start`` and ``end`` are character offsets (code
    points, end exclusive) where the place is a text and only part of it matters.
    """

    pointer: str
    start: int | None = None
    end: int | None = None


class Judgement(NamedTuple):
    """What a check found: its grade, why, and the places it read (pointers, or ``Evidence`` for a part of a text)."""

    grade: Grade
    because: Text
    evidence: Sequence[str | Evidence] = ()


def at_least(value: float, limit: float) -> bool:
    """Whether ``value`` reaches ``limit``; limits are inclusive."""
    return value >= limit - TOLERANCE


def at_most(value: float, limit: float) -> bool:
    """Whether ``value`` stays within ``limit``; limits are inclusive."""
    return value <= limit + TOLERANCE


def from_floor(value: float | None, met: float, partly: float) -> Grade:
    """Grades a value that is better the higher it is; ``None`` is unknown."""
    if value is None:
        return UNKNOWN
    return MET if at_least(value, met) else PARTLY if at_least(value, partly) else NOT_MET


def from_ceiling(value: float | None, met: float, partly: float) -> Grade:
    """Grades a value that is better the lower it is; ``None`` is unknown."""
    if value is None:
        return UNKNOWN
    return MET if at_most(value, met) else PARTLY if at_most(value, partly) else NOT_MET


def mean_of_known(values: Iterable[float | None]) -> float | None:
    """The mean of the known values, or ``None`` if fewer than half of them, or none, are known."""
    known, count = [], 0
    for value in values:
        count += 1
        if value is not None:
            known.append(value)
    if not known or 2 * len(known) < count:
        return None
    return sum(known) / len(known)


def percent(share: float) -> int:
    """A share as whole per cent for a sentence."""
    return int(share * 100 + 0.5 + TOLERANCE)
