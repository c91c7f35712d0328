"""The forms show what stands in a draft, tell what is wrong beside its field, and stay small."""

from __future__ import annotations

import gzip
import re
from time import process_time
from typing import Any

import pytest
from django.utils.html import escape

from assessments.calibration import calibration_packages
from assessments.package import canonical_document
from assessments.package.addresses import KEY, value_at
from assessments.package.drafts import read_draft, with_keys
from proposals.building.catalogue import catalogue, pattern_of
from proposals.building.controls import Controls, _frame
from proposals.building.forms import measure_form, step_form
from proposals.building.places import field_id
from proposals.building.steps import STEPS
from tests.proposals.building.pages import PK, Sent, all_pages, page, rendered


def controls(html: str, address: str) -> list[str]:
    """The tags of the controls of a field."""
    return re.findall(rf'<(?:input|select|textarea)[^>]*name="{re.escape(address)}"[^>]*>', html)


def test_every_control_belongs_to_a_field_that_the_form_names(example: dict[str, Any]) -> None:
    for html in all_pages(example):
        carried = [value for name, value in Sent(html).pairs if name == "field"]
        assert len(carried) == len(set(carried))
        assert set(re.findall(r'<(?:input|select|textarea)[^>]* name="(/[^"]*)"', html)) == set(carried)


def test_what_a_field_shows_can_be_told_without_its_page() -> None:
    """A page that is open takes over what somebody else wrote."""
    for calibrated in calibration_packages():
        draft = with_keys(canonical_document(calibrated.package))
        for html in all_pages(draft):
            sent = Sent(html)
            for at in [value for name, value in sent.pairs if name == "field"]:
                told = Controls(draft, {}).filled(catalogue()[pattern_of(at)], value_at(draft, at))
                assert [each for each in sent.boxes[at] if each in told.ticked] == sent.ticked[at], at
                assert [each.replace("\n", "\r\n") for each in told.typed] == sent.typed[at], at


def test_a_private_character_in_somebodys_words_is_shown_as_it_stands(example: dict[str, Any]) -> None:
    example["parties"][0]["name"] = "\ue000Z the \ue000U side \ue000N"
    html = page(example, measure="m1")
    assert "\ue000Z the \ue000U side \ue000N" in html


def test_ids_are_unique_and_labels_and_descriptions_lead_to_them(example: dict[str, Any]) -> None:
    for html in all_pages(example):
        ids = Sent(html).ids
        assert len(ids) == len(set(ids))
        named = re.findall(r' (?:for|aria-labelledby)="([^"]*)"', html)
        described = [one for said in re.findall(r'aria-describedby="([^"]*)"', html) for one in said.split()]
        assert {*named, *described} <= set(ids)


def test_each_field_has_a_place_for_what_is_told_of_it(example: dict[str, Any]) -> None:
    for html in all_pages(example):
        for name, value in Sent(html).pairs:
            if name == "field":
                assert f'id="{field_id(value)}__told"' in html, value


def test_a_page_brings_no_script_or_style_of_its_own(example: dict[str, Any]) -> None:
    for html in all_pages(example):
        assert not re.search(r'<script|<style| style=|\son\w+="', html)


def test_enter_saves_and_moves_nothing(example: dict[str, Any]) -> None:
    for html in all_pages(example):
        first = re.search(r"<button[^>]*>", html)
        assert first
        assert 'name="do"' not in first[0]


def test_what_cannot_be_read_is_told_beside_its_field_and_stays(example: dict[str, Any]) -> None:
    example["measures"][0]["steps"] = "a <few>"
    html = page(example, measure="m1")
    field = field_id("/measures/m1/steps")
    told = re.search(rf'<p class="bf-told" id="{field}__told">([^<]+)</p>', html)
    assert told
    assert "a &lt;few&gt;" in told[1]
    assert told[1].endswith("not a whole number.")
    control = controls(html, "/measures/m1/steps")[0]
    assert 'value="a &lt;few&gt;"' in control
    assert 'aria-invalid="true"' in control
    assert f"{field}__told" in control


def test_a_section_with_something_wrong_is_open(example: dict[str, Any]) -> None:
    assert re.search(r'<details[^>]*id="section-effort">', page(example, measure="m1"))
    example["measures"][0]["steps"] = "a few"
    assert re.search(r'<details[^>]*id="section-effort" open>', page(example, measure="m1"))


def test_the_section_of_a_field_that_is_asked_for_is_open(example: dict[str, Any]) -> None:
    html = rendered(measure_form(PK, example, "m1", [], opened="/measures/m1/cost/gos/money"))
    assert re.search(r'<details[^>]*id="section-cost" open>', html)
    assert re.search(r'<details[^>]*id="section-effort">', html)


def test_a_field_that_is_merely_empty_is_not_called_wrong() -> None:
    html = page({"parties": [{"id": "p1"}]}, "conflict")
    assert "Still to be filled in." in html
    assert 'aria-invalid="true"' not in html


def test_a_value_that_is_no_choice_is_shown_and_can_be_given_up(example: dict[str, Any]) -> None:
    example["measures"][0] |= {"sectors": ["sekurity", "security"], "reversible": "maybe", "binding": "holy"}
    html = page(example, measure="m1")
    assert "“sekurity” is not one of these; choose again." in html
    for address, value in (("sectors", "sekurity"), ("reversible", "maybe")):
        chosen = [tag for tag in controls(html, f"/measures/m1/{address}") if "checked" in tag]
        assert any(f'value="{value}"' in tag for tag in chosen)
    assert '<option value="holy" selected>' in html


def test_what_fits_no_field_is_told_at_the_top_with_a_way_to_take_it_away(example: dict[str, Any]) -> None:
    example["measures"][0]["colour"] = "<blue>"
    html = page(example, measure="m1")
    assert 'value="drop /measures/m1/colour"' in html
    assert "&lt;blue&gt;" in html
    assert "colour" not in page(example, measure="m2")


def test_every_problem_of_a_draft_is_told_on_some_page(example: dict[str, Any]) -> None:
    example["measures"][0] |= {"colour": "blue", "impact": "heavy", "sectors": 7, "initiator": "nobody"}
    example["measures"].append({"id": "m 9"})
    example["parties"].append({"name": "no id"})
    example["conflict"] = "a text"
    example["verification"][0]["covers"] = ["m77"]
    example["diagnosis"]["comfort"]["x"] = 9
    told = 0
    for html in all_pages(example):
        told += len(re.findall(r'__told">[^<]', html)) + len(re.findall(r"<li id=", html))
    problems = {each.address for each in read_draft(example).problems}
    assert told >= len(problems) > 5


def test_names_of_parties_and_measures_are_escaped_wherever_they_stand(example: dict[str, Any]) -> None:
    bad = "<b onclick='x'>\ue000N & \"co\""
    example["parties"][0]["name"] = example["measures"][0]["title"] = bad
    example["measures"][0]["commitments"][0]["text"] = bad
    for html in all_pages(example):
        assert "<b " not in html
    assert escape(bad).replace("&#39;", "&#x27;") in page(example, measure="m1")


def test_nothing_of_a_draft_is_kept_for_another(example: dict[str, Any]) -> None:
    example["parties"][0]["name"] = "Secret party"
    example["measures"][0] |= {"sectors": ["Secret sector"], "reversible": "Secret answer", "steps": "Secret number"}
    assert "Secret" in page(example, measure="m1")
    example["parties"][0]["name"] = "Government"
    example["measures"][0] |= {"sectors": [], "reversible": "yes", "steps": 3}
    assert "Secret" not in "".join(all_pages(example))
    assert _frame.cache_info().currsize > 0


def test_the_purpose_that_leads_stands_first(example: dict[str, Any]) -> None:
    example["context"]["purposes"] = ["consolidate", "prevent_escalation"]
    shown = [re.search(r'value="(\w+)"', tag) for tag in controls(page(example, "purpose"), "/context/purposes")]
    assert [each[1] for each in shown if each] == ["consolidate", "prevent_escalation", "initiate_deepen"]


def test_rows_are_marked_for_dragging(example: dict[str, Any]) -> None:
    html = page(example, measure="m1")
    clause = example["measures"][0]["commitments"][0]
    assert 'data-rows="/measures/m1/commitments"' in html
    assert f'data-row="/measures/m1/commitments/{clause[KEY]}"' in html
    for step in ("measures", "sequence"):
        assert 'data-rows="/measures"' in page(example, step)
        assert 'data-row="/measures/m2"' in page(example, step)


def test_buttons_say_which_row_they_move(example: dict[str, Any]) -> None:
    html = page(example, "conflict")
    names = re.findall(r'name="do" value="(?:up|down|duplicate|remove) [^"]*" aria-label="([^"]*)"', html)
    assert "Remove: Government of Sudan" in names
    assert len(set(names)) == len(names)


def test_a_measure_shows_what_covers_it_and_nothing_else(example: dict[str, Any]) -> None:
    example["verification"] = [
        {KEY: "a", "covers": ["m1"], "body": "first body"},
        {KEY: "b", "covers": ["m2"], "body": "second body"},
        {KEY: "c", "body": "third body"},
        {KEY: "d", "covers": [], "body": "fourth body"},
    ]
    html = page(example, measure="m1")
    assert [body for body in ("first", "second", "third", "fourth") if f"{body} body" in html] == ["first", "third"]
    assert "fourth body" in page(example, "measures")
    assert 'value="add /verification m1"' in html


def test_the_cross_match_shows_actors_beside_the_activity(example: dict[str, Any]) -> None:
    example["measures"][0] |= {"sectors": ["security"], "actors": [{KEY: "a", "sector": "economic_environmental"}]}
    match = page(example, measure="m1").partition('<dl class="bf-match">')[2].partition("</dl>")[0]
    activity, actors = match.split("<dt>")[1:]
    assert "Security" in activity
    assert "Economic" not in activity
    assert "Economic" in actors
    assert "Security" not in actors


def test_the_ladder_stands_in_the_order_of_the_draft(example: dict[str, Any]) -> None:
    example["measures"].reverse()
    html = page(example, "sequence")
    assert re.findall(r'id="rung-(\w+)"', html) == ["m4", "m3", "m2", "m1"]
    assert 'value="down /measures/m4"' in html


def test_drafts_of_a_strange_shape_are_shown_too() -> None:
    strange: list[dict[str, Any]] = [
        {},
        {"measures": "x", "parties": {"a": 1}, "diagnosis": [], "context": "y"},
        {
            "measures": [{"id": "m1", "impact": [], "commitments": {"a": 1}, "cost": {"x": 3}}],
            "verification": [1, None],
        },
    ]
    for draft in strange:
        for step in STEPS:
            assert "<form>" in page(draft, step)


def test_pages_that_are_not_there_are_refused(example: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        step_form(PK, example, "colours", [])
    with pytest.raises(KeyError):
        measure_form(PK, example, "m77", [])


def large(example: dict[str, Any]) -> dict[str, Any]:
    rows = example["measures"]
    many = [{**rows[n % len(rows)], "id": f"m{n}", "title": f"one of many, {n}"} for n in range(1, 51)]
    return {**example, "measures": many}


@pytest.mark.parametrize("step", [*STEPS, ""])
def test_pages_of_fifty_measures_are_small(example: dict[str, Any], step: str) -> None:
    html = page(large(example), step, "" if step else "m3")
    assert len(gzip.compress(html.encode())) < 20_000


@pytest.mark.parametrize("step", ["conflict", "measures", ""])
def test_pages_of_fifty_measures_take_little_time(example: dict[str, Any], step: str) -> None:
    draft = large(example)
    problems = read_draft(draft).problems

    def once() -> float:
        before = process_time()
        rendered(step_form(PK, draft, step, problems) if step else measure_form(PK, draft, "m3", problems))
        return process_time() - before

    once()
    assert min(once() for _ in range(5)) < 0.05
