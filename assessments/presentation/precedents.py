"""Links to the cases that illustrate a finding."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from django.urls import reverse

from cases.titles import case_title


class CaseLink(NamedTuple):
    """A case of the library by title, with the address of its page."""

    title: str
    url: str


@cache
def case_link(slug: str) -> CaseLink:
    """The case with this slug. Raises ``KeyError`` if the library has none."""
    return CaseLink(case_title(slug), reverse("cases:case", args=[slug]))
