"""From grades to scores, coverage, bands and levels (rubric, section 2)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from assessments.engine.draft import PHASES
from assessments.engine.evaluation import Evaluation
from assessments.engine.grading import MET, NOT_APPLICABLE, NOT_MET, TOLERANCE, UNKNOWN, WORTH, Grade, at_least
from assessments.engine.rubric import Cap, Check, Group, Trigger, rubric

Band = Literal["strong", "adequate", "weak", "insufficient", "not_applicable"]
Risk = Literal["low", "moderate", "high", "unknown", "not_applicable"]

STRONG_FROM: Final = 75
ADEQUATE_FROM: Final = 50
ENOUGH_KNOWN: Final = 0.5
MODERATE_FROM: Final = 25
HIGH_FROM: Final = 55
ENOUGH_KNOWN_OF_CHALLENGE: Final = 0.4
BLOCKING_FROM: Final = 0.9
WEIGHT_SWING: Final = 0.25
"""How far each weight varies when the sensitivity of a score is shown."""

# Rows are phases in order, columns G1 to G10.
_MULTIPLIERS: Final = {
    "before_process": (1.2, 1.4, 0.8, 0.6, 0.6, 0.5, 0.7, 1.3, 1.0, 0.9),
    "pre_negotiation": (1.2, 1.2, 1.0, 1.0, 0.9, 1.2, 0.9, 1.2, 1.2, 1.1),
    "negotiation": (1.2, 1.0, 1.0, 1.2, 1.2, 1.4, 1.1, 1.0, 1.3, 1.2),
    "implementation": (1.2, 0.8, 1.2, 1.4, 1.4, 1.0, 1.2, 0.7, 0.6, 1.2),
}
_EVEN: Final = (1.0,) * 10


class GuidelineScore(NamedTuple):
    """A guideline's result. ``value``: 0 to 100 after caps, unrounded, ``None`` if nothing is graded; ``coverage``:
    graded weight out of applicable weight; ``cap``: the lowest cap in force."""

    value: float | None
    coverage: float
    band: Band
    cap: Cap | None

    @property
    def score(self) -> int | None:
        """The value as shown, rounded."""
        return None if self.value is None else rounded(self.value)


class ChallengeScore(NamedTuple):
    """A challenge's result. ``value``: risk 0 to 100, unrounded; ``fired``: the triggers that moved the level."""

    value: float | None
    coverage: float
    risk: Risk
    fired: tuple[Trigger, ...]

    @property
    def score(self) -> int | None:
        """The risk as shown, rounded."""
        return None if self.value is None else rounded(self.value)


@dataclass(frozen=True, slots=True)
class Profile:
    """Ten guidelines and five challenges by id, and the index that sorts drafts."""

    guidelines: dict[str, GuidelineScore]
    challenges: dict[str, ChallengeScore]
    index: float | None

    def banded(self, band: Band) -> tuple[str, ...]:
        """Ids of the guidelines in a band."""
        return tuple([i for i, result in self.guidelines.items() if result.band == band])

    def at_risk(self, risk: Risk) -> tuple[str, ...]:
        """Ids of the challenges at a level."""
        return tuple([i for i, result in self.challenges.items() if result.risk == risk])


def rounded(value: float) -> int:
    """Half up, so that 62.5 is shown as 63; rounding errors of floats do not decide."""
    return math.floor(value + 0.5 + TOLERANCE)


def multiplier(group_id: str, phase: str | None) -> float:
    """How much a guideline weighs in a phase; 1 for challenges and without a phase."""
    if phase not in PHASES or not group_id.startswith("G"):
        return 1.0
    return _MULTIPLIERS[phase][int(group_id[1:]) - 1]


def weighted_mean(checks: Iterable[Check], grades: Mapping[str, Grade]) -> tuple[float | None, float]:
    """The weighted mean of the graded checks (0 to 1, ``None`` if none is graded), and their coverage (0 to 1)."""
    total = graded = applicable = 0.0
    for check in checks:
        grade, weight = grades[check.id], check.weight
        if grade == NOT_APPLICABLE:
            continue
        applicable += weight
        if grade != UNKNOWN:
            graded += weight
            total += weight * WORTH[grade]
    return (total / graded if graded else None), (graded / applicable if applicable else 0.0)


def lowest_cap(group: Group, grades: Mapping[str, Grade], evaluation: Evaluation) -> Cap | None:
    """The lowest cap that applies under these grades."""
    lowest = None
    for cap in group.caps:
        if (lowest is None or cap.limit < lowest.limit) and cap.applies(grades.__getitem__, evaluation.draft):
            lowest = cap
    return lowest


def all_not_applicable(group: Group, grades: Mapping[str, Grade]) -> bool:
    return all(grades[check.id] == NOT_APPLICABLE for check in group.checks)


def score_guideline(group: Group, evaluation: Evaluation) -> GuidelineScore:
    """Score, coverage, band and cap of a guideline."""
    grades = evaluation.grades
    if all_not_applicable(group, grades):
        return GuidelineScore(None, 0.0, "not_applicable", None)
    mean, coverage = weighted_mean(group.checks, grades)
    cap = lowest_cap(group, grades, evaluation)
    value = None if mean is None else _capped(100 * mean, cap)
    return GuidelineScore(value, coverage, _band(value, coverage), cap)


def _capped(value: float, cap: Cap | None) -> float:
    return min(value, cap.limit) if cap else value


def _band(value: float | None, coverage: float) -> Band:
    if value is None or not at_least(coverage, ENOUGH_KNOWN):
        return "insufficient"
    if at_least(value, STRONG_FROM):
        return "strong"
    return "adequate" if at_least(value, ADEQUATE_FROM) else "weak"


def range_of(group: Group, evaluation: Evaluation) -> tuple[int, int] | None:
    """The score if every unknown check were not met, and if every one were met, with the caps that would apply."""
    known = evaluation.grades
    if all_not_applicable(group, known):
        return None
    low, high = (
        {check.id: instead if known[check.id] == UNKNOWN else known[check.id] for check in group.checks}
        for instead in (NOT_MET, MET)
    )
    return _score_under(group, low, evaluation), _score_under(group, high, evaluation)


def _score_under(group: Group, grades: Mapping[str, Grade], evaluation: Evaluation) -> int:
    mean, _coverage = weighted_mean(group.checks, grades)
    return rounded(_capped(100 * (mean or 0.0), lowest_cap(group, grades, evaluation)))


def sensitivity_of(group: Group, evaluation: Evaluation, cap: Cap | None) -> tuple[int, int] | None:
    """Lowest and highest score when each weight varies by up to a quarter, all independently."""
    by_worth = {1.0: 0.0, 0.5: 0.0, 0.0: 0.0}
    for check in group.checks:
        grade = evaluation.grades[check.id]
        if grade in WORTH:
            by_worth[WORTH[grade]] += check.weight
    met, partly, not_met = by_worth.values()
    if not met + partly + not_met:
        return None
    up, down = 1 + WEIGHT_SWING, 1 - WEIGHT_SWING

    def mean(a: float, b: float, c: float) -> float:
        return (met * a + partly * b / 2) / (met * a + partly * b + not_met * c)

    # A weighted mean is extreme when all weights above some grade move one way and all others the other way.
    low = min(mean(down, down, up), mean(down, up, up))
    high = max(mean(up, up, down), mean(up, down, down))
    return rounded(_capped(100 * low, cap)), rounded(_capped(100 * high, cap))


def score_challenge(group: Group, evaluation: Evaluation) -> ChallengeScore:
    """Risk, coverage and level of a challenge, after its triggers."""
    grades = evaluation.grades
    if all_not_applicable(group, grades):
        return ChallengeScore(None, 0.0, "not_applicable", ())
    mean, coverage = weighted_mean(group.checks, grades)
    value = None if mean is None else 100 * (1 - mean)
    risk = _level(value, coverage)
    fired = []
    for trigger in group.triggers:
        moved = _moved(risk, trigger.effect)
        if moved != risk and trigger.fires(grades.__getitem__, evaluation.draft):
            risk = moved
            fired.append(trigger)
    return ChallengeScore(value, coverage, risk, tuple(fired))


def _level(value: float | None, coverage: float) -> Risk:
    if value is None or not at_least(coverage, ENOUGH_KNOWN_OF_CHALLENGE):
        return "unknown"
    if at_least(value, HIGH_FROM):
        return "high"
    return "moderate" if at_least(value, MODERATE_FROM) else "low"


def _moved(risk: Risk, effect: str) -> Risk:
    if effect == "raises_to_high":
        return "high"
    if effect == "raises_to_moderate":
        return risk if risk == "high" else "moderate"
    return "moderate" if risk == "high" else risk


def profile_of(evaluation: Evaluation) -> Profile:
    """All scores."""
    groups = rubric().groups
    guidelines = {group.id: score_guideline(group, evaluation) for group in groups if group.is_guideline}
    challenges = {group.id: score_challenge(group, evaluation) for group in groups if not group.is_guideline}
    return Profile(guidelines, challenges, _index(guidelines, evaluation.draft.phase))


def profile_after(known: Profile, evaluation: Evaluation, moved: Iterable[Group]) -> Profile:
    """All scores after an edit that can have moved only these groups."""
    guidelines, challenges = known.guidelines.copy(), known.challenges.copy()
    for group in moved:
        if group.is_guideline:
            guidelines[group.id] = score_guideline(group, evaluation)
        else:
            challenges[group.id] = score_challenge(group, evaluation)
    return Profile(guidelines, challenges, _index(guidelines, evaluation.draft.phase))


def _index(guidelines: dict[str, GuidelineScore], phase: str | None) -> float | None:
    total = weights = 0.0
    row = _MULTIPLIERS.get(phase or "", _EVEN)
    for weight, result in zip(row, guidelines.values(), strict=True):
        if result.value is not None and result.band != "insufficient":
            total += weight * rounded(result.value)
            weights += weight
    return round(total / weights, 1) if weights else None


def is_blocking(group_id: str, result: GuidelineScore, phase: str | None) -> bool:
    """A weak guideline that weighs in this phase."""
    return result.band == "weak" and multiplier(group_id, phase) >= BLOCKING_FROM - TOLERANCE
