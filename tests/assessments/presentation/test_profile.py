from __future__ import annotations

from typing import Any

import pytest

from assessments.presentation.profile import challenge_view, guideline_view, per_cent
from assessments.presentation.reader import Reader

READER = Reader({})


def finding(check: str, grade: str, weight: float = 1.0, because: str = "") -> dict[str, Any]:
    """A finding as the engine writes it."""
    return {
        "check": check,
        "question": "?",
        "weight": weight,
        "grade": grade,
        "because": because or grade,
        "advice": "",
        "evidence": [],
        "cases": [],
    }


def guideline(**changes: Any) -> dict[str, Any]:
    """A guideline as the engine writes it."""
    row = {
        "id": "G4",
        "name": "Verifiable",
        "essence": "",
        "score": 62,
        "range": [48, 71],
        "sensitivity": [58, 66],
        "band": "adequate",
        "coverage": 0.86,
        "cap": None,
        "cap_because": None,
        "multiplier": 1.0,
        "blocking": False,
        "findings": [finding("G4.1", "met", 2.5)],
    }
    return {**row, **changes}


def challenge(risk: str, *findings: dict[str, Any], triggers: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    """A challenge as the engine writes it."""
    return {
        "id": "C5",
        "name": "Fuzzy",
        "essence": "",
        "risk": risk,
        "score": 50,
        "coverage": 1.0,
        "triggers": list(triggers),
        "findings": list(findings),
    }


def test_bar_is_as_long_as_the_score_and_its_bracket_as_wide_as_the_range() -> None:
    bar = guideline_view(guideline(), READER).bar
    assert (bar.value, bar.low, bar.high, bar.width) == (62, 48, 71, 23)


def test_bar_is_said_in_words_too() -> None:
    assert guideline_view(guideline(), READER).spoken == (
        "62 of 100, between 48 and 71 depending on what is not yet known"
    )
    assert guideline_view(guideline(range=[62, 62]), READER).spoken == "62 of 100"
    assert guideline_view(guideline(score=None, range=None), READER).spoken == "no score"


def test_guideline_without_a_score_has_no_bracket() -> None:
    view = guideline_view(guideline(score=None, range=None, band="not_applicable"), READER)
    assert (view.bar.value, view.bar.low, view.word.mark) == (0, None, "–")


@pytest.mark.parametrize(("share", "shown"), [(0.0, 0), (0.001, 1), (0.5, 50), (0.999, 99), (1.0, 100)])
def test_hundred_per_cent_is_shown_only_when_nothing_is_missing(share: float, shown: int) -> None:
    assert per_cent(share) == shown


def test_finding_brings_its_rule_from_the_rubric() -> None:
    view = guideline_view(guideline(), READER).findings[0]
    assert view.rule
    assert view.weight == "2.5"


def test_risk_is_explained_by_its_trigger_first() -> None:
    trigger = {"effect": "raises_to_high", "because": "most clauses are fuzzy"}
    row = challenge("high", finding("C5.1", "not_met"), triggers=(trigger,))
    view = challenge_view(row, READER)
    assert view.why == "most clauses are fuzzy"
    assert view.triggers == [("Raises the risk to high", "most clauses are fuzzy")]


def test_risk_is_explained_by_the_weightiest_open_finding() -> None:
    row = challenge(
        "moderate",
        finding("C5.1", "met", 3),
        finding("C5.2", "not_met", 1, "light"),
        finding("C5.3", "not_met", 2, "heavy"),
    )
    assert challenge_view(row, READER).why == "heavy"


def test_low_risk_is_explained_by_what_is_in_place() -> None:
    row = challenge("low", finding("C5.1", "met", 2, "in place"), finding("C5.2", "partly", 3))
    assert challenge_view(row, READER).why == "in place"


def test_risk_that_cannot_be_judged_is_explained_by_what_is_not_known() -> None:
    assert challenge_view(challenge("unknown", finding("C5.1", "unknown", 1, "not said")), READER).why == "not said"
