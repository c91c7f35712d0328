"""Where a picture's cells lead. Whoever shows the picture decides; without an address a cell is no link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from assessments.package import Measure, Package
from assessments.presentation.reader import measure_anchor

Href = Callable[[str, str], str]
"""The address for the id of a measure ("" for the whole package) and the id of a guideline ("" for none)."""


class MeasureRef(NamedTuple):
    """A measure as a picture names it: its number from 1, its title, and where it is to be read."""

    id: str
    number: int
    title: str
    href: str


def nowhere(measure: str, topic: str) -> str:
    """No links at all."""
    return ""


def below(base: str) -> Href:
    """Links to the sections of a scorecard's page at ``base``: of the measure, else of the guideline."""

    def href(measure: str, topic: str) -> str:
        return f"{base}#{measure_anchor(measure) if measure else topic}"

    return href


def refs(package: Package, href: Href) -> list[MeasureRef]:
    """All measures in document order."""
    return [_ref(number, measure, href) for number, measure in _numbered(package)]


def _numbered(package: Package) -> Iterator[tuple[int, Measure]]:
    return enumerate(package.measures or (), 1)


def _ref(number: int, measure: Measure, href: Href) -> MeasureRef:
    return MeasureRef(measure.id, number, measure.title, href(measure.id, ""))
