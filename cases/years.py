"""The years of a case: as its file writes them, as numbers, in words. No database."""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

from django.utils.translation import gettext

from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _

GOES_ON: Final = "ongoing"
UNTIL_TODAY: Final = _("%(year)s until today")


class Dated(Protocol):
    """Something with a first and a last year; no last one if it goes on."""

    @property
    def begins(self) -> int: ...
    @property
    def ends(self) -> int | None: ...


class Years(NamedTuple):
    """The first and the last; no last one if it goes on."""

    begins: int
    ends: int | None


def read_years(written: str) -> Years:
    """From 2002, 2002-2005 or 2002-ongoing, as the schema lets them be written."""
    return Years(int(written[:4]), None if written.endswith(GOES_ON) else int(written[-4:]))


def years_of(case: Dated, translate: Translate = gettext) -> str:
    """The years in words."""
    if case.ends is None:
        return translate(UNTIL_TODAY) % {"year": case.begins}
    return str(case.begins) if case.ends == case.begins else f"{case.begins}–{case.ends}"
