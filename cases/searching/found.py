"""What a list reads of cases: only what it shows, for models cost more to make than to read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.urls import reverse

from cases.maps.countries import names_of

KEPT: Final = 2_000
"""How many cases a process keeps; some 10 MB."""


class FoundMeasure(NamedTuple):
    """A measure by its column's names."""

    title: str
    description: str
    sectors: list[str]
    actor_levels: list[str]
    tracks: list[str]
    phases: list[str]
    purposes: list[str]
    binding: str
    reciprocity: str
    verification: str
    result: str


class FoundCase(NamedTuple):
    """A case by its columns' names, its address, all of its measures, and its words as one text to be looked through."""

    pk: int
    slug: str
    title: str
    region: str
    countries: list[str]
    begins: int
    ends: int | None
    summary: str
    worked: str
    did_not: str
    address: str
    measures: list[FoundMeasure]
    text: str

    def get_absolute_url(self) -> str:
        return self.address

    @property
    def where(self) -> str:
        """Its countries by name, in the language that is spoken."""
        return names_of(self.countries)


READ: Final = """
    SELECT id, slug, title, region, countries, begins, ends, summary, worked, did_not, ARRAY(
        SELECT json_build_array(
            title, description, sectors, actor_levels, tracks, phases, purposes, binding, reciprocity, verification, result
        )
        FROM cases_casemeasure WHERE case_id = cases_case.id ORDER BY position
    )
    FROM cases_case WHERE id = ANY(%s)
"""
"""The columns of ``FoundCase`` and ``FoundMeasure``, in their order."""


def fetch(ids: Sequence[int], edition: UUID | None) -> list[FoundCase]:
    """The cases with these ids that there still are, in their order; one query for those that are not kept yet."""
    kept = kept_cases(edition)
    new = {case.pk: case for case in _read([pk for pk in ids if pk not in kept])}
    if len(kept) + len(new) <= KEPT:
        kept.update(new)
    return [case for pk in ids if (case := new.get(pk) or kept.get(pk))]


@lru_cache(maxsize=1)
def kept_cases(edition: UUID | None) -> dict[int, FoundCase]:
    """The cases of an edition that were read first, by id."""
    return {}


def _read(ids: Sequence[int]) -> list[FoundCase]:
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(READ, [[*ids]])
        return [_found(*row) for row in cursor.fetchall()]


def _found(*columns: Any) -> FoundCase:
    *facts, said = columns
    _pk, slug, *_others, summary, worked, did_not = facts
    measures = [FoundMeasure(*each) for each in said]
    text = " ".join([summary, *(f"{each.title}. {each.description}" for each in measures), worked, did_not])
    return FoundCase._make([*facts, slug.join(_around_slug()), measures, text])


@cache
def _around_slug() -> tuple[str, str]:
    """What stands before and after the slug in the address of a case; to reverse each takes as long as to read it."""
    before, _slug, after = reverse("cases:case", args=["slug"]).rpartition("slug")
    return before, after
