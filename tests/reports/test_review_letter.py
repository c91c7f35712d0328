from __future__ import annotations

from typing import Any

import pytest

from reports.composing.review import compose_review
from reports.model import Bullets, Comment, Finding, ReportModel
from tests.reports.audiences import around, said, section, titles, told_of
from tests.reports.material import EXAMPLE, SPARSE, blocks_of, copy_of

COMMENTS: list[dict[str, Any]] = [
    {
        "where": "The whole proposal", "by": "Ada", "at": "2026-11-20", "text": "T-first", "is_settled": False,
        "answers": [{"by": "Ben", "at": "2026-11-21", "text": "T-answer", "is_settled": False}],
    },
    {"where": "Measure 1", "by": "Guest", "at": "2026-11-22", "text": "", "is_settled": True, "answers": []},
]  # fmt: skip


def letter(document: dict[str, Any], *, for_parties: bool = False) -> ReportModel:
    return compose_review(told_of(document, for_parties=for_parties), COMMENTS, around(for_parties=for_parties))


def test_letter_begins_with_the_advice_and_what_is_strong() -> None:
    model = letter(EXAMPLE)
    assert (model.opening, model.headline) == ("head", "Ready to table")
    assert titles(model) == [
        "Why we advise so", "What is strong", "What to work on", "What we would ask", "Comments", "Next best steps",
    ]  # fmt: skip


@pytest.mark.parametrize("for_parties", [False, True])
@pytest.mark.parametrize("document", [EXAMPLE, SPARSE])
def test_every_finding_that_is_not_met_or_unknown_is_there_with_its_advice(
    document: dict[str, Any], for_parties: bool
) -> None:
    told, model = told_of(document, for_parties=for_parties), letter(document, for_parties=for_parties)
    groups = [*told.scorecard["guidelines"].values(), *told.scorecard["challenges"].values()]
    findings = [each for group in groups for each in group["findings"]]
    shown = {each.check: each for each in blocks_of(model, Finding)}
    assert set(shown) == {each["check"] for each in findings if each["grade"] in ("not_met", "partly")}
    for each in findings:
        if each["check"] in shown:
            assert each["advice"] in [fact.value for fact in shown[each["check"]].facts]
    asked = [
        entry.text for title in titles(model) if title == "What we would ask"
        for block in blocks_of(section(model, title), Bullets) for entry in block.entries
    ]  # fmt: skip
    assert asked == [each["advice"] for each in findings if each["grade"] == "unknown"]


def test_what_is_not_met_stands_before_what_is_partly_met() -> None:
    document = copy_of(EXAMPLE)
    document["violations"] = [{"breach_defined": "partly", "contact_channel": "no", "response_ladder": "no"}]
    for part in section(letter(document), "What to work on").blocks:
        codes = [each.mark.code for each in blocks_of(part, Finding)]  # type: ignore[arg-type]
        assert codes == sorted(codes, key=["not_met", "partly"].index)


def test_strengths_name_no_risk_that_is_not_low() -> None:
    told = told_of(EXAMPLE)
    for group in told.scorecard["challenges"].values():
        group["risk"] = "high"
    model = compose_review(told, [], around())
    entries = blocks_of(section(model, "What is strong"), Bullets)[0].entries
    assert [each.text for each in entries] == [each["name"] for each in told.scorecard["guidelines"].values()]


def test_comments_have_place_name_state_and_answers() -> None:
    first, second = section(letter(EXAMPLE), "Comments").blocks
    assert isinstance(first, Comment)
    assert isinstance(second, Comment)
    assert (first.where, first.by, first.at, first.text, first.state) == (
        "The whole proposal", "Ada", "2026-11-20", "T-first", "open",
    )  # fmt: skip
    assert [(each.by, each.text) for each in first.answers] == [("Ben", "T-answer")]
    assert (second.text, second.state) == ("This comment was taken away.", "settled")


def test_parties_read_neither_comments_nor_names_nor_the_advice() -> None:
    model = letter(EXAMPLE, for_parties=True)
    assert titles(model) == ["What is strong", "What to work on", "What we would ask"]
    assert not {"Ada", "Ben", "Guest"} & set(said(model).split())
    assert "T-first" not in said(model)
    assert (model.headline, model.summary) == ("", "")


def test_what_the_drafters_set_aside_is_there_with_its_reason_for_us_alone() -> None:
    document = copy_of(EXAMPLE) | {"not_applicable": [{"check": "G4.3", "reason": "T-aside"}]}
    entry = blocks_of(section(letter(document), "Set aside by the drafters"), Bullets)[0].entries[0]
    assert (entry.text, entry.note) == ("Are there yardsticks?", "T-aside")
    theirs = said(letter(document, for_parties=True))
    assert "T-aside" not in theirs
    assert "Are there yardsticks?" not in theirs


def test_draft_that_says_too_little_is_told_so() -> None:
    assert "The draft says too little yet to name any." in said(letter(SPARSE))
