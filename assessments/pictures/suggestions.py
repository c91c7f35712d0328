"""Historic measures for the empty cells of the coverage: one query to the case library. Nothing of the draft goes in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import QuerySet, Value
from django.urls import reverse

from assessments.pictures.coverage import Gap, Suggestion
from cases.models import CaseMeasure
from cases.presentation import result_word

READ_FOR_A_GAP: Final = 8
"""Measures read for each cell and result, so that neighbouring cells can show different cases."""

_COLUMNS: Final = ("pk", "title", "position", "result", "case__title", "case__slug")
_PREFERRED: Final = ("held", "partly")


def suggestions(gaps: Iterable[Gap]) -> dict[Gap, Suggestion]:
    """For each cell that the library can fill, a measure that stood there: one that held, else one that did in part.

    Neighbouring cells get different cases where there are enough. The same library gives the same suggestions.
    """
    wanted = list(dict.fromkeys(gaps))
    if not wanted:
        return {}
    found = _read(wanted)
    chosen: dict[Gap, Suggestion] = {}
    used: set[str] = set()
    for n, gap in enumerate(wanted):
        if fitting := found.get(n):
            row = min(fitting, key=lambda row: (row["case__slug"] in used, _PREFERRED.index(row["result"]), row["pk"]))
            used.add(row["case__slug"])
            chosen[gap] = _suggestion(row)
    return chosen


def _read(wanted: list[Gap]) -> dict[int, list[Mapping[str, Any]]]:
    """The first fitting measures for each cell, by its place among those wanted."""
    first, *others = [_fitting(n, gap, result) for n, gap in enumerate(wanted) for result in _PREFERRED]
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in first.union(*others, all=True):
        found.setdefault(row["gap"], []).append(row)
    return found


def _fitting(number: int, gap: Gap, result: str) -> QuerySet[Any, Any]:
    """The first measures by key: the database stops at them, so a large library costs no more than a small one."""
    fitting = CaseMeasure.objects.filter(sectors__contains=[gap.sector], result=result)
    if gap.level:
        fitting = fitting.filter(actor_levels__contains=[gap.level])
    if gap.phase:
        fitting = fitting.filter(phases__contains=[gap.phase])
    numbered: QuerySet[Any, Any] = fitting.annotate(gap=Value(number)).order_by("pk").values("gap", *_COLUMNS)
    return numbered[:READ_FOR_A_GAP]


def _suggestion(row: Mapping[str, Any]) -> Suggestion:
    word = result_word(row["result"])
    anchor = CaseMeasure(position=row["position"]).anchor
    return Suggestion(
        title=row["title"],
        case=row["case__title"],
        url=f"{reverse('cases:case', args=[row['case__slug']])}#{anchor}",
        mark=word.mark,
        came_of_it=word.label,
    )
