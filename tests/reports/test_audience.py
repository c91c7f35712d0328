from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings

from assessments.engine import assess
from assessments.engine.rubric import rubric
from assessments.package import Package, canonical_document, load_package
from assessments.package.models import Part
from reports.audience import FOR_PARTIES, checks_for_parties, numbers, scorecard_for_parties, set_aside, shown
from tests.assessments.strategies import packages
from tests.reports.material import EXAMPLE, copy_of

SECRET = "S-secret"
many = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def models() -> dict[str, type[Part]]:
    """The parts of the format by the name of the section that they stand in."""
    found: dict[str, type[Part]] = {"": Package}
    waiting: list[type[Part]] = [Package]
    while waiting:
        for name, field in waiting.pop().model_fields.items():
            for part in parts_in(field.annotation):
                found[name] = part
                waiting.append(part)
    return found


def parts_in(annotation: Any) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts_in(inner)]


def fields_of(part: type[Part]) -> set[str]:
    return {field.alias or name for name, field in part.model_fields.items()}


CLOSED = {
    "": {"diagnosis", "not_applicable", "notes"},
    "conflict": {"type", "countries", "core_issues"},
    "context": {
        "other_phases", "purpose_shared", "framework_agreed", "cross_sector_risk_checked", "impact_assessed",
        "common_reading_checked",
    },
    "parties": {"kind", "power", "claims_superiority", "constituencies", "consulted"},
    "third_parties": {"accepted_by", "ally_of"},
    "process": {
        "substantive_track", "months_on_cbms", "months_since_substance", "earlier_measures", "hostilities", "buildup",
        "cbm_only_agenda", "relief", "used_for_pr", "dilemma_discussed", "seen_as_one_sided_demand",
    },
    "measures": {
        "reply_agreed", "tacit_consent", "origin", "developed_with", "adapted_from", "answers_need", "answers_note",
        "sensitivity", "open_preconditions", "audiences", "seen_by", "message_agreed", "tangible", "cost", "funding",
        "capacity", "forecloses", "impact", "cross_matched",
    },
    "actors": set(),
    "commitments": {"terms_defined", "deliberately_open"},
    "verification": {"accepted"},
    "violations": {"spoilers_foreseen"},
    "links": set(),
}  # fmt: skip


def test_every_field_of_the_format_is_either_for_the_parties_or_closed_to_them() -> None:
    parts = models()
    assert {name: fields_of(parts[name]) - FOR_PARTIES[name] for name in FOR_PARTIES} == CLOSED
    assert all(FOR_PARTIES[name] <= fields_of(parts[name]) for name in FOR_PARTIES)


def test_part_of_its_own_is_seen_only_if_its_fields_are_named() -> None:
    nested = set(models()) - {""}
    assert {name for fields in FOR_PARTIES.values() for name in fields} & nested <= set(FOR_PARTIES)


@many
@given(packages())
def test_what_the_parties_see_is_a_package_again(package: Package) -> None:
    document = canonical_document(package)
    for party in ("", *(each.id for each in package.parties or ())):
        for for_parties in (True, False):
            seen = shown(document, for_parties=for_parties, party=party)
            assert canonical_document(load_package(seen, draft=True)) == seen


@many
@given(packages())
def test_nothing_is_said_that_the_package_does_not_say(package: Package) -> None:
    document = canonical_document(package)

    def within(part: Any, whole: Any) -> bool:
        if isinstance(part, dict):
            return all(name in whole and within(value, whole[name]) for name, value in part.items())
        if isinstance(part, list):
            return all(any(within(each, other) for other in whole) for each in part)
        return bool(part == whole)

    for party in ("", *(each.id for each in package.parties or ())):
        assert within(shown(document, for_parties=True, party=party), document)


def test_internal_report_sees_all() -> None:
    assert shown(EXAMPLE, for_parties=False) == EXAMPLE


def test_texts_of_closed_fields_are_out() -> None:
    document = copy_of(EXAMPLE)
    document |= {"notes": SECRET, "not_applicable": [{"check": "G1.3", "reason": SECRET}]}
    document["diagnosis"] |= {"evidence_note": SECRET, "motives": {"gos": SECRET}}
    document["conflict"]["core_issues"] = [SECRET]
    document["parties"][0] |= {"constituencies": [SECRET], "power": "weaker"}
    document["measures"][0] |= {"answers_note": SECRET}
    document["measures"][0]["commitments"][0]["deliberately_open"] = [{"phrase": "Both", "reason": SECRET}]
    seen = json.dumps(shown(canonical_document(load_package(document)), for_parties=True))
    assert SECRET not in seen
    assert "weaker" not in seen


def bargain() -> dict[str, Any]:
    """A package of two parties in which every clause says in its text whose it is."""
    mine, yours, ours, theirs, nobodys = "T-mine", "T-yours", "T-ours", "T-theirs", "T-nobodys"
    return {
        "format": "cbm-package/1",
        "title": "Bargain",
        "summary": "T-yours in the summary",
        "parties": [{"id": "a", "name": "North"}, {"id": "b", "name": "South"}],
        "third_parties": [{"id": "un", "name": "United Nations"}],
        "measures": [
            {"id": "m1", "title": "T-yours title", "commitments": [{"text": yours, "who": ["b"]}]},
            {
                "id": "m2",
                "title": "Roads",
                "description": "T-yours described",
                "initiator": "b",
                "cost": {"a": {"money": 1}, "b": {"money": 3}},
                "actors": [{"name": "T-yours crew", "party": "b"}, {"name": "T-mine crew", "party": "a"}],
                "commitments": [
                    {"text": yours, "who": ["b"], "when": "T-yours date"},
                    {"text": mine, "who": ["a"]},
                    {"text": ours, "who": ["a", "b"]},
                    {"text": theirs, "who": ["un"]},
                    {"text": nobodys},
                    {"text": "T-yours with help", "who": ["un", "b"]},
                    {"text": "T-yours in words", "who": ["the southern army"]},
                ],
            },
            {"id": "m3", "title": "T-yours alone", "initiator": "b", "reciprocity": "unilateral"},
            {"id": "m4", "title": "Still open"},
        ],
        "verification": [{"covers": ["m1"], "body": "T-yours watch"}, {"covers": ["m1", "m2"], "body": "Watch"}],
        "violations": [],
        "links": [{"from": ["m2"], "to": "measure", "target": "m1", "when": "T-yours link"}],
    }


@pytest.mark.parametrize("for_parties", [True, False])
def test_version_for_one_party_shows_its_own_joint_and_third_parties_undertakings_alone(for_parties: bool) -> None:
    seen = shown(canonical_document(load_package(bargain())), for_parties=for_parties, party="a")
    written = json.dumps(seen)
    assert "T-yours" not in written
    assert "T-nobodys" not in written
    assert [each["id"] for each in seen["measures"]] == ["m2", "m4"]
    assert [each["text"] for each in seen["measures"][0]["commitments"]] == ["T-mine", "T-ours", "T-theirs"]
    assert seen["verification"] == [{"covers": ["m2"], "body": "Watch"}]
    assert '"b": {' not in written


def test_list_that_is_emptied_for_one_party_does_not_say_that_there_is_none() -> None:
    document = bargain() | {"verification": [{"covers": ["m1"], "body": "Watch"}]}
    seen = shown(canonical_document(load_package(document)), for_parties=True, party="a")
    assert "verification" not in seen
    assert "links" not in seen
    assert seen["violations"] == []


def test_numbers_are_those_of_the_whole_text() -> None:
    whole = numbers(bargain())
    assert {name: (each.measure, each.clauses) for name, each in whole.items()} == {
        "m1": (1, (1,)), "m2": (2, (1, 2, 3, 4, 5, 6, 7)), "m3": (3, ()), "m4": (4, ()),
    }  # fmt: skip
    seen = shown(bargain(), for_parties=True, party="a")
    theirs = numbers(bargain(), party="a")
    assert list(theirs) == [each["id"] for each in seen["measures"]]
    assert theirs["m2"] == (2, (2, 3, 4))


def test_parties_see_findings_on_the_text_and_no_judgement_of_them() -> None:
    document = copy_of(EXAMPLE) | {"not_applicable": [{"check": "G4.3", "reason": SECRET}]}
    seen = shown(document, for_parties=True)
    card = scorecard_for_parties(assess(load_package(seen)).as_dict(), set_aside(document))
    found = {each["check"] for group in card["guidelines"].values() for each in group["findings"]}
    assert found == {each.id for each in checks_for_parties()} - {"G4.3"}
    assert set(card) == {"format", "rubric_version", "title", "guidelines", "challenges"}
    assert card["challenges"] == {}
    assert not {"score", "band", "range"} & {name for group in card["guidelines"].values() for name in group}
    assert not any(each["cases"] for group in card["guidelines"].values() for each in group["findings"])
    graded = [each["grade"] for group in card["guidelines"].values() for each in group["findings"]]
    assert graded.count("unknown") < len(graded) / 4


def test_checks_for_the_parties_cannot_be_moved_by_what_they_do_not_see() -> None:
    names = {each.id for each in checks_for_parties()}
    assert {"G4.1", "G5.3", "G6.2"} <= names
    assert not {"G1.4", "G3.4", "G4.2", "G5.7", "G8.1", "G10.2"} & names
    whole = {f["check"]: f["grade"] for f in findings_of(EXAMPLE)}
    seen = {f["check"]: f["grade"] for f in findings_of(shown(EXAMPLE, for_parties=True))}
    assert {name: whole[name] for name in names} == {name: seen[name] for name in names}


@many
@given(packages())
def test_findings_for_the_parties_say_what_the_whole_package_says(package: Package) -> None:
    document = canonical_document(package)
    document.pop("not_applicable", None)
    names = {each.id for each in checks_for_parties()}
    whole, seen = (
        [f for f in findings_of(each) if f["check"] in names] for each in (document, shown(document, for_parties=True))
    )
    assert whole == seen


def findings_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    card = assess(load_package(document, draft=True), steps=False).as_dict()
    guidelines = [card["guidelines"][key] for key in card["guidelines"]]
    assert len(guidelines) + len(card["challenges"]) == len(rubric().groups)
    return [finding for group in guidelines for finding in group["findings"]]
