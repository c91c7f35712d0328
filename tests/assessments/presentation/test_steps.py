from __future__ import annotations

from typing import Any

from assessments.presentation.reader import Reader
from assessments.presentation.steps import move_phrases, step_views

NAMES = {"what_if": "Clear about “what if”", "fuzzy": "Fuzzy clauses", "open_future": "Open future"}


def move(of: str, what: str, before: Any, after: Any) -> dict[str, Any]:
    """What an edit moves."""
    return {"of": of, "what": what, "from": before, "to": after}


def scorecard(**step: Any) -> dict[str, Any]:
    """A scorecard with one step."""
    known = {
        "check": "G5.3",
        "of": "what_if",
        "kind": "mend",
        "pointer": "/violations/0/contact_channel",
        "change": "Name a line to call",
        "question": "Whom would you call?",
        "too_far": "",
        "case": "nuba-mountains-2002",
        "edits": [],
        "gain": 14,
        "effort": 2,
        "removes_cap": False,
        "moves": [],
    }
    names = {key: {"name": name} for key, name in NAMES.items()}
    return {"guidelines": names, "challenges": {}, "next_steps": [{**known, **step}]}


def test_moves_are_short_phrases() -> None:
    moves = [
        move("what_if", "score", 62, 81),
        move("fuzzy", "risk", "high", "moderate"),
        move("verdict", "kind", "rework_with_parties", "table_after_fixes"),
    ]
    assert list(move_phrases(moves, NAMES)) == [
        "Clear about “what if”: 62 → 81",
        "Fuzzy clauses: high → moderate",
        "Verdict: rework with the parties → table after fixes",
    ]


def test_index_is_never_shown() -> None:
    assert list(move_phrases([move("index", "score", 70, 72)], NAMES)) == []


def test_band_and_coverage_are_said_only_where_there_is_no_score() -> None:
    moves = [
        move("what_if", what, before, after)
        for what, before, after in (("score", 40, 55), ("band", "weak", "adequate"))
    ]
    assert list(move_phrases(moves, NAMES)) == ["Clear about “what if”: 40 → 55"]
    unknown = [move("open_future", "coverage", 0.25, 0.75)]
    assert list(move_phrases(unknown, NAMES)) == ["Open future: 25 → 75 % known"]


def test_step_says_its_gain_and_effort_in_words() -> None:
    (step,) = step_views(scorecard(), Reader({}))
    assert (step.gain, step.spoken, step.effort) == ("+14", "gains 14 points", "a talk with each side")


def test_question_that_brings_no_points_is_a_question() -> None:
    (step,) = step_views(scorecard(kind="answer", gain=0), Reader({}))
    assert (step.gain, step.asks, step.spoken) == ("?", True, "opens a question")


def test_change_that_moves_no_score_yet_says_so() -> None:
    (step,) = step_views(scorecard(gain=0), Reader({}))
    assert (step.gain, step.spoken) == ("±0", "moves no score yet")
