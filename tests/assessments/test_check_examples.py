"""The examples beside each check are its tests; a check without them fails the build."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.engine.edits import apply_edits
from assessments.engine.evaluation import Evaluation
from assessments.engine.grading import MET, NOT_APPLICABLE, NOT_MET, PARTLY, UNKNOWN, WORTH
from assessments.engine.rubric import Check, Example, rubric
from assessments.package import Package, canonical_document, load_package
from cases.titles import case_title
from tests.assessments.patching import patched

CHECKS = tuple(rubric().checks.values())
EXAMPLES = [
    pytest.param(check, example, id=f"{check.id}-{example.grade}-{n}")
    for check in CHECKS
    for n, example in enumerate(check.examples)
]


def completed(example: Example) -> Package:
    """An example as a whole package: format, title and two parties are filled in where it does not give them."""
    document: dict[str, Any] = {
        "format": "cbm-package/1",
        "title": "example",
        "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        **example.package,
    }
    return load_package(document, draft=True)


def test_the_rubric_has_all_its_checks_and_weights() -> None:
    sizes = {group.id: len(group.checks) for group in rubric().groups}
    assert sizes == {
        "G1": 4, "G2": 6, "G3": 5, "G4": 7, "G5": 7, "G6": 6, "G7": 6, "G8": 5, "G9": 5, "G10": 7,
        "C1": 5, "C2": 7, "C3": 6, "C4": 6, "C5": 7,
    }  # fmt: skip
    assert len(CHECKS) == 89


@pytest.mark.parametrize(("check", "example"), EXAMPLES)
def test_an_example_gets_the_grade_that_it_shows(check: Check, example: Example) -> None:
    judgement = Evaluation(completed(example)).judge(check.id)
    assert judgement.grade == example.grade, str(judgement.because)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_a_check_shows_what_met_not_met_and_unknown_look_like(check: Check) -> None:
    grades = {example.grade for example in check.examples}
    assert {MET, NOT_MET, UNKNOWN} <= grades
    if check.applies is not None:
        assert NOT_APPLICABLE in grades


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_a_check_says_all_that_a_finding_needs(check: Check) -> None:
    for words in (check.question, check.rule, check.advice, check.ask, check.too_far):
        assert words.strip()
    assert check.question.endswith("?")
    assert check.ask.endswith(("?", "."))
    assert check.effort in (1, 2, 3)
    assert check.cases
    for slug in check.cases:
        assert case_title(slug)


@pytest.mark.parametrize(("check", "example"), EXAMPLES)
def test_mending_an_example_makes_the_check_better(check: Check, example: Example) -> None:
    before = Evaluation(completed(example))
    if example.grade in (MET, NOT_APPLICABLE):
        return
    change = check.change_in(before.draft)
    if change is None:
        return
    after = before.revised(change.edits)
    assert WORTH.get(after.grade(check.id), -1) > WORTH.get(example.grade, -1), str(after.judge(check.id).because)
    assert example.grade == UNKNOWN or change.words.format(**change.arguments)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_what_can_be_drafted_can_be_mended(check: Check) -> None:
    """A check without a step of its own takes another's grade, or a fact of the conflict that no drafting changes."""
    if check.mend is None:
        assert check.id in FOLLOWERS | {"G2.6", "C4.4"}
        return
    weak = [completed(example) for example in check.examples if example.grade in (PARTLY, NOT_MET)]
    changes = [check.mend(Evaluation(package).draft) for package in weak]
    assert all(change is None for change in changes) == (check.id in FACTS)


FOLLOWERS = {"C2.6", "C3.1", "C4.3", "C5.5", "C5.6"}
FACTS = {"G2.5", "C1.2", "C1.3", "C1.4", "C1.5", "C2.2", "C2.3", "C2.4", "C2.5"}


@pytest.mark.parametrize(("check", "example"), EXAMPLES)
def test_a_change_is_a_json_patch_of_the_canonical_document(check: Check, example: Example) -> None:
    package = completed(example)
    change = check.change_in(Evaluation(package).draft)
    edits = change.edits if change else ()
    expected = load_package(patched(canonical_document(package), [e.as_patch() for e in edits]), draft=True)
    assert apply_edits(package, edits) == expected
