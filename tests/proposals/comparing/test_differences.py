from __future__ import annotations

import copy
import time
from typing import Any

import pytest

from assessments.calibration import calibration_packages, worked_example
from assessments.package import canonical_document
from proposals.comparing.differences import Difference, differences, grouped

Told = tuple[str, str, str]


@pytest.fixture
def old() -> dict[str, Any]:
    return canonical_document(worked_example().package)


@pytest.fixture
def new(old: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(old)


def told(found: list[Difference]) -> list[Told]:
    """Kind, section or measure, and field of each difference."""
    return [(each.kind, each.group, each.where) for each in found]


def text(runs: Any) -> str:
    return "".join(run.text for run in runs)


def test_a_draft_differs_in_nothing_from_itself() -> None:
    for historic in calibration_packages():
        document = canonical_document(historic.package)
        assert differences(document, copy.deepcopy(document)) == []


def test_everything_is_added_to_an_empty_draft_and_removed_on_the_way_back(old: dict[str, Any]) -> None:
    assert {each.kind for each in differences({}, old)} == {"added"}
    assert {each.kind for each in differences(old, {})} == {"removed"}


def test_moved_measure_is_moved_and_nothing_else(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["measures"].insert(0, new["measures"].pop(2))
    found = differences(old, new)
    assert told(found) == [("moved", "Measure 1: relief access and mine clearance", "")]
    assert (text(found[0].before), text(found[0].now)) == ("place 3", "place 1")


def test_moved_and_changed_measure_tells_both(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["measures"].append(new["measures"].pop(0))
    new["measures"][-1]["steps"] = 77
    assert [(each.kind, each.where) for each in differences(old, new)] == [("moved", ""), ("changed", "steps")]


def test_measure_that_is_left_out_is_removed_and_those_below_are_not_moved(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    gone = new["measures"].pop(0)
    found = differences(old, new)
    assert told(found) == [("removed", f"Measure 1: {gone['title']}", "")]
    assert ("title", gone["title"]) in found[0].facts


def test_clause_without_a_key_is_found_again_by_what_it_says(old: dict[str, Any], new: dict[str, Any]) -> None:
    clauses = [{"text": "Both sides open the four roads to relief convoys", "when": "day 10"}, {"text": "They report"}]
    old["measures"][0]["commitments"] = clauses
    new["measures"][0]["commitments"] = [{"text": "A new clause at the top"}, {**clauses[0], "when": "day 20"}]
    found = differences(old, new)
    kinds = [(each.kind, each.where) for each in found]
    assert kinds == [("added", "clause 1"), ("changed", "clause 2, when"), ("removed", "clause 2")]
    assert (text(found[1].before), text(found[1].now)) == ("day 10", "day 20")


def test_clause_with_a_key_is_the_same_however_much_was_rewritten(old: dict[str, Any], new: dict[str, Any]) -> None:
    old["measures"][0]["commitments"] = [{"_key": "k1", "text": "One"}, {"_key": "k2", "text": "Two"}]
    new["measures"][0]["commitments"] = [{"_key": "k2", "text": "Quite another thing"}, {"_key": "k1", "text": "One"}]
    kinds = {(each.kind, each.where) for each in differences(old, new)}
    assert ("changed", "clause 1, text") in kinds
    assert {kind for kind, _where in kinds} == {"changed", "moved"}


def test_keys_that_were_given_anew_do_not_mix_up_clauses(old: dict[str, Any], new: dict[str, Any]) -> None:
    old["measures"][0]["commitments"] = [{"_key": "k1", "text": "First of all"}, {"_key": "k2", "text": "They report"}]
    new["measures"][0]["commitments"] = [{"_key": "k1", "text": "They report"}]
    assert [(each.kind, each.where) for each in differences(old, new)] == [("removed", "clause 1")]


def test_keys_of_drafts_and_the_order_of_sets_say_nothing(old: dict[str, Any], new: dict[str, Any]) -> None:
    old["measures"][0]["sectors"] = ["political", "security"]
    new["measures"][0]["sectors"] = ["security", "political"]
    for n, row in enumerate(new["verification"]):
        row["_key"] = f"k{n}"
    assert differences(old, new) == []


def test_yes_is_yes_however_it_is_written(old: dict[str, Any], new: dict[str, Any]) -> None:
    old["measures"][0]["reversible"], new["measures"][0]["reversible"] = "yes", True
    assert differences(old, new) == []


def test_absent_and_none_are_two_things(old: dict[str, Any], new: dict[str, Any]) -> None:
    old.pop("links")
    new["links"] = []
    found = differences(old, new)
    assert told(found) == [("added", "Links", "")]
    assert text(found[0].now) == "none"


def test_ratings_are_told_by_party_and_in_words(old: dict[str, Any], new: dict[str, Any]) -> None:
    party = old["parties"][0]
    old["measures"][0]["impact"] = {party["id"]: {"burden": 1}}
    new["measures"][0]["impact"] = {party["id"]: {"burden": 3, "benefit": 2}}
    found = differences(old, new)
    assert [(each.kind, each.where) for each in found] == [
        ("changed", f"{party['name']}, burden"),
        ("added", f"{party['name']}, benefit"),
    ]
    assert text(found[0].now) == "3 of 4"


def test_references_go_by_the_titles_of_measures(old: dict[str, Any], new: dict[str, Any]) -> None:
    old["verification"] = [{"covers": "all", "body": "A commission"}]
    new["verification"] = [{"covers": ["m1"], "body": "A commission"}]
    [found] = differences(old, new)
    assert text(found.before) == "all measures"
    assert text(found.now) == f"“{new['measures'][0]['title']}”"


def test_words_that_changed_are_marked_in_both_texts(old: dict[str, Any], new: dict[str, Any]) -> None:
    old["summary"], new["summary"] = "The sides open two roads.", "The sides open four roads."
    [found] = differences(old, new)
    assert [run.text.strip() for run in found.before if run.differs] == ["two"]
    assert [run.text.strip() for run in found.now if run.differs] == ["four"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("steps", "a few"),
        ("impact", "heavy for all"),
        ("impact", {"nobody": "much"}),
        ("commitments", "both sides open the roads"),
        ("commitments", ["a text instead of a clause"]),
        ("sectors", "security, mostly"),
        ("title", None),
        ("title", 7),
        ("unheard_of", {"a": [1, {"b": None}]}),
    ],
)
def test_half_filled_and_wrong_drafts_are_compared_too(
    old: dict[str, Any], new: dict[str, Any], field: str, value: Any
) -> None:
    new["measures"][0][field] = value
    there, back = differences(old, new), differences(new, old)
    assert there
    assert back


@pytest.mark.parametrize("section", ["parties", "measures", "verification", "diagnosis", "context", "notes"])
@pytest.mark.parametrize("value", ["words", 3, ["words"], [{}], {"a": 1}, [{"id": 4}]])
def test_sections_of_the_wrong_shape_are_compared_too(
    old: dict[str, Any], new: dict[str, Any], section: str, value: Any
) -> None:
    new[section] = value
    assert differences(old, new)
    assert differences(new, old)


def test_groups_hold_all_differences_and_stand_once_each(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["title"], new["notes"], new["measures"][0]["steps"] = "Another", "A note", 9
    found = differences(old, new)
    groups = grouped(found)
    assert len({(each.title, each.anchor) for each in groups}) == len(groups)
    assert sum(len(each.differences) for each in groups) == len(found)


def test_large_drafts_are_compared_in_good_time() -> None:
    def draft(word: str) -> dict[str, Any]:
        text = f"the {word} side " * 1500
        clauses = [{"text": f"{word} {n} the sides shall do"} for n in range(1000)]
        measures = [{"id": f"{word}{n}", "title": f"{word} {n}"} for n in range(300)]
        return {"summary": text, "measures": [{"id": "m", "title": "M", "commitments": clauses}, *measures]}

    began = time.perf_counter()
    assert differences(draft("one"), draft("other"))
    assert time.perf_counter() - began < 10
