from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.presentation.clauses import Segment, clause_views, legend, segments


def hit(kind: str, start: int, end: int, counted: bool = True) -> dict[str, Any]:
    """A hit of class ``kind``."""
    return {"class": kind, "range": [start, end], "counted": counted, "text": "", "why": "", "points": 1}


def test_words_of_a_hit_are_cut_out() -> None:
    assert segments("acts as appropriate there", [hit("discretion", 5, 19)]) == [
        Segment("acts ", "", False),
        Segment("as appropriate", "Discretion", True),
        Segment(" there", "", False),
    ]


def test_nested_hits_say_both_names() -> None:
    parts = segments("relevant authorities", [hit("vague_actor", 0, 20), hit("vague_amount", 0, 8)])
    assert [(part.text, part.why) for part in parts] == [
        ("relevant", "Vague actor, Vague amount"),
        (" authorities", "Vague actor"),
    ]


def test_overlapping_hits_are_cut_where_they_overlap() -> None:
    parts = segments("abcdef", [hit("discretion", 0, 4), hit("vague_time", 2, 6)])
    assert [part.text for part in parts] == ["ab", "cd", "ef"]
    assert parts[1].why == "Discretion, Vague time"


def test_ranges_count_characters_and_not_bytes() -> None:
    text = "🕊️ عربي soon"
    start = text.index("soon")
    assert segments(text, [hit("vague_time", start, start + 4)])[-1] == Segment("soon", "Vague time", True)


def test_excused_words_are_marked_as_not_counted() -> None:
    assert segments("soon", [hit("vague_time", 0, 4, counted=False)]) == [Segment("soon", "Vague time", False)]


@pytest.mark.parametrize("text", ["", "no loose word"])
def test_text_without_hits_is_one_piece(text: str) -> None:
    assert "".join(part.text for part in segments(text, [])) == text


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_pieces_together_are_the_clause(text: str, spans: list[tuple[int, int]]) -> None:
    hits = [hit("discretion", min(span), max(span)) for span in spans]
    assert "".join(part.text for part in segments(text, hits)) == text


def test_legend_explains_only_what_occurs() -> None:
    assert [kind.name for kind in legend([{"hits": [hit("weak_modal", 0, 1), hit("postponed", 2, 3)]}])] == [
        "Put off",
        "Weak verb",
    ]


def test_clause_says_what_is_missing_in_words() -> None:
    clause = {
        "measure": "m2",
        "pointer": "/measures/1/commitments/2",
        "text": "Roads are opened",
        "level": "soft",
        "hits": [],
        "missing": ["who", "where_or_how_much"],
        "redraft": "",
        "points": 2,
    }
    (view,) = clause_views([clause], {"m2": 2})
    assert (view.measure_number, view.number, view.missing) == (2, 3, ["who acts", "where, or how much"])
    assert str(view.word.label) == "Soft"
