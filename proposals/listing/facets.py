"""What a list of proposals can be narrowed and sorted by. No database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from assessments.presentation.words import BANDS, VERDICTS, Word
from guidelines.taxonomy import LABELS
from proposals.models import NOT_SCORED

STRONG_FROM, ADEQUATE_FROM = 75, 50
BAND_RANGES: Final = {
    "strong": (STRONG_FROM, 100),
    "adequate": (ADEQUATE_FROM, STRONG_FROM - 1),
    "weak": (0, ADEQUATE_FROM - 1),
    "insufficient": (NOT_SCORED, NOT_SCORED),
}
"""From which whole points to which: the bands of a guideline, for the index."""


class Facet(NamedTuple):
    """One way of narrowing: its parameter in the address, its name and its values with labels."""

    name: str
    title: Promise
    labels: Mapping[str, str | Promise]

    def label(self, value: str) -> str:
        """A value in words, translated."""
        return translated(str(self.labels[value]))


@cache
def facets() -> dict[str, Facet]:
    """All by the name of their parameter, in the order of the page."""
    every = [
        Facet("phase", _("Phase"), LABELS["phase"]),
        Facet("sector", _("Sector"), LABELS["sector"]),
        Facet("level", _("Actor level"), LABELS["actor_level"]),
        Facet("purpose", _("Purpose"), LABELS["purpose"]),
        Facet("band", _("Score"), {code: BANDS[code].label for code in BAND_RANGES}),
        Facet("verdict", _("Advice"), VERDICTS),
    ]
    return {facet.name: facet for facet in every}


class Sort(NamedTuple):
    """An order: the column, whether from its highest value, its name, and how a value of it is read from an address."""

    column: str
    is_descending: bool
    title: Promise
    read: Callable[[str], Any]


SORTS: Final = {
    "changed": Sort("changed_at", True, _("Last changed"), datetime.fromisoformat),
    "title": Sort("sort_title", False, _("Title"), str),
    "score": Sort("score", True, _("Highest score"), int),
    "lowest": Sort("score", False, _("Lowest score"), int),
    "measures": Sort("measure_count", True, _("Most measures"), int),
}
STATES: Final = {"draft": _("Drafts"), "archived": _("Archived"), "all": _("Drafts and archived")}
TABS: Final = {"workspace": _("In this workspace"), "mine": _("Mine"), "shared": _("Shared with me")}


def band_of(score: int) -> str:
    """The code of the band that a score is in."""
    return next(code for code, (low, high) in BAND_RANGES.items() if low <= score <= high)


def band_word(score: int) -> Word:
    """The mark and the word for a score."""
    return BANDS[band_of(score)]
