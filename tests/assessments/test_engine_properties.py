"""What must hold for every package, whatever it says."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.engine import assess
from assessments.engine.evaluation import Evaluation, affected_by
from assessments.engine.grading import MET, NOT_APPLICABLE, NOT_MET, PARTLY, UNKNOWN, WORTH, Grade, Judgement
from assessments.engine.rubric import rubric
from assessments.engine.scoring import profile_of, range_of, score_challenge, score_guideline
from assessments.package import Package, canonical_document, load_package
from cbm_advisor.lib.text import Text
from tests.assessments.patching import patched, resolve
from tests.assessments.strategies import packages

many = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
CHECK_IDS = sorted(rubric().checks)


GROUPING = {
    "measures.audiences",
    "measures.sensitivity",
    "measures.reciprocity",
    "measures.impact",
    "measures.sectors",
    "measures.commitments",
    "verification",
    "violations",
}
"""Fields that decide which measures, clauses or undertakings a check applies to; an answer there opens new questions."""


def regraded(package: Package, grades: dict[str, Grade]) -> Evaluation:
    """The evaluation of a package with some grades put in place of what the checks say."""
    evaluation = Evaluation(package)
    evaluation._judgements.update({k: Judgement(g, Text("set")) for k, g in grades.items()})
    return evaluation


@many
@given(packages())
def test_the_same_document_gives_the_same_bytes(package: Package) -> None:
    again = load_package(canonical_document(package), draft=True)
    assert assess(package).as_json() == assess(again).as_json()


@many
@given(packages())
def test_every_pointer_resolves_and_every_range_lies_in_its_text(package: Package) -> None:
    document = canonical_document(package)
    card = assess(package, steps=False).as_dict()
    for group in (*card["guidelines"].values(), *card["challenges"].values()):
        for finding in group["findings"]:
            for place in finding["evidence"]:
                text = resolve(document, place["pointer"])
                if "range" in place:
                    assert 0 <= place["range"][0] < place["range"][1] <= len(text)
    for clause in card["clauses"]:
        for hit in clause["hits"]:
            assert clause["text"][slice(*hit["range"])] == hit["text"]


@many
@given(packages())
def test_the_range_always_holds_the_score(package: Package) -> None:
    for guideline in assess(package, steps=False).as_dict()["guidelines"].values():
        if guideline["score"] is not None:
            low, high = guideline["range"]
            assert 0 <= low <= guideline["score"] <= high <= 100
            low, high = guideline["sensitivity"]
            assert low <= guideline["score"] <= high


@many
@given(packages(), st.sampled_from(CHECK_IDS), st.sampled_from([MET, PARTLY]))
def test_raising_a_grade_never_lowers_its_score(package: Package, check_id: str, raised: Grade) -> None:
    group = next(g for g in rubric().groups if g.id == check_id.partition(".")[0])
    lower: Grade = NOT_MET if raised == PARTLY else PARTLY
    before, after = regraded(package, {check_id: lower}), regraded(package, {check_id: raised})
    if group.is_guideline:
        assert (score_guideline(group, after).value or 0) >= (score_guideline(group, before).value or 0)
    else:
        assert (score_challenge(group, after).value or 0) <= (score_challenge(group, before).value or 0)


@many
@given(packages())
def test_the_stated_maximum_and_minimum_can_be_reached(package: Package) -> None:
    evaluation = Evaluation(package)
    for group in rubric().groups:
        if not group.is_guideline:
            continue
        ends = range_of(group, evaluation)
        unknown = [c.id for c in group.checks if evaluation.grade(c.id) == UNKNOWN]
        grades: tuple[Grade, Grade] = (NOT_MET, MET)
        for end, grade in zip(ends or (), grades, strict=False):
            score = score_guideline(group, regraded(package, dict.fromkeys(unknown, grade))).score
            assert score == end


@many
@given(packages())
def test_answering_an_unknown_never_lowers_coverage_unless_it_changes_what_applies(package: Package) -> None:
    card = assess(package)
    for step in card.steps:
        if step.kind != "answer" or any(edit.field in GROUPING for edit in step.change.edits):
            continue
        after = card.evaluation.revised(step.change.edits)
        for group in rubric().groups:
            applied = [c.id for c in group.checks if card.evaluation.grade(c.id) != NOT_APPLICABLE]
            if applied != [c.id for c in group.checks if after.grade(c.id) != NOT_APPLICABLE]:
                continue
            newly_unknown = [c for c in applied if after.grade(c) == UNKNOWN and card.evaluation.grade(c) != UNKNOWN]
            assert not newly_unknown, (step.check.id, newly_unknown, step.change.edits)


@many
@given(packages(), st.randoms(use_true_random=False))
def test_the_order_of_parties_and_measures_does_not_matter(package: Package, rng: random.Random) -> None:
    document = canonical_document(package)
    for section in ("parties", "measures"):
        if document.get(section):
            rng.shuffle(document[section])
    card, shuffled = (assess(p, steps=False).as_dict() for p in (package, load_package(document, draft=True)))
    assert _figures(card) == _figures(shuffled)


def _figures(card: dict[str, Any]) -> Any:
    groups = {**card["guidelines"], **card["challenges"]}
    shown = ("score", "range", "band", "risk", "coverage", "cap")
    return (
        card["index"],
        card["verdict"]["kind"],
        {k: [g.get(f) for f in shown] for k, g in groups.items()},
        {f["check"]: f["grade"] for g in groups.values() for f in g["findings"]},
    )


@many
@given(packages())
def test_a_field_that_no_check_reads_changes_nothing(package: Package) -> None:
    document = canonical_document(package)
    for unread in ("summary", "classification", "notes", "conflict"):
        document.pop(unread, None)
    for measure in document.get("measures", []):
        measure.pop("description", None)
        measure["title"] = "another title"
    before, after = (assess(p, steps=False).as_dict() for p in (package, load_package(document, draft=True)))
    assert _figures(before) == _figures(after)


@many
@given(packages(), st.data())
def test_deleting_a_field_moves_only_the_checks_that_read_it(package: Package, data: st.DataObject) -> None:
    document = canonical_document(package)
    fields = [(s, f) for s in ("context", "process", "diagnosis") for f in document.get(s, {})]
    fields += [("measures", f) for f in {f for m in document.get("measures", []) for f in m} - {"id", "title"}]
    if not fields:
        return
    section, field = data.draw(st.sampled_from(sorted(fields)))
    for part in document["measures"] if section == "measures" else [document[section]]:
        part.pop(field, None)
    before, after = Evaluation(package), Evaluation(load_package(document, draft=True))
    moved = affected_by(frozenset({f"{section}.{field}"}))
    for check_id in rubric().checks:
        if check_id not in moved:
            assert before.grade(check_id) == after.grade(check_id), (section, field)


@many
@given(packages())
def test_a_next_step_is_what_scoring_the_changed_document_gives(package: Package) -> None:
    card = assess(package)
    for step in card.steps:
        whole = load_package(
            patched(canonical_document(package), [e.as_patch() for e in step.change.edits]), draft=True
        )
        fresh = Evaluation(whole)
        tried = card.evaluation.revised(step.change.edits)
        for check_id in rubric().checks:
            assert tried.grade(check_id) == fresh.grade(check_id), (step.check.id, check_id)
        profile = profile_of(fresh)
        for move in step.moves:
            if move.of in profile.guidelines and move.what == "score":
                assert profile.guidelines[move.of].score == move.after
            if move.of in profile.challenges and move.what == "risk":
                assert profile.challenges[move.of].risk == move.after
        assert assess(whole, steps=False).verdict.kind == step.verdict


@many
@given(packages())
def test_steps_are_ranked_and_each_makes_its_check_better(package: Package) -> None:
    card = assess(package)
    for step in card.steps:
        before, after = (
            card.evaluation.grade(step.check.id),
            card.evaluation.revised(step.change.edits).grade(step.check.id),
        )
        assert WORTH.get(after, -1) > WORTH.get(before, -1)
    mends = [s.priority for s in card.steps if s.kind == "mend" and not s.removes_cap]
    assert mends == sorted(mends, reverse=True)
