"""Each step says how far it has come."""

from __future__ import annotations

from typing import Any

from assessments.package.drafts import read_draft
from proposals.building.steps import STEPS, measure_states, step_states


def states(draft: dict[str, Any]) -> dict[str, str]:
    return {state.slug: state.state for state in step_states(draft, read_draft(draft).problems)}


def test_the_steps_come_in_their_order() -> None:
    assert list(STEPS) == ["conflict", "diagnosis", "purpose", "measures", "sequence", "advice"]


def test_a_filled_draft_is_complete(example: dict[str, Any]) -> None:
    said = states(example)
    assert said["conflict"] == said["diagnosis"] == said["purpose"] == "complete"
    assert said["measures"] == "4, complete"


def test_an_empty_draft_asks_for_everything() -> None:
    said = states({})
    assert said["conflict"] == "2 questions open"
    assert said["measures"] == "none yet"
    assert said["sequence"] == said["advice"] == ""


def test_a_question_is_open_until_it_is_answered(example: dict[str, Any]) -> None:
    del example["context"]["phase"], example["context"]["purposes"]
    assert states(example)["purpose"] == "2 questions open"
    example["context"]["purposes"] = []
    assert states(example)["purpose"] == "1 question open"


def test_saying_that_there_is_no_purpose_answers_the_question(example: dict[str, Any]) -> None:
    example["context"]["purpose_statement"] = ""
    assert states(example)["purpose"] == "complete"


def test_each_party_has_its_questions(example: dict[str, Any]) -> None:
    example["parties"].append({"id": "p3"})
    assert states(example)["conflict"] == "2 questions open"


def test_a_measure_is_half_filled_while_a_burden_is_not_known(example: dict[str, Any]) -> None:
    del example["measures"][2]["impact"]["gos"]["burden"]
    assert states(example)["measures"] == "4, one half-filled"
    assert [state.open for state in measure_states(example, [])] == [0, 0, 1, 0]


def test_a_measure_without_any_effect_has_a_question_for_each_party(example: dict[str, Any]) -> None:
    del example["measures"][2]["impact"]
    assert [state.open for state in measure_states(example, [])] == [0, 0, 4, 0]


def test_what_cannot_be_read_is_to_be_put_right_where_it_stands(example: dict[str, Any]) -> None:
    example["measures"][1]["steps"] = "a few"
    example["process"]["months_on_cbms"] = "some"
    example["measures"][3]["start"] = "in spring"
    said = states(example)
    assert said["purpose"] == "1 to put right"
    assert said["sequence"] == "1 to put right"
    assert said["measures"] == "4, one half-filled"


def test_the_sequence_counts_measures_without_a_start(example: dict[str, Any]) -> None:
    for row in example["measures"][:3]:
        row["start"] = "2002-01-19"
    assert states(example)["sequence"] == "1 without a start"


def test_drafts_of_a_strange_shape_have_states_too() -> None:
    for draft in ({"measures": "x"}, {"parties": {"a": 1}}, {"measures": [1, None, {"id": 3}]}, {"diagnosis": []}):
        assert len(step_states(draft, read_draft(draft).problems)) == 6
