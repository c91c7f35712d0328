from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.package.kinds import CHECKS_PER_GROUP
from reports.composing.assessment import compose, runs
from reports.composing.circumstances import Circumstances
from tests.reports.material import EXAMPLE, MOMENT, SPARSE, copy_of, model_of, scorecard_of

DOCUMENTS = [EXAMPLE, SPARSE]


def full() -> dict[str, Any]:
    """The worked example with every kind of text that people write, each one recognisable."""
    document = copy_of(EXAMPLE)
    document |= {
        "summary": "T-summary",
        "notes": "T-notes",
        "classification": "T-classification",
        "third_parties": [{"id": "un", "name": "T-third", "roles": ["monitor"]}],
        "not_applicable": [{"check": "G1.3", "reason": "T-aside"}],
        "verification": [{"body": "T-body", "members": ["T-member"], "indicator_text": "T-yardstick"}],
        "violations": [{"scenario": "T-scenario", "response": "T-response"}],
        "links": [{"to": "review", "target": "T-target", "when": "T-link-when"}],
    }
    document["conflict"] |= {"name": "T-conflict", "core_issues": ["T-issue"]}
    document["context"]["purpose_statement"] = "T-purpose"
    document["diagnosis"] |= {"evidence_note": "T-evidence", "motives": {document["parties"][0]["id"]: "T-motive"}}
    document["process"]["next_substantive_date"] = "T-date"
    document["parties"][0] |= {"name": "T-party", "constituencies": ["T-constituency"]}
    document["measures"][0] |= {
        "title": "T-measure",
        "description": "T-description",
        "answers_note": "T-need",
        "actors": [{"name": "T-actor"}],
        "commitments": [
            {
                "text": "T-clause",
                "who": ["T-who"],
                "when": "T-when",
                "where": "T-where",
                "quantity": "T-quantity",
                "deliberately_open": [{"phrase": "T-phrase", "reason": "T-reason"}],
            }
        ],
    }
    return document


def texts_in(value: Any) -> list[str]:
    """Every text of a document that ``full`` put there."""
    if isinstance(value, str):
        return [value] if value.startswith("T-") else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in texts_in(one)]


def row(model: dict[str, Any], title: str, label: str) -> str:
    """What the model says under ``label`` in the section with ``title``."""
    section = next(section for section in model["sections"] if section["title"] == title)
    return str(dict(section["rows"])[label])


@pytest.mark.parametrize("document", DOCUMENTS, ids=["full", "sparse"])
def test_every_finding_is_in_the_report_with_its_reason_and_advice(document: dict[str, Any]) -> None:
    model, scorecard = model_of(document), scorecard_of(document)
    composed = {f["check"]: f for part in ("guidelines", "challenges") for g in model[part] for f in g["findings"]}
    assert len(composed) == sum(CHECKS_PER_GROUP.values()) == 89
    for part in ("guidelines", "challenges"):
        for finding in (f for group in scorecard[part].values() for f in group["findings"]):
            shown = composed[finding["check"]]
            assert (shown["question"], shown["because"]) == (finding["question"], finding["because"])
            assert finding["advice"] in [value for _, value in shown["rows"]] or not finding["advice"]
            assert finding["advice"] or finding["grade"] in ("met", "not_applicable")


@pytest.mark.parametrize("document", DOCUMENTS, ids=["full", "sparse"])
def test_guidelines_and_challenges_stand_in_their_order(document: dict[str, Any]) -> None:
    model = model_of(document)
    assert [group["id"] for group in model["guidelines"]] == [f"G{number}" for number in range(1, 11)]
    assert [group["id"] for group in model["challenges"]] == [f"C{number}" for number in range(1, 6)]


def test_what_people_wrote_is_in_the_report_in_full() -> None:
    document = full()
    said = json.dumps(model_of(document), ensure_ascii=False)
    assert len(texts_in(document)) == 31
    assert [text for text in texts_in(document) if text not in said] == []


def test_every_measure_and_every_clause_is_there_in_order() -> None:
    shown = model_of(EXAMPLE)["measures"]
    assert [(m["number"], m["title"]) for m in shown] == [(n, m["title"]) for n, m in enumerate(EXAMPLE["measures"], 1)]
    for measure, composed in zip(EXAMPLE["measures"], shown, strict=True):
        assert [c["text"] for c in composed["commitments"]] == [c["text"] for c in measure.get("commitments", [])]


def test_notes_of_the_scorecard_are_there_in_full() -> None:
    interplay, model = scorecard_of(EXAMPLE)["interplay"], model_of(EXAMPLE)
    assert model["notes"] == [note["text"] for note in interplay["notes"]]
    assert model["tensions"] == [tension["text"] for tension in interplay["tensions"]]
    assert [prompt for prompt, _ in model["prompts"]] == [prompt["prompt"] for prompt in interplay["prompts"]]


@pytest.mark.parametrize("section", ["verification", "violations", "links"])
def test_said_to_be_empty_is_told_from_not_said(section: str) -> None:
    title = {"verification": "Verification", "violations": "What if", "links": "Link"}[section]
    said = model_of({**SPARSE, section: []})["sections"]
    assert {"title": title, "rows": [["", "none"]]} in said
    assert title not in [shown["title"] for shown in model_of(SPARSE)["sections"]]


def test_measure_that_has_no_clauses_says_so() -> None:
    document = copy_of(SPARSE)
    document["measures"][0]["commitments"] = []
    assert ["Clauses", "none"] in model_of(document)["measures"][0]["rows"]


def test_a_word_means_what_it_means_in_its_field() -> None:
    model = model_of(
        {
            **SPARSE,
            "verification": [{"method": "none", "access": "none", "covers": ["m1"]}],
            "links": [{"condition": "none", "when": "none", "to": "substantive"}],
        }
    )
    assert row(model, "Verification 1", "Method") == "Nobody"
    assert row(model, "Verification 1", "Access") == "none"
    assert row(model, "Verification 1", "Covers") == "measure 1"
    assert row(model, "Link 1", "Condition") == "none"
    assert row(model, "Link 1", "To") == "substantive talks"


def test_text_that_looks_like_a_code_stays_as_it_was_written() -> None:
    document = copy_of(SPARSE)
    document["parties"][0] |= {"id": "state", "name": "The Republic"}
    document["conflict"] = {"name": "none", "core_issues": ["security_forces"]}
    document["measures"][0] |= {"initiator": "state", "commitments": [{"text": "joint", "where": "core"}]}
    model = model_of(document)
    assert (row(model, "Conflict", "Name"), row(model, "Conflict", "Core issues")) == ("none", "security_forces")
    assert ["First mover", "The Republic"] in model["measures"][0]["rows"]
    assert model["measures"][0]["commitments"] == [{"text": "joint", "rows": [["Where", "core"]]}]


def test_costs_and_effects_are_told_party_by_party_on_their_scale() -> None:
    document = copy_of(SPARSE)
    document["measures"][0]["impact"] = {"a": {"burden": 2, "loss_of_face": 1}, "b": {"benefit": 3}}
    said = "North: burden 2 of 4, loss of face 1 of 2; South: benefit 3 of 4"
    assert ["Effect", said] in model_of(document)["measures"][0]["rows"]


def test_index_is_nowhere_in_the_report() -> None:
    assert '"index"' not in json.dumps(model_of(EXAMPLE))


def test_report_names_rubric_and_document_that_it_rests_on() -> None:
    scorecard = scorecard_of(EXAMPLE)
    values = [value for _, value in model_of(EXAMPLE)["identity"]]
    assert values == [scorecard["rubric_version"], scorecard["document_sha256"]]


def test_runs_of_a_clause_put_together_are_the_clause() -> None:
    document = copy_of(EXAMPLE)
    document["measures"][0]["commitments"] = [{"text": "The sides 🕊️ shall facilitate access as appropriate, soon."}]
    clauses = scorecard_of(document)["clauses"]
    composed = model_of(document)["clauses"]
    for clause, shown in zip(clauses, composed, strict=True):
        assert "".join(run["text"] for run in shown["runs"]) == clause["text"]
    assert any(run["loose"] for run in composed[0]["runs"])


@given(st.data(), st.text(max_size=30))
def test_runs_lose_nothing_and_mark_exactly_what_is_loose(data: st.DataObject, text: str) -> None:
    ends = st.integers(0, len(text))
    ranges = data.draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=4))
    cut = runs(text, ranges)
    marked = [(character, run["loose"]) for run in cut for character in run["text"]]
    assert marked == [(c, any(a <= i < b for a, b in ranges)) for i, c in enumerate(text)]
    assert all(one["loose"] != other["loose"] for one, other in pairwise(cut))


def test_same_document_gives_the_same_model() -> None:
    assert json.dumps(model_of(EXAMPLE)) == json.dumps(model_of(copy_of(EXAMPLE)))


def test_fixed_words_are_in_the_language_of_the_reader() -> None:
    around = Circumstances("Team A", MOMENT, "1")
    model = compose(SPARSE, scorecard_of(SPARSE), around, lambda words: f"«{words}»")
    assert all(words.startswith("«") for words in model["words"].values())
    assert all(paragraph.startswith("«") for paragraph in model["method"])
    assert model["title"] == SPARSE["title"]
