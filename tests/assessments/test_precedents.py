"""What the library is asked for a measure of a package."""

from __future__ import annotations

from typing import Any

from assessments.package import Package
from assessments.precedents import drafted_context, drafted_measure
from cases.precedents.drafted import DraftContext


def package(**parts: Any) -> Package:
    return Package.model_validate({"format": "cbm-package/1", "title": "A draft", **parts})


def tags_of(measure: dict[str, Any], **parts: Any) -> dict[str, set[str]]:
    drafted = package(measures=[{"id": "m1", "title": "A measure", **measure}, {"id": "m2", "title": "B"}], **parts)
    assert drafted.measures is not None
    return {facet: set(codes) for facet, codes in drafted_measure(drafted, drafted.measures[0]).tags.items()}


def test_what_is_not_said_is_not_known() -> None:
    assert tags_of({}) == {}
    assert drafted_context(package()) == DraftContext()


def test_tags_are_the_measures_own_and_the_packages_where_it_says_none() -> None:
    context = {"phase": "negotiation", "purposes": ["consolidate"]}
    assert tags_of({"sectors": ["security"]}, context=context) == {
        "sector": {"security"},
        "phase": {"negotiation"},
        "purpose": {"consolidate"},
    }
    assert tags_of({"phases": ["implementation"], "binding": "none"}, context={"phase": "negotiation"}) == {
        "phase": {"implementation"},
        "binding": {"none"},
    }


def test_verification_is_what_covers_the_measure() -> None:
    of_the_other = {"covers": ["m2"], "method": "joint"}
    assert tags_of({}, verification=[of_the_other]) == {}
    assert tags_of({}, verification=[of_the_other, {"method": "third_party"}]) == {"verification": {"third_party"}}
    assert tags_of({}, verification=[{"covers": "all", "method": "joint"}]) == {"verification": {"joint"}}
    assert tags_of({}, verification=[]) == {"verification": {"none"}}


def test_the_conflict_is_said_in_the_words_of_the_library() -> None:
    parties = [
        {"id": "a", "name": "A", "kind": "state", "power": "stronger"},
        {"id": "b", "name": "B", "kind": "armed_group", "power": "weaker"},
    ]
    said = drafted_context(package(parties=parties, conflict={"type": "intra_state"}))
    assert said == DraftContext(frozenset({"state_and_armed_group"}), "intra-state", "uneven")


def test_whom_it_is_between_is_not_guessed_from_half_of_the_parties() -> None:
    parties = [{"id": "a", "name": "A", "kind": "state"}, {"id": "b", "name": "B"}]
    assert drafted_context(package(parties=parties)).between == frozenset()


def test_nothing_confidential_is_asked_with() -> None:
    drafted = package(
        measures=[{"id": "m1", "title": "A measure", "commitments": [{"text": "Both sides meet."}]}],
        diagnosis={"evidence_note": "secretword"},
        notes="secretword",
    )
    assert drafted.measures is not None
    asked = drafted_measure(drafted, drafted.measures[0])
    assert "secretword" not in f"{asked} {drafted_context(drafted)}"
    assert asked.text == "A measure\nBoth sides meet."
