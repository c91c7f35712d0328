"""Who gives and who gets, and what changes if the stronger side takes more."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings

from assessments.engine import assess
from assessments.package import Package, load_package
from assessments.pictures.ledger import Ledger, ledger
from tests.assessments.pictures.material import historic, package
from tests.assessments.strategies import packages


def drawn(of: Package) -> Ledger:
    return ledger(assess(of, steps=False))


def impact(**by_party: tuple[int, int]) -> dict[str, Any]:
    return {"impact": {party: {"burden": b, "benefit": g} for party, (b, g) in by_party.items()}}


def test_the_worked_example_adds_up() -> None:
    shown = drawn(historic("nuba-2002"))
    sums = {party.id: (party.total.burden, party.total.benefit, party.total.net_figure) for party in shown.parties}
    assert sums == {"gos": (5, 7, "+2"), "splm": (5, 9, "+4")}
    assert [party.part for party in shown.parties] == [50, 50]
    assert [party.worst_off for party in shown.parties] == [True, False]
    assert "Government of Sudan" in shown.summary
    assert "0.5" in shown.summary


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(packages())
def test_the_sums_are_those_of_the_package(drafted: Package) -> None:
    shown = drawn(drafted)
    impacts = [measure.impact for measure in drafted.measures or () if measure.impact is not None]
    for party in shown.parties:
        own = [each[party.id] for each in impacts if party.id in each]
        assert (party.total.burden or 0) == sum(each.burden or 0 for each in own)
        assert (party.total.benefit or 0) == sum(each.benefit or 0 for each in own)
    for n, party in enumerate(shown.parties):
        assert sum(row.shares[n].net for row in shown.rows) == party.total.net


def test_of_costs_and_loss_of_face_the_highest_counts() -> None:
    def cost(money: int, face: int) -> dict[str, Any]:
        return {"cost": {"a": {"money": money}}, "impact": {"a": {"burden": 1, "loss_of_face": face}}}

    total = drawn(package(cost(1, 0), cost(2, 2), cost(2, 1))).parties[0].total
    assert (total.costs[0][1], total.costs[1][1], total.face) == (2, None, 2)


def test_what_is_not_said_is_unknown_and_not_nought() -> None:
    shown = drawn(package({}, impact(a=(1, 1))))
    unrated, rated = shown.rows
    assert not unrated.rated
    assert [share.net_figure for share in unrated.shares] == ["?", "?"]
    assert rated.shares[0].known
    assert not rated.shares[1].known
    assert [ref.id for ref in shown.unrated] == ["m1"]
    assert (shown.parties[1].total.burden, shown.parties[1].total.net_figure) == (None, "?")


def test_bars_reach_to_both_sides_of_the_middle() -> None:
    bars = drawn(package(impact(a=(4, 1), b=(0, 2)))).rows[0].shares[0].bars
    assert (bars.burden_from, bars.burden, bars.benefit) == (0, 50, 12.5)


def test_parties_are_compared_only_when_half_of_the_measures_are_rated() -> None:
    assert "half" in drawn(package(impact(a=(1, 1), b=(1, 2)), {}, {})).summary
    assert "Anders" in drawn(package(impact(a=(1, 1), b=(1, 2)), {})).summary
    assert "two parties" in drawn(package({}, parties=[])).summary
    assert "rated" in drawn(package({})).summary


def test_a_measure_that_touches_one_side_only_is_marked() -> None:
    shown = drawn(package(impact(a=(0, 2), b=(2, 0)), impact(a=(1, 1), b=(1, 1))))
    assert [row.one_sided for row in shown.rows] == [True, False]


def test_burden_passes_to_the_stronger_where_it_weighs_most() -> None:
    shown = drawn(package(impact(a=(1, 2), b=(2, 2)), impact(a=(1, 2), b=(4, 2))))
    shift = next(each for each in shown.what_ifs if "carries one point" in each.words)
    assert shift.words == "Anders carries one point of the burden of Bern in “measure 2”"
    # Net a measure: Anders (4 - 2) / 2 = 1, Bern (4 - 6) / 2 = -1; with one point passed on 0.5 and -0.5.
    assert (shift.moves[2].before, shift.moves[2].after, shift.better) == ("2", "1", "yes")


def test_the_figures_of_a_what_if_are_those_of_the_edited_package() -> None:
    aceh = historic("aceh-coha-2002")
    document = aceh.model_dump(mode="json", by_alias=True, exclude_none=True)
    weapons = document["measures"][2]["impact"]
    weapons["gam"]["burden"] -= 1
    weapons["goi"]["burden"] += 1
    edited = assess(load_package(document), steps=False).profile
    shift = next(each for each in drawn(aceh).what_ifs if "carries one point" in each.words)
    assert "weapons storage" in shift.words
    assert shift.moves[0].after == str(edited.guidelines["G10"].score)
    assert shift.moves[1].after.startswith(edited.challenges["C4"].risk)


def test_the_stronger_may_move_first_where_steps_are_apart() -> None:
    apart = {**impact(a=(1, 1), b=(1, 1)), "reciprocity": "unilateral", "initiator": "b", "tacit_consent": "no"}
    first = next(each for each in drawn(package(apart)).what_ifs if "first step" in each.words)
    assert first.words == "Anders takes the first step in “measure 1”, and the reply of Bern is agreed beforehand"
    assert first.better == "yes"
    together = {**apart, "reciprocity": "simultaneous"}
    assert not any("first step" in each.words for each in drawn(package(together)).what_ifs)


def test_a_change_that_makes_it_worse_is_shown_as_such() -> None:
    shown = drawn(historic("mindanao-2004"))
    assert shown.what_ifs
    assert not shown.what_if_helps
    assert {each.better for each in shown.what_ifs} == {"no"}


def test_where_nobody_is_stronger_the_side_that_comes_off_best_is_asked() -> None:
    even = [{"id": "a", "name": "Anders"}, {"id": "b", "name": "Bern"}]
    shown = drawn(package(impact(a=(3, 1), b=(1, 3)), parties=even))
    assert shown.what_ifs[0].words.startswith("Bern ")
    assert "Nobody is said to be stronger" in shown.asked
    assert drawn(package(impact(a=(1, 1), b=(1, 1)), parties=even)).what_ifs == []


def test_a_change_never_leaves_the_scale() -> None:
    for measure in (impact(a=(4, 0), b=(2, 0)), impact(a=(2, 0), b=(0, 4))):
        assert not [each for each in drawn(package(measure)).what_ifs if "carries" in each.words]
