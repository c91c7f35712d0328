"""Where the cases are, one by one or counted by fields."""

from __future__ import annotations

import json
from itertools import product

from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from cases.domain import new_edition
from cases.maps import places
from cases.maps.places import map_of
from cases.models import Case
from cases.searching.results import Results, library
from cases.searching.selection import read_selection
from tests.personas import Person


def found(query: str = "") -> Results:
    edition, bitmaps = library()
    return Results(read_selection(QueryDict(query), bitmaps.values("region")), edition, bitmaps)


def some_cases(number: int) -> None:
    """Copies of a case over the south of Africa, two at a place."""
    nuba = Case.objects.get(slug="nuba-mountains-2002")
    corners = product(range(-30, 0), range(10, 40))
    copies = []
    for n, (north, east) in zip(range(0, number, 2), corners, strict=False):
        for twin in (n, n + 1):
            nuba.pk, nuba.slug, nuba.latitude, nuba.longitude = None, f"case-{twin}", north + 0.5, east + 0.5
            copies.append(Case(**{f.name: getattr(nuba, f.name) for f in Case._meta.fields if f.name != "id"}))
    Case.objects.bulk_create(copies)
    new_edition()


def test_few_cases_have_a_place_each_in_the_order_of_the_list(library: None) -> None:
    seen = map_of(found("sector=security"))
    assert not seen.is_by_field
    assert {place.number for place in seen.places} == {1}
    assert len(seen.places) == found("sector=security").case_count


def test_only_countries_with_a_case_that_fits_are_tinted(library: None) -> None:
    shapes = set(map_of(found("words=Nuba+Danforth")).shapes)
    assert "729" in shapes
    assert "328" not in shapes
    assert shapes < set(map_of(found()).shapes)


def test_many_cases_are_counted_by_fields_and_none_is_lost(library: None) -> None:
    some_cases(400)
    results = found()
    seen = map_of(results)
    assert seen.is_by_field
    assert sum(place.number for place in seen.places) == results.case_count == 443
    assert len(seen.places) < 100
    for at, place in seen.place_of.items():
        case = Case.objects.get(pk=results.bitmaps.ids[at])
        assert abs(case.latitude - seen.places[place].latitude) < places.DEGREES
        assert abs(case.longitude - seen.places[place].longitude) < places.DEGREES


def test_the_page_of_many_cases_says_that_it_counts_and_has_pages(library: None, mediator: Person) -> None:
    some_cases(400)
    page = mediator.client.get("/cases/?view=map").content.decode()
    assert "too many to show one by one" in page
    assert page.count("data-place=") == places.MOST
    assert "Page 1 of 3" in page
    told = json.loads(page.split('id="map-places" type="application/json">')[1].split("</script>")[0])
    assert sum(number for _north, _east, number in told["places"]) == 443


def test_places_cost_one_query_once(library: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    results = found()
    assert results.cases
    places.places_of.cache_clear()
    with django_assert_num_queries(1):
        map_of(results)
    with django_assert_num_queries(0):
        map_of(results)
