from __future__ import annotations

from typing import Any

import pytest

from assessments.presentation.reader import Reader, tokens_of

DOCUMENT: dict[str, Any] = {
    "context": {"phase": "pre_negotiation", "purposes": ["initiate_deepen"], "purpose_statement": ""},
    "parties": [{"id": "gov", "name": "Government"}, {"id": "reb", "name": "Movement", "power": "weaker"}],
    "third_parties": [{"id": "un", "name": "United Nations"}],
    "diagnosis": {"trust_deficit": 3, "comfort": {"gov": 2, "reb": 4}},
    "measures": [
        {"id": "m1", "title": "Truce", "developed_with": "all"},
        {
            "id": "m2",
            "cost": {"gov": {"security": 2}},
            "tracks": [],
            "time_bound": "yes",
            "commitments": [{"text": "Both stop firing", "who": ["gov", "un"]}],
        },
    ],
    "verification": [{"covers": ["m1"], "method": "joint_and_third_party"}],
    "links": [],
}


@pytest.fixture
def reader() -> Reader:
    """Reads the document above."""
    return Reader(DOCUMENT)


@pytest.mark.parametrize(
    ("pointer", "label", "anchor", "said"),
    [
        ("", "the whole package", "package", ""),
        ("/measures/1/commitments/0/text", "measure 2, clause 1", "measure-m2", "Both stop firing"),
        ("/measures/1/commitments/0", "measure 2, clause 1", "measure-m2", "Both stop firing"),
        ("/measures/1/commitments/0/when", "measure 2, clause 1, when", "measure-m2", "not said"),
        ("/measures/1/commitments/0/who", "measure 2, clause 1, who", "measure-m2", "Government, United Nations"),
        ("/measures/1/cost/gov/security", "measure 2, Government, cost to security", "measure-m2", "2 of 3"),
        ("/measures/1/cost", "measure 2, cost", "measure-m2", ""),
        ("/measures/1/tracks", "measure 2, tracks", "measure-m2", "none"),
        ("/measures/1/time_bound", "measure 2, limited in time or open to review", "measure-m2", "yes"),
        ("/measures/0/developed_with", "measure 1, developed with", "measure-m1", "all parties"),
        ("/measures/7", "measure 8", "measures", "not said"),
        ("/parties/1/power", "Movement, power", "parties", "Weaker"),
        ("/diagnosis/trust_deficit", "lack of trust", "diagnosis", "3 of 4"),
        ("/diagnosis/comfort/reb", "comfort with things as they are, Movement", "diagnosis", "4 of 4"),
        ("/context/phase", "phase", "context", "Pre-negotiation"),
        ("/context/purpose_statement", "purpose statement", "context", "none"),
        ("/verification/0/method", "verification 1, method", "verification", "Both sides with a third party"),
        ("/verification/0/covers", "verification 1, covers", "verification", "measure 1"),
        ("/links", "links", "links", "none"),
        ("/links/-", "links, a new entry", "links", "not said"),
        ("/violations", "what if", "violations", "not said"),
    ],
)
def test_pointer_is_read_in_words(reader: Reader, pointer: str, label: str, anchor: str, said: str) -> None:
    place = reader.place(pointer)
    assert (place.label, place.anchor, place.said, place.pointer) == (label, anchor, said, pointer)


def test_of_a_text_only_the_characters_that_matter_are_read(reader: Reader) -> None:
    assert reader.place("/measures/1/commitments/0/text", [0, 9]).said == "Both stop"


def test_long_text_is_shortened(reader: Reader) -> None:
    long = Reader({**DOCUMENT, "summary": "word " * 200})
    said = long.place("/summary").said
    assert len(said) <= 160
    assert said.endswith("…")


def test_ratings_by_party_are_read_one_by_one(reader: Reader) -> None:
    assert reader.said("comfort", {"gov": 2, "reb": 4}) == "Government: 2 of 4; Movement: 4 of 4"


def test_escaped_tokens_are_unescaped() -> None:
    assert tokens_of("/a~1b/c~0d") == ["a/b", "c~d"]


def test_party_whose_id_is_a_word_of_the_format_does_not_lend_it_its_name() -> None:
    named = Reader({"parties": [{"id": "state", "name": "Republic", "kind": "state"}, {"id": "kind", "name": "Other"}]})
    assert named.place("/parties/0/kind").label == "Republic, kind"
    assert named.place("/parties/0/kind").said == "state"


def test_distrust_and_earlier_measures_are_read_in_full(reader: Reader) -> None:
    pair = {"who": "gov", "who_level": "decision_makers", "whom": "reb"}
    assert reader.said("distrust_between", [pair]) == (
        "who: Government; at the level of: Decision-makers; distrusts whom: Movement"
    )
    assert reader.said("earlier_measures", {"agreed": 4, "kept": 2}) == "agreed: 4; kept: 2"
