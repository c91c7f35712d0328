"""The measures as rungs over time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from assessments.package import Package
from assessments.pictures.ladder import Ladder, demand_of, ladder
from tests.assessments.pictures.material import historic, package
from tests.assessments.strategies import packages

HARD = {"sensitivity": "core", "steps": 8}
EASY = {"sensitivity": "peripheral", "steps": 1}


def ids(shown: Ladder) -> list[str]:
    return [rung.measure.id for rung in shown.rungs]


def test_the_worked_example_begins_with_the_truce() -> None:
    shown = ladder(historic("nuba-2002"))
    assert ids(shown) == ["m1", "m4", "m3", "m2"]  # first results after 3, 7, 30 and 30 days; m1 opens m3
    truce = shown.rungs[0]
    # Related 1/2, cost 1/3, steps 3/8, burden 2/4: 0.427 on average.
    assert (truce.demand, truce.pips) == ("medium", 2)
    assert [ref.id for ref in truce.opens] == ["m3"]
    assert truce.verified == "verification begins with the duties"
    assert shown.concerns == []


def test_dates_come_first_then_speed_then_ease() -> None:
    drafted = package(
        {**HARD},
        {**EASY},
        {"days_to_first_result": 5},
        {"start": "2027-05-01"},
        {"start": "2027-01-01"},
    )
    shown = ladder(drafted)
    assert ids(shown) == ["m5", "m4", "m3", "m2", "m1"]
    assert (shown.dated, shown.rungs[0].start, shown.rungs[0].start_iso) == (2, "1 January 2027", "2027-01-01")


def test_a_measure_stands_after_the_one_that_opens_it() -> None:
    opens = [{"from": ["m2"], "to": "measure", "target": "m1"}]
    shown = ladder(package({"days_to_first_result": 1}, {"days_to_first_result": 90}, links=opens))
    assert ids(shown) == ["m2", "m1"]
    assert shown.rungs[0].concerns == []


def test_an_undated_opener_stands_before_the_dated_measure_that_it_opens() -> None:
    opens = [{"from": ["m3"], "to": "measure", "target": "m2"}]
    shown = ladder(package({"start": "2027-01-01"}, {"start": "2027-02-01"}, {}, links=opens))
    assert ids(shown) == ["m1", "m3", "m2"]


def test_dates_that_contradict_a_link_are_told() -> None:
    opens = [{"from": ["m1"], "to": "measure", "target": "m2"}]
    shown = ladder(package({"start": "2027-03-01"}, {"start": "2027-02-01"}, links=opens))
    assert ids(shown) == ["m2", "m1"]
    assert shown.rungs[1].concerns == ["It opens “measure 2”, which stands before it."]


def test_measures_that_open_each_other_all_have_a_rung() -> None:
    circle = [{"from": [a], "to": "measure", "target": b} for a, b in (("m1", "m2"), ("m2", "m3"), ("m3", "m1"))]
    assert sorted(ids(ladder(package({}, {}, {}, links=circle)))) == ["m1", "m2", "m3"]


def test_in_the_order_of_the_document_nothing_is_moved_and_dates_are_held_against_it() -> None:
    drafted = package({"start": "2027-05-01"}, {"start": "2027-01-01"})
    shown = ladder(drafted, order="document")
    assert ids(shown) == ["m1", "m2"]
    assert shown.concerns == ["“measure 1” stands before “measure 2”, yet it starts later."]
    assert ladder(drafted).concerns == []


def test_a_demanding_rung_before_a_light_one_is_told_once() -> None:
    shown = ladder(package(HARD, EASY, EASY), order="document")
    assert len(shown.concerns) == 1
    assert shown.concerns[0].startswith("“measure 1” is demanding and comes before “measure 2”, which is light.")
    assert ladder(package(EASY, HARD), order="document").concerns == []


@pytest.mark.parametrize(
    ("measure", "asked"),
    [
        ({}, None),
        ({"sensitivity": "related"}, 0.5),
        ({"steps": 20}, 1.0),
        ({"cost": {"a": {"money": 0, "political": 3}}, "sensitivity": "peripheral"}, 0.5),
        ({"impact": {"a": {"burden": 1}, "b": {"burden": 4}}}, 1.0),
        ({"impact": {"a": {"benefit": 4}}}, None),
    ],
)
def test_demand_is_the_mean_of_what_is_known(measure: dict[str, Any], asked: float | None) -> None:
    assert demand_of((package(measure).measures or ())[0]) == asked


def test_the_weaker_side_that_moves_first_without_a_reply_is_told() -> None:
    first = {"reciprocity": "sequenced", "initiator": "b"}
    concern = "The weaker side moves first, and the draft does not say that the reply is agreed."
    assert ladder(package(first)).rungs[0].concerns == [concern]
    assert ladder(package({**first, "reply_agreed": "yes"})).rungs[0].concerns == []
    assert ladder(package({**first, "initiator": "a"})).rungs[0].concerns == []
    assert ladder(package(first)).rungs[0].mover == "Bern moves first"


@pytest.mark.parametrize(
    ("fields", "said", "poorly"),
    [
        ({}, "verification: not said", False),
        ({"verification": [{"covers": ["m2"], "method": "joint"}]}, "nobody verifies it", True),
        (
            {"verification": [{"ready": "after"}, {"ready": "before"}]},
            "verification stands before the duties begin",
            False,
        ),
        ({"verification": [{"ready": "after"}]}, "verification begins after the duties", True),
        ({"verification": [{}]}, "verification: when it is ready is not said", False),
    ],
)
def test_a_rung_says_when_it_is_verified(fields: dict[str, Any], said: str, poorly: bool) -> None:
    rung = ladder(package({"kind": "undertaking"}, {}, **fields)).rungs[0]
    assert (rung.verified, rung.verified_poorly) == (said, poorly)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(packages())
def test_every_measure_has_one_rung_in_either_order(drafted: Package) -> None:
    wanted = [measure.id for measure in drafted.measures or ()]
    assert ids(ladder(drafted, order="document")) == wanted
    assert sorted(ids(ladder(drafted))) == sorted(wanted)
    dates = [rung.start_iso for rung in ladder(drafted).rungs if rung.start_iso]
    assert dates == sorted(dates)
