"""Historic packages, encoded as they were designed, with the findings that a scholar would expect.

Ratings are one reader's, for testing and demonstration; they judge no party. Expectations were written from the
literature before any score was computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from assessments.engine import Scorecard, assess
from assessments.package import Package, load_package
from cbm_advisor.lib.data_files import read_data
from guidelines.catalogue import topic

WORKED_EXAMPLE: Final = "nuba-2002"

_BANDS: Final = {
    "strong": ("strong",),
    "weak": ("weak",),
    "at_least_adequate": ("strong", "adequate"),
    "at_most_adequate": ("adequate", "weak"),
    "not_applicable": ("not_applicable",),
}
_RISKS: Final = {"na": "not_applicable"}


class Expectation(NamedTuple):
    """One thing that a scholar would expect of a package. ``about``: G1 to G10, C1 to C5, or "verdict"; ``expected``:
    acceptable values; ``found``: what the engine says."""

    about: str
    expected: tuple[str, ...]
    found: str

    @property
    def met(self) -> bool:
        return self.found in self.expected


class CalibrationPackage(NamedTuple):
    """A historic package. ``case``: slug in the case library; ``snapshot``: the state that is encoded; ``ground``: what
    the expectations rest on."""

    id: str
    case: str
    snapshot: str
    ground: str
    expected: dict[str, Any]
    package: Package

    def compared(self, card: Scorecard | None = None) -> list[Expectation]:
        """Every expectation beside what the engine finds."""
        return list(_compared(self.expected, card or assess(self.package, steps=False)))


@cache
def calibration_packages() -> tuple[CalibrationPackage, ...]:
    """All historic packages, the worked example first."""
    sources = map(read_data, sorted(Path(__file__).parent.glob("*.yaml")))
    return tuple(CalibrationPackage(**{**source, "package": load_package(source["package"])}) for source in sources)


def worked_example() -> CalibrationPackage:
    """The Nuba Mountains ceasefire of 2002."""
    return next(package for package in calibration_packages() if package.id == WORKED_EXAMPLE)


def _compared(expected: dict[str, Any], card: Scorecard) -> Iterator[Expectation]:
    bands = {topic(i).key: (i, result.band) for i, result in card.profile.guidelines.items()}
    risks = {topic(i).key: (i, result.risk) for i, result in card.profile.challenges.items()}
    for wanted, acceptable in _BANDS.items():
        for key in expected.get(wanted, ()):
            about, band = bands[key]
            yield Expectation(about, acceptable, band)
    for key, levels in expected.get("challenges", {}).items():
        about, risk = risks[key]
        yield Expectation(about, tuple(_RISKS.get(level, level) for level in levels), risk)
    if "verdict" in expected:
        yield Expectation("verdict", tuple(expected["verdict"]), card.verdict.kind)
