"""Historic measures that are like one of a draft."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from cases.domain import load_library
from cases.models import CaseMeasure
from cases.precedents.drafted import TAGS, DraftContext, DraftMeasure, evenness
from cases.precedents.likeness import likeness_of_conflicts, likeness_of_tags, likeness_of_words, rarity
from cases.precedents.ranking import Precedent, precedents, words_of
from cases.precedents.reasons import tags_of_measure
from cases.schema import case_files
from cases.searching.facets import between, facets
from cases.searching.search import bitmaps_of

pytestmark = pytest.mark.usefixtures("library")

AROUND = DraftContext(frozenset({"state_and_armed_group"}), "intra-state", "uneven")
TRUCE = DraftMeasure(
    "A local truce with joint monitors",
    "Fighting stops in one district, and officers of both sides look into complaints together.",
    {
        "sector": frozenset({"security"}),
        "phase": frozenset({"pre_negotiation"}),
        "verification": frozenset({"joint_and_third_party"}),
        "binding": frozenset({"political"}),
    },
)


def as_drafted(measure: CaseMeasure) -> tuple[DraftMeasure, DraftContext]:
    """A historic measure, as if somebody drafted the same."""
    case = measure.case
    tags = {facet: frozenset(values) for facet, values in tags_of_measure(measure).items()}
    around = DraftContext(
        frozenset(between(party["kind"] for party in case.parties)),
        case.conflict_type,
        evenness(party["relative_power"] for party in case.parties),
    )
    return DraftMeasure(measure.title, measure.description, tags), around


def names(found: list[Precedent]) -> list[str]:
    return [f"{each.case.slug} {each.measure.position}" for each in found]


def test_who_drafts_a_historic_measure_again_finds_it_first_and_failures_beside_successes() -> None:
    for measure in CaseMeasure.objects.select_related("case").order_by("pk")[::4]:
        found = precedents(*as_drafted(measure))
        assert found[0].measure == measure
        assert found[0].likeness == pytest.approx(1)
        results = [each.measure.result for each in found]
        assert len(results) == 4
        assert sum(result in ("failed", "partly") for result in results) >= 2
        assert "held" in results


def test_the_truce_is_like_that_of_the_nuba_mountains_and_says_why() -> None:
    found = precedents(TRUCE, AROUND)
    assert found[0].case.slug == "nuba-mountains-2002"
    assert found[0].reason.startswith("Same sector (security) and phase (pre-negotiation)")
    assert "also verified by both sides with a third party" in found[0].reason
    assert "between a state and an armed group" in found[0].reason
    spoken = found[0].reason.partition("both speak of: ")[2].split(", ")
    assert spoken
    assert all(word in TRUCE.text for word in spoken)  # as the draft writes them, no stems
    likenesses = [each.likeness for each in found]
    assert likenesses == sorted(likenesses, reverse=True)


def test_a_reason_names_only_what_both_have() -> None:
    measure = DraftMeasure("x", "", {"sector": frozenset({"security"}), "phase": frozenset({"negotiation"})})
    for each in precedents(measure, DraftContext(conflict="inter-state")):
        assert ("(security)" in each.reason) == ("security" in each.measure.sectors)
        assert ("(negotiation)" in each.reason) == ("negotiation" in each.measure.phases)
        assert "verified" not in each.reason
        assert "between" not in each.reason


def test_words_alone_find_what_speaks_of_the_same() -> None:
    found = precedents(DraftMeasure("Exchange lists of nuclear installations"), DraftContext())
    assert found[0].case.slug == "india-pakistan-nuclear-lists-1988"


def test_accents_and_marks_of_the_query_language_are_words_like_others() -> None:
    draft = DraftMeasure("Crossings at Bürgenstock & 'Göra' | !x:* \\ <-> (", "nuclear\x00 installations")
    assert precedents(draft, DraftContext())[0].case.slug == "india-pakistan-nuclear-lists-1988"


def test_a_measure_that_says_nothing_has_no_precedents(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert precedents(DraftMeasure(), AROUND) == []
    assert precedents(DraftMeasure("zzzz"), AROUND) != []  # the conflict is known


def test_the_order_is_the_same_each_time_and_in_each_process() -> None:
    first = names(precedents(TRUCE, AROUND, number=12))
    bitmaps_of.cache_clear()
    words_of.cache_clear()
    assert names(precedents(TRUCE, AROUND, number=12)) == first


def test_tags_of_which_nothing_is_known_neither_help_nor_harm() -> None:
    weights = {(facet, value): 1.0 for facet in TAGS for value in facets()[facet].labels}
    theirs = {("sector", "security"), ("phase", "negotiation"), ("track", "I")}
    assert likeness_of_tags({("sector", "security")}, theirs, weights) == 1
    assert likeness_of_tags({("sector", "security"), ("phase", "implementation")}, theirs, weights) == pytest.approx(
        1 / 3
    )
    assert likeness_of_conflicts(DraftContext(), ["states"], "mixed", "even") is None
    assert likeness_of_conflicts(DraftContext(power="uneven"), ["states"], "mixed", "uneven") == 1
    silent = replace(TRUCE, tags={**TRUCE.tags, "purpose": frozenset()})
    assert names(precedents(silent, AROUND)) == names(precedents(TRUCE, AROUND))


def test_what_is_rare_says_more() -> None:
    assert rarity(1, 100) > rarity(50, 100) > rarity(100, 100) == 1
    weights = {("sector", "a"): rarity(1, 100), ("sector", "b"): rarity(90, 100)}
    both = {("sector", "a"), ("sector", "b")}
    assert likeness_of_tags(both, {("sector", "a")}, weights) > likeness_of_tags(both, {("sector", "b")}, weights)
    rare = {"common": 1.0, "rare": 3.0}
    by_rare = likeness_of_words({"common", "rare"}, {"rare"}, rare.__getitem__)
    assert by_rare > likeness_of_words({"common", "rare"}, {"common"}, rare.__getitem__)
    assert likeness_of_words({"common"}, {"common"}, rare.__getitem__) == pytest.approx(1)


@pytest.mark.parametrize("keep", [1, 3, 43])
def test_it_costs_six_queries_however_many_cases_there_are(
    keep: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_library(dict(list(case_files().items())[:keep]))
    precedents(TRUCE, AROUND)
    with django_assert_num_queries(6):
        precedents(TRUCE, AROUND)


def test_nothing_of_the_draft_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft's words reach the database as parameters, and no cache is filled by a second, other draft."""
    precedents(TRUCE, AROUND)
    kept = [cache.cache_info().currsize for cache in (bitmaps_of, words_of)]
    with CaptureQueriesContext(connection) as queries:
        precedents(DraftMeasure("Quarantine at Xanadu", "secretword"), AROUND)
    assert [cache.cache_info().currsize for cache in (bitmaps_of, words_of)] == kept
    assert sum("secretword" in query["sql"] for query in queries) == 2  # its stems; the cases with its words
