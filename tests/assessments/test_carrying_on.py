"""A draft that is edited, read and judged step by step, comes out as if it were read and judged for the first time."""

from __future__ import annotations

import json
import random

import pytest

from assessments.engine import Scorecard, assess
from assessments.engine.evaluation import Evaluation
from assessments.engine.grading import MET, NOT_APPLICABLE, WORTH
from assessments.engine.rubric import rubric
from assessments.engine.scoring import profile_of
from assessments.engine.steps import Baseline, Step, steps_in_order
from assessments.engine.verdict import decide
from assessments.package import Package, canonical_document, canonical_json
from assessments.package.drafts import read_draft
from assessments.package.rereading import reread_draft
from tests.assessments.edited_drafts import edited, every_draft

EDITS = 25
DRAFTS = [*every_draft()]


def plainly(package: Package) -> bytes:
    """The canonical JSON of a package, written as a whole."""
    document = canonical_document(package)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


@pytest.mark.parametrize("seed", range(len(DRAFTS)))
def test_a_draft_read_again_after_each_edit_reads_as_for_the_first_time(seed: int) -> None:
    dice = random.Random(seed)
    draft = DRAFTS[seed]
    reading = read_draft(draft)
    for _ in range(EDITS):
        after = edited(draft, dice, dice.choice(DRAFTS))
        again, fresh = reread_draft(after, draft, reading), read_draft(after)
        assert again.problems == fresh.problems
        assert again.package == fresh.package
        assert canonical_json(again.package) == plainly(fresh.package)
        draft, reading = after, again


def test_what_was_not_edited_keeps_its_identity() -> None:
    draft = DRAFTS[0]
    reading = read_draft(draft)
    measures = [dict(measure) for measure in draft["measures"]]
    measures[1]["steps"] = 9
    again = reread_draft({**draft, "measures": measures}, draft, reading).package
    before, after = reading.package.measures or (), again.measures or ()
    assert after[0] is before[0]
    assert after[1].steps == 9
    assert (after[1].commitments or ())[0] is (before[1].commitments or ())[0]
    assert again.context is reading.package.context


@pytest.mark.parametrize("seed", range(len(DRAFTS)))
def test_judgements_carried_from_edit_to_edit_are_those_of_a_first_assessment(seed: int) -> None:
    dice = random.Random(seed)
    draft = DRAFTS[seed]
    reading = read_draft(draft)
    evaluation = Evaluation(reading.package)
    assert evaluation.grades
    for _ in range(EDITS):
        after = edited(draft, dice, dice.choice(DRAFTS))
        reading = reread_draft(after, draft, reading)
        evaluation = evaluation.carried_to(reading.package)
        fresh = Evaluation(read_draft(after).package)
        for check_id in rubric().checks:
            assert evaluation.judge(check_id) == fresh.judge(check_id), check_id
        assert evaluation.draft.clauses == fresh.draft.clauses
        draft = after
    assert Scorecard(evaluation, steps=True).as_json() == assess(fresh.package).as_json()


@pytest.mark.parametrize("draft", DRAFTS)
def test_steps_come_in_the_order_of_their_ranks_and_none_is_left_out(draft: dict[str, object]) -> None:
    evaluation = Evaluation(read_draft(draft).package)
    profile = profile_of(evaluation)
    base = Baseline(evaluation, profile, decide(evaluation, profile))
    steps = list(steps_in_order(base))
    ask_first = base.verdict.kind == "not_enough_information"

    def rank(step: Step) -> tuple[int, float, bool, list[int]]:
        tier = {"answer": -1 if ask_first else 2, "mend": 0 if step.removes_cap else 1}[step.kind]
        return tier, -step.priority, step.check.id[0] == "C", [int(part) for part in step.check.id[1:].split(".")]

    assert steps == sorted(steps, key=rank)
    taken = {step.check.id for step in steps}
    for check in rubric().checks.values():
        grade = evaluation.grade(check.id)
        change = check.change_in(evaluation.draft) if grade not in (MET, NOT_APPLICABLE) else None
        better = change and WORTH.get(base.trial(change).evaluation.grade(check.id), -1) > WORTH.get(grade, -1)
        assert not better or check.id in taken, check.id


def test_what_python_takes_for_equal_is_read_as_it_is_written() -> None:
    draft = DRAFTS[0]
    first, *others = draft["measures"]
    before = {**draft, "measures": [{**first, "steps": 1}, *others]}
    after = {**draft, "measures": [{**first, "steps": True}, *others]}
    again = reread_draft(after, before, read_draft(before))
    assert [problem.address for problem in again.problems] == [f"/measures/{first['id']}/steps"]
    assert again == read_draft(after)


def test_a_row_that_others_name_is_missed_when_it_goes() -> None:
    draft = DRAFTS[0]
    after = {**draft, "measures": draft["measures"][1:]}
    again = reread_draft(after, draft, read_draft(draft))
    assert again.problems
    assert again == read_draft(after)
