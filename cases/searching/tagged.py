"""How many of the library have each value of the taxonomy, for the pages that describe the values."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from accounts.pages import in_the_library
from cases.models import Case
from cases.searching.facets import facets
from cases.searching.results import library
from guidelines.taxonomy import LABELS

FACETS: Final = {
    **{
        kind: kind
        for kind in ("sector", "track", "phase", "purpose", "binding", "reciprocity", "verification", "result")
    },
    "actor_level": "level",
    "conflict_type": "conflict",
}
"""The facet of a kind of the taxonomy, where it has one."""
PARTIES: Final = {"party_kind": "kind", "power": "relative_power"}


class Tagged(NamedTuple):
    """A value of the taxonomy, how many measures or cases have it, and the address of the list of them if there is one."""

    label: str
    number: int
    query: str


@in_the_library
@require_GET
def tagged(request: HttpRequest, kind: str) -> HttpResponse:
    """What the library has of each value of a kind; as a fragment for the page on it. 404 if there is no such kind."""
    if kind not in LABELS:
        raise Http404
    facet = FACETS.get(kind, "")
    context = {
        "kind": kind,
        "values": values_of(kind),
        "of_measures": facet in facets() and facets()[facet].part != "case",
    }
    fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, "cases/_tagged.html" if fragment else "cases/tagged.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def values_of(kind: str) -> list[Tagged]:
    """Each value of a kind in the order of the taxonomy; measures are counted where measures have it, else cases."""
    facet = FACETS.get(kind)
    numbers = _by_facet(facet) if facet else _by_fact(kind, library()[0])
    return [
        Tagged(name, numbers.get(code, 0), f"?{urlencode({facet: code})}" if facet and numbers.get(code) else "")
        for code, name in LABELS[kind].items()
    ]


def _by_facet(facet: str) -> dict[str, int]:
    """From what the process keeps of the library; one query for its edition."""
    planes = library()[1].parts[facets()[facet].part]
    everything = planes.fitting({})
    return {
        code: sum(bits.bit_count() for bits in planes.having(everything, (facet, code)))
        for code in facets()[facet].labels
    }


@lru_cache(maxsize=4)
def _by_fact(kind: str, edition: UUID | None) -> dict[str, int]:
    """Cases by what is no facet: how sure their facts are, or what some side of the conflict is; one query."""
    if kind not in PARTIES:
        return dict(Case.objects.order_by().values_list("confidence").annotate(Count("pk")))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT party->>%s, count(DISTINCT id) FROM cases_case, jsonb_array_elements(parties) AS party GROUP BY 1",
            [PARTIES[kind]],
        )
        return dict(cursor.fetchall())
