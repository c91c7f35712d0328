"""Cases that show what a guideline or challenge means."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.illustrations import illustrations_of
from guidelines.catalogue import topics
from tests.personas import Person

pytestmark = pytest.mark.usefixtures("library")


@pytest.mark.parametrize("topic", topics())
def test_every_topic_is_shown_well_and_badly_by_two_cases_or_more(topic: str) -> None:
    found = illustrations_of(topic)
    for lessons in (found.well, found.badly):
        assert len({lesson.case_id for lesson in lessons}) >= 2


def test_both_directions_are_on_the_page_with_their_reasons(mediator: Person) -> None:
    page = mediator.client.get("/cases/illustrating/G4/").content.decode()
    found = illustrations_of("G4")
    for lesson in (found.well[0], found.badly[0]):
        assert f'href="/cases/{lesson.case.slug}/"' in page
    assert "<html" in page


def test_the_guideline_asks_for_them_as_a_fragment(mediator: Person) -> None:
    assert 'hx-get="/cases/illustrating/G4/"' in mediator.client.get("/guidelines/G4/").content.decode()
    fragment = mediator.client.get("/cases/illustrating/G4/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Well" in fragment


def test_a_topic_that_is_none_is_not_found(mediator: Person) -> None:
    assert mediator.client.get("/cases/illustrating/G99/").status_code == 404


def test_it_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        illustrations_of("G4")
