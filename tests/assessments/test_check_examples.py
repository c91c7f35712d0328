"""The examples beside each check are its tests; a check without them fails the build."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.engine.edits import apply_edits
from assessments.engine.evaluation import Evaluation
from assessments.engine.grading import MET, NOT_APPLICABLE, NOT_MET, PARTLY, UNKNOWN, WORTH
from assessments.engine.rubric import Check, Example, rubric
from assessments.package import Package, canonical_document, load_package
from cases.precedents import case_title
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
    if check.mend is None or example.grade not in (PARTLY, NOT_MET, UNKNOWN):
        assert example.grade in (MET, NOT_APPLICABLE) or check.mend is None
        return
    before = Evaluation(completed(example))
    change = check.mend(before.draft)
    if change is None:
        return
    after = before.revised(change.edits)
    assert WORTH.get(after.grade(check.id), -1) > WORTH.get(example.grade, -1), str(after.judge(check.id).because)
    assert change.words.format(**change.arguments)


@pytest.mark.parametrize(("check", "example"), EXAMPLES)
def test_a_change_is_a_json_patch_of_the_canonical_document(check: Check, example: Example) -> None:
    package = completed(example)
    change = check.mend(Evaluation(package).draft) if check.mend else None
    edits = change.edits if change else ()
    expected = load_package(patched(canonical_document(package), [e.as_patch() for e in edits]), draft=True)
    assert apply_edits(package, edits) == expected
