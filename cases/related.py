"""Cases that are like another one, with the reason."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cases.models import Case, CaseMeasure
from cases.years import years_of
from guidelines.taxonomy import label

SHOWN: Final = 4
CANDIDATES: Final = 24
SAME_CONFLICT: Final = 0.25


class Related(NamedTuple):
    """A case and what it has in common with the other one, in words."""

    case: Case
    years: str
    reason: str


def related_to(case: Case) -> list[Related]:
    """The cases most like ``case``: by the pairs of sector and phase in which both have measures, then by the type of
    the conflict. At most ``SHOWN``, the nearest first, equals by title; two queries beside the measures of ``case``.
    """
    own = _pairs(list(case.measures.all()))
    if not own:
        return []
    scored = []
    for other in _candidates(case):
        theirs = _pairs(list(other.measures.all()))
        likeness = len(own & theirs) / len(own | theirs)
        if other.conflict_type == case.conflict_type:
            likeness += SAME_CONFLICT
        scored.append((-likeness, other.title, other, own & theirs))
    scored.sort(key=lambda each: each[:2])
    return [
        Related(other, years_of(other), _reason(case, other, shared))
        for _score, _title, other, shared in scored[:SHOWN]
    ]


def _pairs(measures: list[CaseMeasure]) -> set[tuple[str, str]]:
    return {(sector, phase) for measure in measures for sector in measure.sectors for phase in measure.phases}


def _candidates(case: Case) -> list[Case]:
    """Those with the most measures in a sector and phase of the case's; the database sorts them out."""
    near = Q()
    for measure in case.measures.all():
        near |= Q(sectors__overlap=measure.sectors, phases__overlap=measure.phases)
    counted = CaseMeasure.objects.filter(near).exclude(case=case).values("case").annotate(shared=Count("pk"))
    ids = counted.order_by("-shared", "case").values("case")[:CANDIDATES]
    return list(Case.objects.filter(pk__in=ids).prefetch_related("measures"))


def _reason(case: Case, other: Case, shared: set[tuple[str, str]]) -> str:
    sectors = "; ".join(
        _(label("sector", sector)).lower() for sector in dict.fromkeys(s for s, _phase in sorted(shared))
    )
    phases = ", ".join(_(label("phase", phase)).lower() for phase in dict.fromkeys(p for _s, p in sorted(shared)))
    same = [_(label("conflict_type", case.conflict_type)).lower()] if case.conflict_type == other.conflict_type else []
    both = _("Measures in the same sector (%(sectors)s) and phase (%(phases)s)") % {
        "sectors": sectors,
        "phases": phases,
    }
    return "; ".join([both, *same])
