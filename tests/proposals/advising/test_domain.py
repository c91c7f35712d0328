"""The advice on a draft, whether it is made anew or carried on from the state before an edit."""

from __future__ import annotations

import random
from typing import Any

import pytest

from proposals.advising.advice import Advice
from proposals.advising.domain import advise
from proposals.advising.keeping import forget_states
from tests.assessments.edited_drafts import Draft, edited, every_draft

EDITS = 20
DRAFTS = [*every_draft()]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_states()


def href(address: str) -> str:
    return f"#{address}"


def said(draft: Draft, **how: Any) -> Advice:
    return advise(draft, **{"at": "/measures/m1", "href": href, **how})


@pytest.mark.parametrize("seed", range(len(DRAFTS)))
def test_advice_after_each_edit_is_that_of_a_draft_never_seen_before(seed: int) -> None:
    dice = random.Random(seed)
    draft = DRAFTS[seed]
    for _ in range(EDITS):
        draft = edited(draft, dice, dice.choice(DRAFTS))
        hide = dice.random() < 0.1
        assert said(draft, near="a proposal", hide_scores=hide) == said(draft, hide_scores=hide)


def test_states_of_different_drafts_under_one_name_do_not_mix() -> None:
    for draft in DRAFTS:
        assert said(draft, near="one name") == said(draft)


def worked() -> Draft:
    return DRAFTS[0]


def test_what_is_hidden_is_left_out_of_the_advice() -> None:
    hidden = said(worked(), hide_scores=True)
    assert (hidden.verdict, hidden.guidelines, hidden.challenges) == (None, (), ())
    assert [(step.gain, step.spoken, step.moves) for step in hidden.steps] == [("", "", ())] * 3
    assert [step.change for step in hidden.steps] == [step.change for step in said(worked()).steps]


def test_loose_words_are_marked_where_they_stand_with_what_to_write_instead() -> None:
    draft = {
        **worked(),
        "measures": [
            {"id": "m1", "title": "mines", "commitments": [{"_key": "k1", "text": "Clear <b> as appropriate"}]}
        ],
    }
    measure = said(draft, at="/measures/m1/commitments/k1/text").measure
    assert measure
    clause = measure.clauses[0]
    assert "".join(run.text for run in clause.runs) == "Clear <b> as appropriate"
    assert "".join(run.text for run in clause.runs if run.why) == "as appropriate"
    assert "as appropriate" in [each.phrase for each in clause.phrases]
    assert all(each.why for each in clause.phrases)
    assert len(clause.missing) == 3
    assert clause.place.href == "#/measures/m1/commitments/k1/text"


def test_no_measure_is_in_view_away_from_the_measures() -> None:
    for at in (None, "", "/context/phase", "/measures", "/measures/gone", "nonsense"):
        assert said(worked(), at=at if at != "nonsense" else "/nonsense").measure is None


def test_places_keep_to_their_rows_when_others_cannot_be_read() -> None:
    draft = worked()
    bad = {"_key": "bad", "id": "not an id!", "title": "wrong"}
    shown = said({**draft, "measures": [bad, *draft["measures"]]})
    assert any(problem.place.href == "#/measures/bad/id" for problem in shown.problems)
    assert shown.guidelines == said({**draft, "measures": [*draft["measures"]]}).guidelines


def test_a_blank_draft_gets_questions_and_no_scores() -> None:
    shown = said({"format": "cbm-package/1", "title": "New"})
    assert shown.verdict
    assert all(line.score in ("?", "–") or line.code for line in shown.guidelines)
    assert shown.steps[0].asks
