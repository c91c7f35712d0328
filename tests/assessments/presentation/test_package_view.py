from __future__ import annotations

from typing import Any

from assessments.presentation.package_view import Tag, measure_views, sections
from assessments.presentation.reader import Reader

DOCUMENT: dict[str, Any] = {
    "parties": [{"id": "gov", "name": "Government"}, {"id": "reb", "name": "Movement", "power": "weaker"}],
    "measures": [
        {
            "id": "m1",
            "title": "Truce",
            "sectors": ["security"],
            "binding": "political",
            "impact": {"gov": {"burden": 2}, "reb": {"burden": 1, "benefit": 3}},
            "steps": 3,
            "commitments": [{"text": "Both stop firing", "who": ["gov"], "when": "72 hours"}],
        }
    ],
    "verification": [],
    "notes": "Ask again in May.",
}


def test_measure_is_shown_in_full() -> None:
    (measure,) = measure_views(Reader(DOCUMENT))
    assert (measure.number, measure.anchor, measure.title) == (1, "measure-m1", "Truce")
    assert measure.tags == [Tag("Security", "security"), Tag("Politically binding", "")]
    assert measure.clauses == [("Both stop firing", "who: Government; when: 72 hours")]
    assert measure.facts == [("steps", "3")]


def test_ledger_shows_what_each_party_bears_and_a_dash_where_nothing_is_said() -> None:
    (measure,) = measure_views(Reader(DOCUMENT))
    assert measure.ledger.heads == ["burden", "benefit"]
    assert measure.ledger.rows == [("Government", ["2 of 4", "–"]), ("Movement", ["1 of 4", "3 of 4"])]


def test_sections_that_the_draft_leaves_out_are_left_out() -> None:
    found = sections(Reader(DOCUMENT), ["parties", "violations", "verification", "notes"])
    assert [section.anchor for section in found] == ["parties", "verification", "notes"]


def test_empty_section_is_shown_as_said_to_be_empty() -> None:
    (section,) = sections(Reader(DOCUMENT), ["verification"])
    assert section.empty
    assert section.entries == []


def test_party_without_answers_still_has_its_name() -> None:
    (section,) = sections(Reader(DOCUMENT), ["parties"])
    assert [(entry.title, entry.facts) for entry in section.entries] == [
        ("Government", []),
        ("Movement", [("power", "Weaker")]),
    ]
