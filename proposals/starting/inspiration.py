"""A historic measure as the prompt for one of a draft: tags to begin with, and questions in the place of a text.

It is marked as taken from a case (``adapted_from``, ``origin: template``) and as shaped with nobody yet (``developed_with``
empty), so that G1 asks for it to be made the parties' own. What has to be decided anew, such as binding force or
verification, is left unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from assessments.package.kinds import LONGEST_TEXT
from cases.models import Case, CaseMeasure
from cases.presentation import result_word

TAGS = ("sectors", "actor_levels", "tracks", "phases", "purposes")

Row = dict[str, Any]


def prompt(case: Case, measure: CaseMeasure, *, number: int) -> Row:
    """The row of a draft's measure, with the id ``m<number>``."""
    row: Row = {
        "id": f"m{number}",
        "title": measure.title,
        "description": _description(case, measure)[:LONGEST_TEXT],
        "origin": "template",
        "developed_with": [],
        "adapted_from": case.slug,
    }
    return row | {tag: list(said) for tag in TAGS if (said := getattr(measure, tag))}


def free_number(draft: Mapping[str, Any]) -> int:
    """A number from which on no measure of the draft has the id ``m<number>``."""
    measures = draft.get("measures")
    rows: Iterable[Any] = measures if isinstance(measures, list | tuple) else ()
    ids = (row.get("id") for row in rows if isinstance(row, Mapping))
    numbers = (int(each[1:]) for each in ids if isinstance(each, str) and each[:1] == "m" and each[1:10].isdecimal())
    return max(numbers, default=0) + 1


def _description(case: Case, measure: CaseMeasure) -> str:
    said = {
        "case": case.title,
        "years": case.years,
        "description": measure.description,
        "result": result_word(measure.result).label,
    }
    lines = [
        _("To be rewritten. In “%(case)s” (%(years)s) it was: %(description)s") % said,
        _("What came of it: %(result)s.") % said + (f" {measure.result_note}" if measure.result_note else ""),
        _("What is different here? Which incident, fear or need of these parties would it answer?"),
        _("Who would do what, where and by when, and who would see that it was done?"),
    ]
    return "\n\n".join(lines)
