"""Next best steps: what would a change do (rubric, section 9)?

Each step is a true counterfactual: the engine makes the edit, judges again what the edit can have moved, and says
what moved. Facts of the conflict are never mended, only asked for: ``would_change`` says what would have to differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from heapq import heapify, heappop, heappush
from typing import Any, Final, Literal, NamedTuple

from assessments.engine.evaluation import Evaluation, affected_by
from assessments.engine.grading import NOT_MET, PARTLY, UNKNOWN, WORTH, Grade
from assessments.engine.mending import member
from assessments.engine.rubric import Change, Check, Group, rubric
from assessments.engine.scoring import Profile, multiplier, profile_after, rounded
from assessments.engine.verdict import ORDER, Kind, Verdict, decide
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

PHASE_QUESTION: Final = _(
    "Say which phase the process is in: before a process, pre-negotiation, negotiation or implementation"
)


StepKind = Literal["mend", "answer"]
Rank = tuple[int, float, bool, int, int]
"""Where a step stands: the smaller, the sooner."""
NO_CAP: Final = 100


class Move(NamedTuple):
    """One thing that an edit moves. ``of``: id of a guideline or challenge, "index" or "verdict"."""

    of: str
    what: str
    before: Any
    after: Any


class Step(NamedTuple):
    """One thing to do or to ask.

    ``gain``: points that the score of its guideline rises (risk falls, for a challenge); for a question, points by
    which the answer narrows the range. ``priority``: the rank's figure, see ``docs/scoring.md``.
    """

    check: Check
    kind: StepKind
    change: Change
    gain: int
    removes_cap: bool
    moves: tuple[Move, ...]
    priority: float
    verdict: Kind

    @property
    def words(self) -> Text | str:
        """What to do, or what to ask, as a sentence."""
        change = self.change
        asks = self.kind == "answer" and change.words != PHASE_QUESTION
        return self.check.ask if asks or not change.words else Text(change.words, **change.arguments)


class Trial(NamedTuple):
    """A what-if: the evaluation, profile and verdict of the edited package."""

    evaluation: Evaluation
    profile: Profile
    verdict: Verdict


class Baseline(NamedTuple):
    """The package as it stands."""

    evaluation: Evaluation
    profile: Profile
    verdict: Verdict

    def trial(self, change: Change) -> Trial:
        """What the package would be with the change made."""
        evaluation = self.evaluation.revised(change.edits)
        profile = profile_after(self.profile, evaluation, _groups_moved(frozenset(e.field for e in change.edits)))
        return Trial(evaluation, profile, decide(evaluation, profile))


@cache
def _groups_moved(fields: frozenset[str]) -> tuple[Group, ...]:
    """Guidelines and challenges whose score an edit of these fields can move.

    Triggers of challenges also read answers of ``context``, ``process`` and ``diagnosis`` that their checks do not.
    """
    of_checks = {check_id.partition(".")[0] for check_id in affected_by(fields)}
    answers = any(field.partition(".")[0] in ("context", "process", "diagnosis") for field in fields)
    return tuple(g for g in rubric().groups if g.id in of_checks or (answers and not g.is_guideline))


def next_steps(base: Baseline) -> list[Step]:
    """Every step worth taking, best first."""
    return list(steps_in_order(base))


def steps_in_order(base: Baseline) -> Iterator[Step]:
    """The steps worth taking, best first; each is tried only when its turn can have come.

    A check's rank is known before its change is tried, but for whether the change lifts a cap; so a check waits at the
    best place that it may have, and its step, once tried, at its own.
    """
    ask_first = base.verdict.kind == "not_enough_information"
    waiting: list[tuple[Rank, Check | Step]] = []
    for check in rubric().checks.values():
        if (rank := _best_rank(check, base, ask_first)) is not None:
            waiting.append((rank, check))
    if base.evaluation.draft.phase is None and (phase := _ask_for_phase(base)):
        waiting.append((_rank(phase, ask_first), phase))
    heapify(waiting)
    while waiting:
        _place, first = heappop(waiting)
        if isinstance(first, Step):
            yield first
        elif step := _step(first, base):
            heappush(waiting, (_rank(step, ask_first), step))


def _rank(step: Step, ask_first: bool) -> Rank:
    return (_tier(step.kind, step.removes_cap, ask_first), -step.priority, *_order(step.check))


def _best_rank(check: Check, base: Baseline, ask_first: bool) -> Rank | None:
    grade = base.evaluation.grade(check.id)
    phase_first = check.needs_phase and base.evaluation.draft.phase is None
    if grade not in (PARTLY, NOT_MET, UNKNOWN) or check.mend is None or phase_first:
        return None
    kind = _kind(grade)
    may_lift = kind == "mend" and _cap_limit(base.profile, check) < NO_CAP
    return (_tier(kind, may_lift, ask_first), -_priority(check, grade, base.evaluation), *_order(check))


def _ask_for_phase(base: Baseline) -> Step | None:
    """One question for all checks that wait for the phase, tried with the phase most drafts are made for."""
    change = Change((member(base.evaluation.draft, "context", "phase", "pre_negotiation"),), PHASE_QUESTION)
    trial = base.trial(change)
    waiting = [check for check in rubric().checks.values() if check.needs_phase]
    opened = [check for check in waiting if trial.evaluation.grade(check.id) in WORTH]
    if not opened:
        return None
    effect = sum(_effect_on_range(check, base.evaluation) for check in opened)
    moves = tuple(moves_between(base, trial))
    return Step(
        opened[0],
        "answer",
        change,
        rounded(_effect_on_range(opened[0], base.evaluation)),
        False,
        moves,
        effect,
        trial.verdict.kind,
    )


def _order(check: Check) -> tuple[bool, int, int]:
    group, _, number = check.id[1:].partition(".")
    return check.id.startswith("C"), int(group), int(number)


def _tier(kind: StepKind, removes_cap: bool, ask_first: bool) -> int:
    if kind == "answer":
        return -1 if ask_first else 2
    return 0 if removes_cap else 1


def _kind(grade: Grade) -> StepKind:
    return "answer" if grade == UNKNOWN else "mend"


def _priority(check: Check, grade: Grade, evaluation: Evaluation) -> float:
    weighs = multiplier(check.group, evaluation.draft.phase)
    if grade == UNKNOWN:
        return _effect_on_range(check, evaluation) * weighs / check.effort
    return check.weight * weighs * (1 - WORTH[grade]) / check.effort


def _step(check: Check, base: Baseline) -> Step | None:
    grade = base.evaluation.grade(check.id)
    if grade not in (PARTLY, NOT_MET, UNKNOWN):
        return None
    change = check.change_in(base.evaluation.draft)
    if change is None:
        return None
    trial = base.trial(change)
    after = trial.evaluation.grade(check.id)
    if WORTH.get(after, -1) <= WORTH.get(grade, -1):
        return None
    removes_cap = _cap_limit(base.profile, check) < _cap_limit(trial.profile, check)
    kind = _kind(grade)
    asks = kind == "answer"
    gain = rounded(_effect_on_range(check, base.evaluation)) if asks else _gain(check, base.profile, trial.profile)
    moves = tuple(moves_between(base, trial))
    priority = _priority(check, grade, base.evaluation)
    return Step(check, kind, change, gain, removes_cap and not asks, moves, priority, trial.verdict.kind)


def _cap_limit(profile: Profile, check: Check) -> int:
    result = profile.guidelines.get(check.group)
    return result.cap.limit if result is not None and result.cap is not None else NO_CAP


def _gain(check: Check, before: Profile, after: Profile) -> int:
    if check.group in before.guidelines:
        return (after.guidelines[check.group].score or 0) - (before.guidelines[check.group].score or 0)
    return (before.challenges[check.group].score or 0) - (after.challenges[check.group].score or 0)


def _effect_on_range(check: Check, evaluation: Evaluation) -> float:
    """Points between the check not met and met, on the scale of its guideline or challenge."""
    group = next(g for g in rubric().groups if g.id == check.group)
    applicable = sum(c.weight for c in group.checks if evaluation.grade(c.id) != "not_applicable")
    return 100 * check.weight / applicable


def moves_between(before: Baseline | Trial, after: Trial) -> Iterator[Move]:
    """What differs, guidelines first, then challenges, index and verdict."""
    for group_id, old in before.profile.guidelines.items():
        new = after.profile.guidelines[group_id]
        if old is not new and old != new:
            yield from _moved(group_id, ("score", old.score, new.score), ("band", old.band, new.band))
            yield from _moved(group_id, ("coverage", round(old.coverage, 3), round(new.coverage, 3)))
    for group_id, was in before.profile.challenges.items():
        now = after.profile.challenges[group_id]
        if was is not now and was != now:
            yield from _moved(group_id, ("score", was.score, now.score), ("risk", was.risk, now.risk))
            yield from _moved(group_id, ("coverage", round(was.coverage, 3), round(now.coverage, 3)))
    yield from _moved("index", ("score", before.profile.index, after.profile.index))
    yield from _moved("verdict", ("kind", before.verdict.kind, after.verdict.kind))


def _moved(of: str, *rows: tuple[str, Any, Any]) -> Iterator[Move]:
    return (Move(of, what, old, new) for what, old, new in rows if old != new)


def better(kind: Kind, than: Kind) -> bool:
    """Whether one verdict is more favourable than another."""
    return ORDER.index(kind) > ORDER.index(than)
