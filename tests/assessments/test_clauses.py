"""The clause analysis of section 7, word by word."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.engine.clauses import Clause
from assessments.engine.lexicon import expand, lexicon
from assessments.package import load_package

FULL: dict[str, Any] = {"who": ["a"], "when": "30 days after signature", "where": "annex 1"}


def analysed(text: str, language: str = "en", **slots: Any) -> Clause:
    commitment = {"text": text, **slots}
    package = load_package(
        {
            "format": "cbm-package/1",
            "title": "t",
            "language": language,
            "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
            "measures": [{"id": "m1", "title": "t", "commitments": [commitment]}],
        }
    )
    return Clause.all_of(package, {})[0]


def hits(text: str, **slots: Any) -> list[tuple[str, str, int]]:
    clause = analysed(text, **{**FULL, "when": "", "where": "", **slots})
    return [(hit.category, text[hit.start : hit.end], hit.points) for hit in clause.hits]


@pytest.mark.parametrize(
    ("text", "category", "words", "points"),
    [
        ("Sites are to be worked out", "postponed", "to be worked out", 3),
        ("Details will follow", "postponed", "Details will follow", 3),
        ("At a later date", "postponed", "At a later date", 3),
        ("Both endeavour to help", "hedged_duty", "endeavour", 2),
        ("Each favors talks", "hedged_duty", "favors", 2),
        ("They express their readiness", "hedged_duty", "express their readiness", 2),
        ("Each uses its influence", "hedged_duty", "uses its influence", 2),
        ("Where conditions permit, roads open", "discretion", "Where conditions permit", 2),
        ("To the extent possible", "discretion", "To the extent possible", 2),
        ("Patrols move gradually", "vague_time", "gradually", 2),
        ("Without undue delay", "vague_time", "Without undue delay", 2),
        ("Local security forces leave", "vague_actor", "Local security forces", 2),
        ("In the areas concerned", "vague_place", "the areas concerned", 1),
        ("A number of posts", "vague_amount", "A number of", 1),
        ("No hostile acts", "undefined_conduct", "hostile acts", 1),
        ("Re-escalation and de-escalatory steps", "undefined_conduct", "de-escalatory", 1),
        ("Both ought to meet", "weak_modal", "ought to", 1),
        ("Traders are invited to come", "weak_modal", "are invited to", 1),
    ],
)
def test_a_loose_phrase_is_found_with_its_class_and_points(text: str, category: str, words: str, points: int) -> None:
    assert (category, words, points) in hits(text)


@pytest.mark.parametrize(
    "text", ["Sideways", "He arrives sooner", "Certainly not", "The sidewalk", "as, possible", "Shoulder arms"]
)
def test_only_whole_words_in_a_row_match(text: str) -> None:
    assert hits(text) == []


def test_the_same_words_can_count_in_two_classes() -> None:
    assert hits("relevant authorities") == [("vague_actor", "relevant authorities", 2), ("vague_amount", "relevant", 1)]


def test_within_a_class_the_leftmost_and_longest_counts_and_each_hit_counts() -> None:
    assert [h[1] for h in hits("without undue delay and soon")] == ["without undue delay", "undue", "soon"]


def test_quoted_words_are_passed_over() -> None:
    assert hits('They say "soon" and “as appropriate” and «some»') == []
    assert [h[1] for h in hits('An open " quote soon')] == ["soon"]


def test_offsets_count_characters_also_behind_emoji_and_capital_dotted_i() -> None:
    assert hits("🕊️ İ soon")[0][1] == "soon"


def test_a_passive_counts_once_if_nobody_is_named_and_no_agent_follows() -> None:
    text = "Posts shall be removed and guns must be stored"
    assert [h[0] for h in hits(text, who=[])] == ["actor_missing"]
    assert hits(text) == []
    assert hits("Posts shall be removed by the army", who=[]) == []


def test_missing_slots_cost_a_point_each() -> None:
    assert analysed("Guns leave").missing == ("who", "when", "where_or_how_much")
    assert analysed("Guns leave").points == 3
    assert analysed("Guns leave", who=[], when=" ", where="", quantity="eleven").missing == ("who", "when")
    assert analysed("Guns leave", **FULL).points == 0


@pytest.mark.parametrize(
    ("points_text", "level"),
    [("Guns leave", "clear"), ("Guns leave soon", "soft"), ("Guns leave soon if possible", "fuzzy")],
)
def test_levels_follow_the_points(points_text: str, level: str) -> None:
    assert analysed(points_text, who=["a"], when="", where="map 1").level == ("soft" if level == "soft" else level)


@pytest.mark.parametrize(
    ("when", "points"),
    [
        ("30 days", 0),
        ("three days after", 0),
        ("when the monitors arrive", 0),
        ("soon", 2),
        ("to be agreed", 2),
        ("as soon as 3 posts are empty", 0),
        ("", 2),
    ],
)
def test_a_date_or_trigger_relieves_vague_time(when: str, points: int) -> None:
    assert hits("Guns leave promptly", when=when)[0][2] == points


@pytest.mark.parametrize(("where", "points"), [("annex B", 0), ("5 km", 0), ("the hills", 1), ("", 1)])
def test_a_map_or_a_number_relieves_a_vague_place(where: str, points: int) -> None:
    assert hits("Guns leave the vicinity", where=where)[0][2] == points


def test_defined_terms_relieve_undefined_conduct() -> None:
    assert hits("No provocation", terms_defined="yes")[0][2] == 0
    assert hits("No provocation", terms_defined="partly")[0][2] == 1


def test_the_sides_cost_less_when_the_actors_are_named() -> None:
    assert hits("The sides meet")[0][2] == 1
    assert hits("The sides meet", who=[])[0][2] == 2
    assert hits("Relevant bodies meet")[0][2] == 2


def test_a_label_left_open_on_purpose_is_listed_and_not_counted_but_conduct_is() -> None:
    open_label = [{"phrase": "The Sides in the vicinity", "reason": "status"}, {"phrase": "provocation", "reason": "x"}]
    found = hits("the sides in the vicinity avoid provocation", deliberately_open=open_label)
    assert [(h[0], h[2]) for h in found] == [("vague_actor", 0), ("vague_place", 0), ("undefined_conduct", 1)]


def test_a_label_left_open_covers_its_words_across_a_line_break() -> None:
    open_label = [{"phrase": "agreed sites", "reason": "status"}]
    assert [h[2] for h in hits("Guns go to agreed\n  sites", deliberately_open=open_label)] == [0]


def test_a_language_without_a_lexicon_is_not_read() -> None:
    assert analysed("Bientôt", language="fr").level == "not_read"
    assert analysed("Soon", language="en-GB").level == "fuzzy"
    assert lexicon("../en") is None


def test_patterns_expand_to_every_phrase() -> None:
    assert sorted(expand("[is|are] {soon} here")) == ["are here", "are soon here", "is here", "is soon here"]
