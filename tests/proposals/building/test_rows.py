"""The buttons of rows do what they say, to what they say, and to nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.package.addresses import KEY, rows_in, value_at
from assessments.package.changes import apply
from assessments.package.drafts import read_draft
from proposals.building.rows import RowsError, added_row, operations_of
from tests.proposals.building.pages import Sent, all_pages


def press(draft: dict[str, Any], button: str) -> dict[str, Any]:
    """The draft after a button was pressed; taking it back gives the draft as it was."""
    operations = operations_of(draft, button)
    after, undo = apply(draft, operations)
    assert apply(after, undo)[0] == draft
    return after


def titles(draft: dict[str, Any]) -> list[str]:
    return [row["id"] for row in draft["measures"]]


def test_a_new_measure_takes_the_phase_of_the_package_and_a_free_id(example: dict[str, Any]) -> None:
    after = press(example, "add /measures")
    assert after["measures"][-1] == {"id": "m5", "phases": ["pre_negotiation"]}
    assert added_row(operations_of(example, "add /measures")) == "/measures/m5"


def test_a_new_measure_invents_nothing() -> None:
    assert press({}, "add /measures")["measures"] == [{"id": "m1"}]


def test_an_id_that_is_named_anywhere_is_not_given_again(example: dict[str, Any]) -> None:
    example["links"][0]["target"] = "m5"
    assert press(example, "add /measures")["measures"][-1]["id"] == "m6"
    assert operations_of(example, "add /measures", taken={"m6"})[0].value["id"] == "m7"  # type: ignore[union-attr]


def test_parties_and_third_parties_get_ids_that_tell_nothing(example: dict[str, Any]) -> None:
    assert press(example, "add /parties")["parties"][-1] == {"id": "p1"}
    assert press(example, "add /third_parties")["third_parties"][-1] == {"id": "t1"}


def test_a_new_row_has_a_key_of_its_own(example: dict[str, Any]) -> None:
    after = press(example, "add /measures/m1/commitments")
    keys = [at.rpartition("/")[2] for at, _ in rows_in(after)]
    assert len(keys) == len(set(keys))
    assert set(after["measures"][0]["commitments"][-1]) == {KEY}


def test_a_row_may_be_added_that_is_about_one_measure(example: dict[str, Any]) -> None:
    assert press(example, "add /verification m2")["verification"][-1]["covers"] == ["m2"]
    assert press(example, "add /violations m2")["violations"][-1]["covers"] == ["m2"]
    assert press(example, "add /links m2")["links"][-1]["from"] == ["m2"]


def test_a_row_takes_the_place_of_there_being_none() -> None:
    assert len(press({"verification": []}, "add /verification")["verification"]) == 1


def test_rows_move_up_and_down_and_stop_at_the_ends(example: dict[str, Any]) -> None:
    assert titles(press(example, "up /measures/m2")) == ["m2", "m1", "m3", "m4"]
    assert titles(press(example, "down /measures/m2")) == ["m1", "m3", "m2", "m4"]
    assert titles(press(example, "down /measures/m3")) == ["m1", "m2", "m4", "m3"]
    assert operations_of(example, "up /measures/m1") == []
    assert operations_of(example, "down /measures/m4") == []


def test_rows_move_before_another_or_to_the_end(example: dict[str, Any]) -> None:
    assert titles(press(example, "before /measures/m4 m1")) == ["m4", "m1", "m2", "m3"]
    assert titles(press(example, "before /measures/m1")) == ["m2", "m3", "m4", "m1"]


def test_a_copy_of_a_measure_stands_after_it_with_its_own_id_and_keys(example: dict[str, Any]) -> None:
    after = press(example, "duplicate /measures/m1")
    assert titles(after) == ["m1", "m5", "m2", "m3", "m4"]
    original, copied = after["measures"][:2]
    assert copied["title"] == f"{original['title']} (copy)"
    keys = [at.rpartition("/")[2] for at, _ in rows_in(after)]
    assert len(keys) == len(set(keys))
    texts = [[clause["text"] for clause in row["commitments"]] for row in (original, copied)]
    assert texts[0] == texts[1]
    assert read_draft(after).problems == []


def test_a_copy_of_a_clause_has_a_new_key(example: dict[str, Any]) -> None:
    clause = example["measures"][0]["commitments"][0]
    after = press(example, f"duplicate /measures/m1/commitments/{clause[KEY]}")
    first, second = after["measures"][0]["commitments"][:2]
    assert first[KEY] != second[KEY]
    assert {**first, KEY: ""} == {**second, KEY: ""}


def test_a_removed_measure_leaves_no_name_behind(example: dict[str, Any]) -> None:
    example["verification"] = [
        {KEY: "a", "covers": ["m1"], "body": "goes with it"},
        {KEY: "b", "covers": ["m1", "m2"]},
        {KEY: "c", "covers": "all"},
    ]
    example["links"] = [
        {KEY: "d", "from": ["m2"], "to": "measure", "target": "m1"},
        {KEY: "e", "from": ["m2"], "to": "substantive", "target": "m1"},
    ]
    after = press(example, "remove /measures/m1")
    assert after["verification"] == [{KEY: "b", "covers": ["m2"]}, {KEY: "c", "covers": "all"}]
    assert [row[KEY] for row in after["links"]] == ["e"]
    assert read_draft(after).problems == []


def test_a_removed_party_leaves_no_name_behind(example: dict[str, Any]) -> None:
    example["third_parties"] = [{"id": "t1", "name": "IGAD", "accepted_by": ["gos"], "ally_of": ["gos", "splm"]}]
    example["diagnosis"] |= {
        "motives": {"gos": "recognition"},
        "distrust_between": [{KEY: "a", "who": "gos", "whom": "splm"}, {KEY: "b", "who": "splm", "whom": "splm"}],
    }
    example["measures"][0] |= {
        "initiator": "gos",
        "developed_with": ["gos", "splm"],
        "actors": [{KEY: "c", "party": "gos"}, {KEY: "d", "party": "gos", "name": "engineers"}],
    }
    after = press(example, "remove /parties/gos")
    measure = after["measures"][0]
    assert "gos" not in str({**after, "title": ""})
    assert after["third_parties"] == [{"id": "t1", "name": "IGAD", "ally_of": ["splm"]}]
    assert "motives" not in after["diagnosis"]
    assert after["diagnosis"]["distrust_between"] == [{KEY: "b", "who": "splm", "whom": "splm"}]
    assert measure["actors"] == [{KEY: "d", "name": "engineers"}]
    assert "initiator" not in measure
    assert read_draft(after).problems == []


def test_of_two_rows_with_one_id_the_other_keeps_what_names_it(example: dict[str, Any]) -> None:
    example["measures"].append({KEY: "k900", "id": "m1", "title": "a double"})
    after = press(example, "remove /measures/k900")
    assert after["verification"] == example["verification"]
    assert after["links"] == example["links"]


def test_what_fits_no_field_can_be_taken_away_and_a_taken_id_given_anew(example: dict[str, Any]) -> None:
    example["measures"][0]["colour"] = "blue"
    example["measures"].append({KEY: "k900", "id": "m1", "title": "a double"})
    assert "colour" not in press(example, "drop /measures/m1/colour")["measures"][0]
    assert press(example, "drop /measures/k900/id")["measures"][-1]["id"] == "m5"
    with pytest.raises(RowsError):
        operations_of(example, "drop /measures/m1/title")


def test_every_button_on_every_page_does_something(example: dict[str, Any]) -> None:
    example["measures"][0]["actors"] = [{KEY: "k901", "name": "engineers"}, {KEY: "k902", "name": "drivers"}]
    buttons = {button for html in all_pages(example) for button in Sent(html).buttons}
    verbs = {button.partition(" ")[0] for button in buttons}
    assert verbs == {"add", "remove", "duplicate", "up", "down"}
    for button in buttons:
        at = button.split(" ")[1]
        assert press(example, button) != example or button.startswith(("up", "down")), button
        assert button.startswith("add") or value_at(example, at) is not None


@pytest.mark.parametrize(
    "button",
    [
        "",
        "add",
        "add /",
        "add /title",
        "add /colours",
        "add /measures/m1/sectors",
        "add /measures/m77/commitments",
        "add /verification m77",
        "remove /measures/m77",
        "remove /conflict",
        "remove /measures",
        "explode /measures/m1",
        "up /measures/m1/impact/gos",
        "drop /measures/m77/colour",
    ],
)
def test_a_button_that_leads_nowhere_is_refused(example: dict[str, Any], button: str) -> None:
    with pytest.raises(RowsError):
        operations_of(example, button)
