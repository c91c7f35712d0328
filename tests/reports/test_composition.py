from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.package.kinds import CHECKS_PER_GROUP
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.composing.pieces import runs
from reports.model import (
    Bullets,
    Clause,
    Commitment,
    Entry,
    Fact,
    Facts,
    Finding,
    Paragraph,
    ReportModel,
    Section,
    texts,
)
from tests.reports.material import EXAMPLE, MOMENT, SPARSE, blocks_of, copy_of, model_of, scorecard_of

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


def section(model: ReportModel, title: str) -> Section:
    """The last section with this title."""
    return [each for each in blocks_of(model, Section) if each.title == title][-1]


def facts(model: ReportModel, title: str) -> list[tuple[str, str]]:
    """Labels and values in the section with this title."""
    return [
        (fact.label, fact.value)
        for block in section(model, title).blocks
        if isinstance(block, Facts)
        for fact in block.rows
    ]


def row(model: ReportModel, title: str, label: str) -> str:
    """What the model says under ``label`` in the section with ``title``."""
    return dict(facts(model, title))[label]


@pytest.mark.parametrize("document", DOCUMENTS, ids=["full", "sparse"])
def test_every_finding_is_in_the_report_with_its_reason_and_advice(document: dict[str, Any]) -> None:
    model, scorecard = model_of(document), scorecard_of(document)
    composed = {finding.check: finding for finding in blocks_of(model, Finding)}
    assert len(composed) == sum(CHECKS_PER_GROUP.values()) == 89
    for group in (*scorecard["guidelines"].values(), *scorecard["challenges"].values()):
        for finding in group["findings"]:
            shown = composed[finding["check"]]
            assert shown.topic == f"{group['id']} {group['name']}"
            assert (shown.question, shown.because) == (finding["question"], finding["because"])
            assert finding["advice"] in [fact.value for fact in shown.facts] or not finding["advice"]
            assert finding["advice"] or finding["grade"] in ("met", "not_applicable")


@pytest.mark.parametrize("document", DOCUMENTS, ids=["full", "sparse"])
def test_guidelines_and_challenges_stand_in_their_order(document: dict[str, Any]) -> None:
    model = model_of(document)
    for title, letter, number in (("Ten guidelines", "G", 10), ("Five challenges", "C", 5)):
        titles = [each.title.split()[0] for each in section(model, title).blocks if isinstance(each, Section)]
        assert titles == [f"{letter}{n}" for n in range(1, number + 1)]


def test_what_people_wrote_is_in_the_report_in_full() -> None:
    document = full()
    said = "\n".join(texts(model_of(document)))
    assert len(texts_in(document)) == 31
    assert [text for text in texts_in(document) if text not in said] == []


def test_every_measure_and_every_clause_is_there_in_order() -> None:
    model = model_of(EXAMPLE)
    shown = section(model, "The measures in full").blocks
    titles = [each.title for each in shown if isinstance(each, Section)]
    assert titles == [f"{n}. {m['title']}" for n, m in enumerate(EXAMPLE["measures"], 1)]
    wanted = [
        (title, clause["text"])
        for title, measure in zip(titles, EXAMPLE["measures"], strict=True)
        for clause in measure.get("commitments", [])
    ]
    assert [(each.measure, each.text) for each in blocks_of(model, Commitment)] == wanted


def test_notes_of_the_scorecard_are_there_in_full() -> None:
    interplay, model = scorecard_of(EXAMPLE)["interplay"], model_of(EXAMPLE)
    notes, tensions = (section(model, title) for title in ("Notes", "Aims that pull against each other"))
    assert notes.blocks == (Bullets(tuple(Entry(note["text"]) for note in interplay["notes"])),)
    assert tensions.blocks == (Bullets(tuple(Entry(tension["text"]) for tension in interplay["tensions"])),)
    prompts = Bullets(tuple(Entry(prompt["prompt"], prompt["why"]) for prompt in interplay["prompts"]))
    assert section(model, "To ask yourselves").blocks[-1] == prompts


@pytest.mark.parametrize("key", ["verification", "violations", "links"])
def test_said_to_be_empty_is_told_from_not_said(key: str) -> None:
    title = {"verification": "Verification", "violations": "What if", "links": "Link"}[key]
    assert section(model_of({**SPARSE, key: []}), title).blocks == (Paragraph("none"),)
    assert title not in [shown.title for shown in blocks_of(model_of(SPARSE), Section)]


def test_measure_that_has_no_clauses_says_so() -> None:
    document = copy_of(SPARSE)
    document["measures"][0]["commitments"] = []
    assert row(model_of(document), "1. A hotline", "Clauses") == "none"


def test_package_without_measures_has_no_chapter_for_them() -> None:
    document = {key: value for key, value in SPARSE.items() if key != "measures"}
    model = compose(document, scorecard_of(SPARSE), Circumstances("Team A", MOMENT))
    assert "The measures in full" not in [shown.title for shown in model.sections]


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
    assert row(model, "1. A hotline", "First mover") == "The Republic"
    assert blocks_of(model, Commitment) == [Commitment("", "1. A hotline", "joint", (Fact("Where", "core"),))]


def test_costs_and_effects_are_told_party_by_party_on_their_scale() -> None:
    document = copy_of(SPARSE)
    document["measures"][0]["impact"] = {"a": {"burden": 2, "loss_of_face": 1}, "b": {"benefit": 3}}
    said = "North: burden 2 of 4, loss of face 1 of 2; South: benefit 3 of 4"
    assert row(model_of(document), "1. A hotline", "Effect") == said


def test_index_is_nowhere_in_the_report() -> None:
    index = scorecard_of(EXAMPLE)["index"]
    assert not [text for text in texts(model_of(EXAMPLE)) if re.search(rf"(?<![\d.+]){index}(?![\d.])", text)]


def test_report_names_rubric_and_document_that_it_rests_on() -> None:
    scorecard = scorecard_of(EXAMPLE)
    assert [value for _, value in facts(model_of(EXAMPLE), "Method")] == [
        scorecard["rubric_version"],
        scorecard["document_sha256"],
    ]


def test_runs_of_a_clause_put_together_are_the_clause() -> None:
    document = copy_of(EXAMPLE)
    document["measures"][0]["commitments"] = [{"text": "The sides 🕊️ shall facilitate access as appropriate, soon."}]
    clauses = scorecard_of(document)["clauses"]
    composed = blocks_of(model_of(document), Clause)
    for clause, shown in zip(clauses, composed, strict=True):
        assert "".join(run.text for run in shown.runs) == clause["text"]
    assert any(run.is_marked for run in composed[0].runs)


@given(st.data(), st.text(max_size=30))
def test_runs_lose_nothing_and_mark_exactly_what_is_loose(data: st.DataObject, text: str) -> None:
    ends = st.integers(0, len(text))
    ranges = data.draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=4))
    cut = runs(text, ranges)
    marked = [(character, run.is_marked) for run in cut for character in run.text]
    assert marked == [(c, any(a <= i < b for a, b in ranges)) for i, c in enumerate(text)]
    assert all(one.is_marked != other.is_marked for one, other in pairwise(cut))


def test_same_document_gives_the_same_model() -> None:
    assert model_of(EXAMPLE) == model_of(copy_of(EXAMPLE))


def test_fixed_words_are_in_the_language_of_the_reader() -> None:
    around = Circumstances("Team A", MOMENT, "1", valid_until="2025-06-01")
    model = compose(SPARSE, scorecard_of(SPARSE), around, lambda words: f"«{words}»")
    titles = [each.title for each in model.sections]
    fixed = [model.name, model.headline_label, model.contents_title, model.foot, model.valid_until, *titles]
    fixed += [fact.label for fact in model.facts]
    fixed += [each.text for each in section(model, "«Method»").blocks if isinstance(each, Paragraph)]
    assert [words for words in fixed if not words.startswith("«")] == []
    assert model.title == SPARSE["title"]


def test_classification_is_that_of_the_request_or_else_of_the_package() -> None:
    document = {**SPARSE, "classification": "Restricted"}
    asked = Circumstances("Team A", MOMENT, classification="Secret")
    assert model_of(document).classification == "Restricted"
    assert compose(document, scorecard_of(document), asked).classification == "Secret"
