from __future__ import annotations

from typing import Any

import pytest

from proposals.comparing.differences import differences
from proposals.comparing.scores import compare_scores
from reports.composing.comparison import Side, compose_comparison, runs_of
from reports.model import Change, Finding, Mark, ReportModel, Table
from tests.reports.audiences import around, said, titles, told_of
from tests.reports.material import EXAMPLE, blocks_of, copy_of


def changed() -> dict[str, Any]:
    """The worked example with a clause in other words, a measure less, one more, and nobody who verifies."""
    document = copy_of(EXAMPLE)
    document["measures"][0]["commitments"][0]["text"] = "Both forces stop attacks and all movement of troops"
    document["measures"] = [*document["measures"][:3], {"id": "new", "title": "A hotline"}]
    document["verification"] = []
    document["diagnosis"]["evidence_note"] = "T-note"
    return document


def side(name: str, document: dict[str, Any], *, for_parties: bool) -> Side:
    told = told_of(document, for_parties=for_parties)
    return Side(name, told.document, told.scorecard)


def comparison(before: dict[str, Any], now: dict[str, Any], *, for_parties: bool = False) -> ReportModel:
    old, new = side("Before", before, for_parties=for_parties), side("Now", now, for_parties=for_parties)
    return compose_comparison("Title", old, new, around(for_parties=for_parties))


def test_everything_that_differs_is_there_in_the_words_of_the_page() -> None:
    model = comparison(EXAMPLE, changed())
    found = differences(EXAMPLE, changed())
    changes = blocks_of(model, Change)
    assert [(each.where, each.what) for each in changes] == [(each.where or each.group, each.kind) for each in found]
    for change, difference in zip(changes, found, strict=True):
        for name, value in difference.facts:
            assert f"{name}: {value}" in "".join(run.text for run in change.runs)
    assert model.headline == "1 changed, 2 added, 2 removed"


@pytest.mark.parametrize("of", ["before", "now"])
def test_both_texts_can_be_read_from_the_runs(of: str) -> None:
    for difference in differences(EXAMPLE, changed()):
        if difference.kind != "changed":
            continue
        left_out = "in" if of == "before" else "out"
        words = " ".join(run.text for run in runs_of(difference) if run.change != left_out).split()
        assert words == "".join(run.text for run in getattr(difference, of)).split()


def test_words_that_went_and_came_do_not_run_into_each_other() -> None:
    before, now = ({"title": title} for title in ("Old words", "New words"))
    [difference] = differences(before, now)
    assert [(run.text, run.change) for run in runs_of(difference)] == [("Old", "out"), (" New", "in"), (" words", "")]


def test_scores_and_their_reasons_are_those_of_the_page() -> None:
    model = comparison(EXAMPLE, changed())
    page = compare_scores(told_of(EXAMPLE).scorecard, told_of(changed()).scorecard)
    guidelines, challenges = blocks_of(model, Table)
    assert len(guidelines.rows) == 10
    assert len(challenges.rows) == 5
    row = next(row for row in guidelines.rows if str(row[0]).startswith("G4 "))
    assert row[1:3] == (Mark("strong", "Strong 100", "✓"), Mark("weak", "Weak 0", "!"))
    assert str(row[3]).startswith("↓ worse")
    findings = blocks_of(model, Finding)
    assert [each.check for each in findings] == [each.check for each in page.checks]
    assert [each.because for each in findings] == [each.now_because for each in page.checks]
    assert all(change.before_because in each.facts[0].value for each, change in zip(findings, page.checks, strict=True))
    assert model.summary.startswith("The advice was “Ready to table” and is “")


def test_same_draft_twice_says_so() -> None:
    model = comparison(EXAMPLE, EXAMPLE)
    assert model.headline == "Both say the same."
    assert "The advice stays: Ready to table." in model.summary
    assert "Every question is answered alike." in said(model)
    assert not blocks_of(model, Change)


def test_parties_see_what_the_text_says_differently_and_no_scores() -> None:
    model = comparison(EXAMPLE, changed(), for_parties=True)
    assert titles(model) == ["What is now answered differently", "What the draft says"]
    assert not blocks_of(model, Table)
    assert "T-note" not in said(model)
    assert "movement" in said(model)
    assert {"G4.1"} <= {each.check for each in blocks_of(model, Finding)}
    assert not any(each.check.startswith("C") for each in blocks_of(model, Finding))


def test_nothing_differs_for_the_parties_if_only_closed_parts_do() -> None:
    now = copy_of(EXAMPLE)
    now["diagnosis"]["trust_deficit"] = 1
    now["measures"][0]["cost"] = {"gos": {"money": 3}}
    model = comparison(EXAMPLE, now, for_parties=True)
    assert model.headline == "Both say the same."
    assert not blocks_of(model, Finding)
    assert blocks_of(comparison(EXAMPLE, now), Change)


def test_parties_are_named_in_a_row_that_went() -> None:
    words = said(comparison(EXAMPLE, changed()))
    assert "Government of Sudan: money: 0 of 3" in words.replace("cost in ", "")
    assert "gos:" not in words
