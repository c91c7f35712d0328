"""Facets: what fits, what is counted, and that all views show the same."""

from __future__ import annotations

import random
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from cases.domain import load_library
from cases.models import Case
from cases.schema import CaseFile, case_files
from cases.searching.facets import between, facets
from cases.searching.found import FoundCase, fetch
from cases.searching.listing import view_of
from cases.searching.results import FIELDS, Results, library
from cases.searching.search import bitmaps_of
from cases.searching.selection import Selection, read_selection

STATES = 50
WORDS = ("", "", "ceasefire", "border", "humanitarian aid")


def asked(**query: str | list[str]) -> Results:
    edition, bitmaps = library()
    selection = read_selection(QueryDict(urlencode(query, doseq=True)), bitmaps.values("region"))
    return Results(selection, edition, bitmaps)


def found(results: Results) -> set[str]:
    return {case.slug for case in every_case(results)}


def every_case(results: Results) -> list[FoundCase]:
    ids = [results.bitmaps.ids[at] for at in range(len(results.bitmaps.ids)) if results.cases >> at & 1]
    return fetch(ids, results.edition)


def some_state(seed: int) -> dict[str, str | list[str]]:
    """A filter state as somebody might click it together."""
    dice = random.Random(seed)
    regions = sorted({case.region for case in case_files().values()})
    chosen = dice.sample([*facets()], dice.randint(0, 3))
    values = {name: [*facets()[name].labels] or regions for name in chosen}
    state: dict[str, str | list[str]] = {
        name: dice.sample(several, dice.randint(1, len(several))) for name, several in values.items()
    }
    state["words"] = [dice.choice(WORDS)]
    if dice.random() < 0.3:
        state["from"] = [str(dice.randint(1970, 2015))]
    return state


def fits(case: CaseFile, chosen: Selection, words: set[str]) -> bool:
    """The plain reading of a selection, against the file."""
    facts: dict[str, set[str]] = {
        "conflict": {case.conflict_type},
        "region": {case.region},
        "parties": set(between(party.kind for party in case.parties)),
    }
    measures: list[dict[str, set[str]]] = [
        {name: set(held) if isinstance(held := value, tuple) else {held} for name, value in tags.items()}
        for tags in (
            {**{name: getattr(each, FIELDS[name]) for name in FIELDS if name != "verification"},
             "verification": each.verification.method}
            for each in case.measures
        )
    ]  # fmt: skip
    lessons: list[dict[str, set[str]]] = [
        {"lesson": {each.key}, "shown": {"well" if "strength" in each.direction else "badly"}} for each in case.lessons
    ]
    ends = 9999 if case.years.endswith("ongoing") else int(case.years[-4:])
    return (
        case.slug in words
        and ends >= chosen.years.get("from", 0)
        and all(
            any(all(part[name] & set(chosen.chosen[name]) for name in part if name in chosen.chosen) for part in parts)
            for parts in ([facts], measures, lessons)
        )
    )


@pytest.mark.parametrize("seed", range(STATES))
def test_the_views_agree_with_each_other_and_with_the_files(library: None, seed: int) -> None:
    results = asked(**some_state(seed))
    words = results.selection.words
    said = set(Case.objects.matching(words).values_list("slug", flat=True)) if words else set(case_files())
    expected = {slug for slug, case in case_files().items() if fits(case, results.selection, said)}
    assert found(results) == expected
    assert results.measure_count == sum(len(results.matching(case)) for case in every_case(results))
    by_list, by_map, by_timeline = in_list(results), in_map(results), in_timeline(results)
    assert set(by_list) == expected
    assert by_list == by_map == by_timeline
    assert sum(by_list.values()) == results.measure_count
    assert in_matrix(results) == results.measure_count


def in_list(results: Results) -> dict[str, int]:
    """The number of measures shown for each case, over all pages."""
    shown: dict[str, int] = {}
    for page in range(1, 4):
        selection = Selection(**{**vars(results.selection), "view": "list", "page": page})
        view = view_of(Results(selection, results.edition, results.bitmaps))
        shown |= {entry.case.slug: len(entry.measures) for entry in view.get("shown", [])}
    return shown


def in_map(results: Results) -> dict[str, int]:
    """The table's rows; the markers stand for as many cases."""
    view = view_of(Results(results.selection.seen_as("map"), results.edition, results.bitmaps))
    rows = view.get("shown", [])
    assert len(rows) == (sum(place.number for place in view["map"].places) if "map" in view else 0)
    return {entry.case.slug: len(entry.measures) for entry, _place in rows}


def in_timeline(results: Results) -> dict[str, int]:
    selection = results.selection.seen_as("timeline")
    shown = view_of(Results(selection, results.edition, results.bitmaps)).get("shown", [])
    return {e.case.slug: len(e.measures) for _decade, years in shown for _year, same in years for e in same}


def in_matrix(results: Results) -> int:
    """The measures that stand in some cell of sector and phase, each once."""
    planes = results.bitmaps.parts["measure"]
    number = 0
    for at, bits in enumerate(results.measures):
        plane = planes.sets[at]
        sectors = phases = 0
        for value in results.selection.chosen.get("sector") or facets()["sector"].labels:
            sectors |= plane.get(("sector", value), 0)
        for value in results.selection.chosen.get("phase") or facets()["phase"].labels:
            phases |= plane.get(("phase", value), 0)
        number += (bits & sectors & phases).bit_count()
    return number


@pytest.mark.parametrize("seed", range(8))
def test_each_number_is_what_choosing_it_leaves(library: None, seed: int) -> None:
    state = some_state(seed)
    for counted in asked(**state).counted():
        for option in counted.options:
            assert option.number == asked(**{**state, counted.facet.name: option.value}).case_count


@pytest.mark.parametrize("seed", range(8))
def test_a_cell_of_the_matrix_leads_to_as_many_measures_as_it_says(library: None, seed: int) -> None:
    results = asked(**some_state(seed))
    for matrix in results.matrices():
        for _title, cells in matrix.rows:
            for cell in cells:
                selection = read_selection(QueryDict(cell.query[1:]), results.bitmaps.values("region"))
                assert Results(selection, results.edition, results.bitmaps).measure_count == cell.number


def test_one_measure_has_to_be_all_that_is_asked_of_a_measure(db: None) -> None:
    nuba = case_files()["nuba-mountains-2002"]
    files = {nuba.slug: nuba}
    load_library(files)
    joint = {"verification": "joint"}  # only the undertaking on propaganda, which is no security measure
    assert asked(**joint).case_count == asked(sector="security").case_count == 1
    assert asked(**joint, sector="security").case_count == 0
    assert asked(**joint, sector="political").measure_count == 1


def test_one_lesson_has_to_be_on_the_topic_and_in_the_direction(library: None) -> None:
    well, badly = (found(asked(lesson="G4", shown=shown)) for shown in ("well", "badly"))
    assert well | badly == found(asked(lesson="G4"))
    assert "nuba-mountains-2002" in well - badly


def test_whom_a_conflict_is_between_follows_from_the_kinds_of_its_parties() -> None:
    assert between(["state", "armed_group"]) == ["state_and_armed_group"]
    assert between(["state", "state", "de_facto_authority"]) == ["states", "state_and_other"]
    assert between(["community", "community"]) == ["communities"]
    assert between(["coalition", "coalition"]) == ["other"]


def test_years_keep_what_touches_them_and_what_goes_on(library: None) -> None:
    late = found(asked(**{"from": "2023"}))
    assert "belize-guatemala-oas" in late
    assert "nuba-mountains-2002" not in late
    assert "sadat-jerusalem-1977" in found(asked(to="1978"))


def test_what_is_not_known_is_left_out_and_named() -> None:
    query = QueryDict("sector=security&sector=magic&from=soon&to=٢٠٠٠&view=globe&region=Atlantis&page=-1")
    selection = read_selection(query, ["East Asia"])
    assert selection.chosen == {"sector": ("security",)}
    assert (selection.view, selection.page, selection.years) == ("list", 1, {})
    assert {name for name, _value in selection.unknown} == {"sector", "from", "to", "view", "region"}


def test_an_address_says_what_was_read_from_it() -> None:
    selection = read_selection(QueryDict("words=a+b&sector=security&phase=negotiation&from=1990&view=matrix"), [])
    assert read_selection(QueryDict(selection.query()[1:]), []) == selection


@pytest.mark.parametrize("keep", [1, 3])
def test_counting_costs_three_queries_once_and_then_only_the_edition(
    db: None, keep: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    files = case_files()
    load_library({slug: files[slug] for slug in list(files)[:keep]})
    bitmaps_of.cache_clear()
    with django_assert_num_queries(4):  # edition, cases, measures, lessons
        asked(sector="security").counted()
    with django_assert_num_queries(1):  # edition
        asked(sector="security", lesson="G4").counted()
