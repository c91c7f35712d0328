from __future__ import annotations

from typing import Any

import pytest

from assessments.calibration import calibration_packages
from assessments.package import canonical_document
from reports.composing.brief import DECISIONS, compose_brief
from reports.formats.pdf import pdf
from reports.look import Look
from reports.model import Bullets, Profile, ReportModel, Table
from tests.reports.audiences import around, said, section, titles, told_of
from tests.reports.material import EXAMPLE, SPARSE, blocks_of, copy_of, read

EMPTY: dict[str, Any] = {"format": "cbm-package/1", "title": "Empty"}
OURS = [
    "What it is for", "The measures", "Profile", "Next best steps", "What is yours to decide", "The risk if nothing is done",
]  # fmt: skip


def brief(document: dict[str, Any], *, for_parties: bool = False, party: str = "", **others: Any) -> ReportModel:
    told = told_of(document, for_parties=for_parties, party=party)
    return compose_brief(told, around(for_parties=for_parties, party=party, **others))


def long() -> dict[str, Any]:
    """Fifty measures, with names and clauses as long as people write them."""
    document = copy_of(EXAMPLE)
    document["parties"][0]["name"] = "The Provisional Council of the United Movements of the Northern Highlands"
    document["measures"] = [{**document["measures"][n % 4], "id": f"n{n}"} for n in range(50)]
    document["links"] = []
    return document


@pytest.mark.parametrize("document", [EXAMPLE, SPARSE])
def test_brief_says_purpose_measures_advice_steps_decisions_and_risk(document: dict[str, Any]) -> None:
    model = brief(document)
    assert model.opening == "head"
    assert titles(model) == OURS
    assert model.headline
    assert len(blocks_of(model, Profile)[0].scores) == 10


def test_measures_have_a_line_each_with_who_when_and_who_verifies() -> None:
    rows = blocks_of(brief(EXAMPLE), Table)[0].rows
    assert rows[0] == (
        "1. area ceasefire with frozen forces", "Government of Sudan, SPLM/Nuba", "72 hours, 6 months",
        "Both sides with a third party",
    )  # fmt: skip
    assert len(rows) == 4


def test_what_is_not_said_is_not_invented() -> None:
    rows = blocks_of(brief(SPARSE), Table)[0].rows
    assert rows == (("1. A hotline", "", "not said", "not said"),)
    assert "The draft does not say what is to change." in said(brief(SPARSE))
    assert "Neither the draft nor the advice names one." in said(brief(SPARSE))
    nobody = copy_of(EXAMPLE) | {"verification": []}
    assert {row[3] for row in blocks_of(brief(nobody), Table)[0].rows} == {"nobody"}


def test_advice_has_three_sentences_at_most() -> None:
    for historic in calibration_packages():
        told = told_of(canonical_document(historic.package))
        summary = compose_brief(told, around()).summary
        verdict = told.scorecard["verdict"]
        given = [
            *(each["because"] for each in verdict["reasons"]),
            *(each["change"] for each in verdict["would_change"]),
        ]
        assert 1 <= sum(each in summary for each in given) <= 3


def test_every_verdict_has_its_decision_and_the_answers_of_measures_make_more() -> None:
    kinds = set()
    for historic in calibration_packages():
        told = told_of(canonical_document(historic.package))
        decisions = section(compose_brief(told, around()), "What is yours to decide").blocks[0]
        assert isinstance(decisions, Bullets)
        assert decisions.entries[0].text == DECISIONS[told.scorecard["verdict"]["kind"]]
        kinds.add(told.scorecard["verdict"]["kind"])
    assert len(kinds) >= 3
    document = copy_of(EXAMPLE)
    document["measures"][0]["funding"] = "no"
    assert "Who pays: area ceasefire with frozen forces." in said(brief(document))
    assert "Who pays" not in said(brief(EXAMPLE))


def test_risk_comes_from_the_draft_and_from_what_is_high() -> None:
    document = copy_of(EXAMPLE)
    document["process"] |= {"hostilities": "worsening", "buildup": "yes"}
    words = said(brief(document))
    assert "Hostilities are getting worse." in words
    assert "Forces are being built up under cover." in words
    syria = next(each for each in calibration_packages() if each.package.title == "De-escalation areas")
    words = said(brief(canonical_document(syria.package)))
    assert "Trust is the problem: the risk is high." in words
    assert "Somebody outside can stop this" in words


def test_parties_read_no_advice_no_profile_and_no_decisions_of_ours() -> None:
    model = brief(EXAMPLE, for_parties=True)
    assert titles(model) == ["What it is for", "The measures", "Still open in the text"]
    assert (model.headline, model.summary) == ("", "")
    assert not blocks_of(model, Profile)
    assert "Is there a dated or triggered step to the substance?" in said(model)


def test_version_for_one_party_lists_its_own_measures_under_their_numbers() -> None:
    document = copy_of(EXAMPLE)
    document["measures"][0]["commitments"] = [{"text": "T-theirs", "who": ["splm"], "when": "T-theirs"}]
    model = brief(document, for_parties=True, party="gos")
    assert blocks_of(model, Table)[0].rows[0][0] == "2. joint military commission"
    assert "T-theirs" not in said(model)
    assert "area ceasefire" not in said(model)


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("document", [EXAMPLE, SPARSE, EMPTY, long()], ids=["example", "sparse", "empty", "long"])
def test_brief_fits_two_pages(document: dict[str, Any], paper: str) -> None:
    assert len(read(pdf(brief(document, paper=paper), Look())).pages) <= 2


def test_measures_beyond_the_first_are_counted() -> None:
    model = brief(long())
    assert len(blocks_of(model, Table)[0].rows) == 10
    assert "And 40 more" in said(model)
