"""Cases that are like another one."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.models import Case
from cases.related import SHOWN, related_to

pytestmark = pytest.mark.usefixtures("library")


def nuba() -> Case:
    return Case.objects.prefetch_related("measures").get(slug="nuba-mountains-2002")


def test_every_case_has_neighbours_but_never_itself() -> None:
    for case in Case.objects.prefetch_related("measures"):
        found = related_to(case)
        assert 1 <= len(found) <= SHOWN
        assert case not in [each.case for each in found]


def test_the_reason_names_what_both_have() -> None:
    for case, _years, reason in related_to(nuba()):
        sectors = {sector for measure in case.measures.all() for sector in measure.sectors}
        assert reason.startswith("Measures in the same sector")
        assert ("security" in reason) <= ("security" in sectors)
        assert ("within a state" in reason) == (case.conflict_type == "intra-state")


def test_the_order_is_the_same_each_time() -> None:
    assert related_to(nuba()) == related_to(nuba())


def test_it_costs_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    case = nuba()
    with django_assert_num_queries(2):
        related_to(case)
