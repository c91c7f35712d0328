"""Cases side by side: what is compared, what is common, and an address that loses nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.comparison import MOST, Comparison, compare
from cases.domain import load_library
from cases.schema import case_files
from tests.personas import Person

pytestmark = pytest.mark.usefixtures("library")
NUBA = "nuba-mountains-2002"
ADDRESS = "/cases/compare/"


@pytest.fixture
def slugs() -> list[str]:
    """Six cases, by their slugs."""
    return sorted(case_files())[:6]


def named(comparison: Comparison) -> list[str]:
    return [case.slug for case in comparison.cases]


def page(person: Person, *slugs: str, **more: str) -> str:
    response = person.client.get(ADDRESS, {"case": slugs, **more})
    assert response.status_code == 200
    return str(response.content.decode())


def test_cases_stand_in_the_order_of_the_address_each_once(slugs: list[str]) -> None:
    first, second, *_ = slugs
    assert named(compare([second, first, second, ""])) == [second, first]


def test_unknown_slugs_are_named_and_left_out(slugs: list[str], mediator: Person) -> None:
    assert compare(["atlantis", slugs[0]]).unknown == ("atlantis",)
    shown = page(mediator, "atlantis", slugs[0], "<b>")
    assert "<li>atlantis</li>" in shown
    assert "<li>&lt;b&gt;</li>" in shown
    assert case_files()[slugs[0]].title.split(":")[0] in shown


def test_more_than_four_lose_nothing(slugs: list[str]) -> None:
    comparison = compare(slugs)
    assert named(comparison) == slugs[:MOST]
    assert [each.case.slug for each in comparison.rest()] == slugs[MOST:]
    gone = compare(_slugs_in(comparison.without(comparison.cases[0])))
    assert named(gone) == slugs[1 : MOST + 1]
    for each in comparison.rest():
        instead = compare(_slugs_in(each.instead))
        assert named(instead) == [*slugs[: MOST - 1], each.case.slug]
        assert {case.slug for case in instead.found} == set(slugs)


def _slugs_in(address: str) -> list[str]:
    return [part.removeprefix("case=") for part in address.partition("?")[2].split("&")]


def test_a_row_says_whether_it_is_the_same_in_all_and_which_values_are_shared() -> None:
    files = case_files()
    slugs = [slug for slug, case in files.items() if case.conflict_type == "intra-state"][:3]
    comparison = compare(slugs)
    assert comparison.facts[0].is_same
    sectors = comparison.forms[0]
    held = [{sector for measure in files[slug].measures for sector in measure.sectors} for slug in slugs]
    assert sectors.is_same == (held[0] == held[1] == held[2])
    shared = [{value.text for value in cell if value.in_all} for cell in sectors.cells]
    assert [len(each) for each in shared] == [len(held[0] & held[1] & held[2])] * 3


def test_what_is_common_is_said_and_nothing_else() -> None:
    files = case_files()
    slugs = [slug for slug, case in files.items() if case.conflict_type == "intra-state"][:2]
    inter = next(slug for slug, case in files.items() if case.conflict_type == "inter-state")
    assert "conflict: within a state" in compare(slugs).in_common()[0]
    assert "within a state" not in " ".join(compare([*slugs, inter]).in_common())
    assert compare(slugs[:1]).in_common() == []


def test_lessons_are_aligned_by_guideline_and_no_lesson_is_lost(slugs: list[str]) -> None:
    rows = compare(slugs[:3]).lessons()
    found = [(row.topic.id, lesson.why, at) for row in rows for at, cell in enumerate(row.cells) for lesson in cell]
    expected = [(each.key, each.why, at) for at, slug in enumerate(slugs[:3]) for each in case_files()[slug].lessons]
    assert sorted(found) == sorted(expected)
    assert all(any(row.cells) for row in rows)


def test_lessons_that_speak_of_it_both_ways_are_not_the_same() -> None:
    files = case_files()
    well = next(
        s for s, c in files.items() if {e.direction for e in c.lessons if e.key == "G4"} == {"illustrates_strength"}
    )
    badly = next(
        s for s, c in files.items() if {e.direction for e in c.lessons if e.key == "G4"} == {"illustrates_problem"}
    )
    row = next(row for row in compare([well, badly]).lessons() if row.topic.id == "G4")
    assert not row.is_same


def test_page_adds_by_words_and_takes_out_by_links(mediator: Person) -> None:
    shown = page(mediator, NUBA, words="nuba")
    assert f'href="{ADDRESS}?case={NUBA}&amp;case={NUBA}"' not in shown
    shown = page(mediator, next(slug for slug in case_files() if slug != NUBA), words="Nuba Mountains")
    assert f"&amp;case={NUBA}" in shown
    assert f'<a href="{ADDRESS}?">Take out' in shown


def test_empty_page_says_what_to_do(mediator: Person) -> None:
    assert "No case is chosen yet" in page(mediator)


@pytest.mark.parametrize("number", [1, 4])
def test_queries_do_not_grow_with_the_cases(number: int, slugs: list[str], mediator: Person) -> None:
    page(mediator, *slugs[:number])
    with CaptureQueriesContext(connection) as queries:
        page(mediator, *slugs[:number])
    # Session, person, memberships, cases, measures, lessons, shelf, news; the other four are the transaction and its walls.
    assert len(queries) == 12


def test_a_long_list_of_slugs_is_cut(mediator: Person) -> None:
    load_library(case_files())
    assert len(compare(case_files()).found) == 24
