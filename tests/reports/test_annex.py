from __future__ import annotations

from typing import Any

import pytest

from reports.composing.annex import compose_annex
from reports.model import Clause, Commitment, Paragraph, ReportModel, Signatures
from tests.reports.audiences import around, clauses, said, section, titles, told_of
from tests.reports.material import EXAMPLE, SPARSE, blocks_of, copy_of

ENDS = ["Verification", "If something goes wrong", "Sequence and dates", "Review and end"]
EMPTY: dict[str, Any] = {"format": "cbm-package/1", "title": "Empty"}


def annex(document: dict[str, Any], *, for_parties: bool = True, party: str = "") -> ReportModel:
    return compose_annex(
        told_of(document, for_parties=for_parties, party=party), around(for_parties=for_parties, party=party)
    )


def changed(**fields: Any) -> dict[str, Any]:
    return copy_of(EXAMPLE) | fields


def test_an_article_follows_for_each_measure_and_then_what_an_agreement_needs() -> None:
    found = titles(annex(EXAMPLE))
    assert found[0] == "Preamble"
    assert found[1:5] == [
        "Article 1. Area ceasefire with frozen forces",
        "Article 2. Joint military commission",
        "Article 3. Relief access and mine clearance",
        "Article 4. End hostile propaganda and explain the text",
    ]
    assert found[5:] == [
        *(f"Article {n}. {title}" for n, title in enumerate(ENDS, 5)),
        "Article 9. Without prejudice",
        "Signatures",
    ]


def test_clauses_are_numbered_by_article_and_stand_as_they_are_written() -> None:
    found = clauses(annex(EXAMPLE))
    for m, measure in enumerate(EXAMPLE["measures"], 1):
        for c, clause in enumerate(measure["commitments"], 1):
            assert found[f"{m}.{c}"] == clause["text"]
    assert "shall" not in said(annex(EXAMPLE)), "Nobody is made to promise what the package does not say."


def test_what_a_clause_does_not_say_is_a_bracket() -> None:
    document = copy_of(EXAMPLE)
    document["measures"][0]["commitments"] = [
        {"text": "Attacks stop"},
        {"text": "Roads open", "quantity": "three roads"},
    ]
    first, second = blocks_of_first_article(annex(document))
    assert dict(first) == {"Who": "[to be agreed]", "By when": "[to be agreed]", "Where, or how much": "[to be agreed]"}
    assert dict(second) == {"Who": "[to be agreed]", "By when": "[to be agreed]", "How much": "three roads"}


def blocks_of_first_article(model: ReportModel) -> list[list[tuple[str, str]]]:
    article = section(model, "Article 1. Area ceasefire with frozen forces")
    return [[(fact.label, fact.value) for fact in clause.facts] for clause in blocks_of(article, Commitment)]


def test_measure_without_a_clause_has_a_numbered_place_for_one() -> None:
    found = clauses(annex(SPARSE))
    assert found["1.1"] == "[To be agreed: who does what, by when, and where or how much]"


def test_empty_package_is_a_form_to_negotiate_on() -> None:
    model = annex(EMPTY)
    assert titles(model)[1:] == [
        "Article 1. [Title]",
        *(f"Article {n}. {title}" for n, title in enumerate(ENDS, 2)),
        "Signatures",
    ]
    assert "[names of the Parties]" in said(model)
    assert blocks_of(model, Signatures)[0].names == ("[name of the Party]", "[name of the Party]")
    assert all("[" in text for text in clauses(model).values())


def test_answers_without_words_are_places_for_the_words() -> None:
    model = annex(changed(violations=[{"breach_defined": "yes", "graded": "partly", "reaction_hours": 48}]))
    clause = blocks_of(section(model, "Article 6. If something goes wrong"), Commitment)[0]
    facts = {fact.label: fact.value for fact in clause.facts}
    assert facts["What counts as a breach"] == "[agreed; the words are to be put in]"
    assert facts["Mishap, breach and grave breach"] == "[agreed in part; to be completed]"
    assert facts["Line to call"] == "[to be agreed]"
    assert facts["First answer"] == "within 48 hours"


@pytest.mark.parametrize("verification", [[], None])
def test_verification_that_is_missing_or_said_to_be_none_is_to_be_agreed(verification: Any) -> None:
    document = changed(verification=verification)
    if verification is None:
        del document["verification"]
    assert clauses(annex(document))["5.1"].startswith("[To be agreed: who finds out")


def test_verification_says_who_looks_at_which_articles() -> None:
    document = changed(verification=[{"covers": ["m1", "m3"], "body": "Joint Commission", "members": ["Norway"]}])
    assert clauses(annex(document))["5.1"] == "For Articles 1, 3, compliance is verified by: Joint Commission."
    assert "Norway" in said(annex(document))


def test_without_prejudice_is_there_if_the_package_has_that_safeguard_and_names_its_articles() -> None:
    words = "Nothing in the following prejudices the claims or the legal position of a Party: "
    assert words + "Article 1." in said(annex(EXAMPLE))
    document = copy_of(EXAMPLE)
    del document["measures"][0]["without_prejudice"]
    assert words not in said(annex(document))


def test_links_and_dates_make_the_sequence() -> None:
    document = copy_of(EXAMPLE)
    document["measures"][0] |= {"start": "2026-01-01", "reciprocity": "sequenced", "initiator": "gos"}
    words = said(annex(document))
    assert "2026-01-01" in words
    assert "One after the other; first: Government of Sudan" in words
    assert "From Article 1 to Article 3. When: from signature." in words
    assert "The Parties review all Articles above. When: 6 months. Renewal decision." in words


def test_remarks_on_loose_words_and_open_ones_are_for_us_alone() -> None:
    document = copy_of(EXAMPLE)
    document["measures"][1]["commitments"][0] |= {
        "text": "Each side acts as soon as possible and in due course",
        "when": "",
        "deliberately_open": [{"phrase": "Each side", "reason": "R-open"}],
    }
    ours, theirs = annex(document, for_parties=False), annex(document)
    assert [each.where for each in blocks_of(ours, Clause)] == ["2.1"]
    assert any(run.is_marked for run in blocks_of(ours, Clause)[0].runs)
    assert "R-open" in said(ours)
    assert not blocks_of(theirs, Clause)
    assert "R-open" not in said(theirs)
    shared = ours.sections[: len(theirs.sections)]
    assert shared == theirs.sections, "What the parties negotiate on is the same text."


def test_version_for_one_party_keeps_the_numbers_of_the_whole_text() -> None:
    document = copy_of(EXAMPLE)
    document["measures"][0]["commitments"] = [
        {"text": "T-theirs", "who": ["splm"]},
        {"text": "T-own", "who": ["gos"]},
        {"text": "T-joint", "who": ["gos", "splm"]},
    ]
    document["measures"][1]["commitments"] = [{"text": "T-theirs", "who": ["splm"]}]
    model = annex(document, party="gos")
    found = clauses(model)
    assert (found["1.2"], found["1.3"]) == ("T-own", "T-joint")
    assert "1.1" not in found
    assert "2.1" not in found
    assert "Article 3. Relief access and mine clearance" in titles(model)
    assert "Article 5. Verification" in titles(model)
    assert "T-theirs" not in said(model)
    assert "joint military commission" not in said(model).lower()
    assert "This version shows what Government of Sudan undertakes" in said(model)


def test_fifty_measures_have_fifty_articles() -> None:
    document = copy_of(EXAMPLE)
    document["measures"] = [{**document["measures"][n % 4], "id": f"n{n}", "title": f"Measure {n}"} for n in range(50)]
    document["links"] = []
    model = annex(document)
    assert titles(model)[50] == "Article 50. Measure 49"
    assert titles(model)[51] == "Article 51. Verification"


def test_right_to_left_text_stands_as_it_is_written() -> None:
    document = SPARSE | {
        "language": "ar",
        "measures": [{"id": "m", "title": "وقف", "commitments": [{"text": "يوقف الطرفان", "who": ["a"]}]}],
    }
    model = annex(document)
    assert clauses(model)["1.1"] == "يوقف الطرفان"
    assert "Article 1. وقف" in titles(model)


def test_preamble_names_parties_purpose_and_helpers() -> None:
    model = annex(changed(third_parties=[{"id": "un", "name": "United Nations", "roles": ["monitor"]}]))
    words = [block.text for block in section(model, "Preamble").blocks if isinstance(block, Paragraph)]
    assert words[0] == "The Parties to this text: Government of Sudan; SPLM/Nuba,"
    assert words[1].startswith("with this purpose: show both armies")
    assert words[2:] == ["with the help of: United Nations (monitor),", "agree as follows."]
