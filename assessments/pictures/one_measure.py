"""What the rubric says of one measure, by itself and within its package.

*By itself*: the checks are asked of a package that holds nothing but this measure, with the parties and the context,
and with the verification, the "what if" clauses and the links that cover it. Questions that only a whole package can
answer are left out (``OF_ONE_MEASURE``): a single measure cannot lack the third sector.

*Within*: what the package's score would lose if the measure were dropped, for the guidelines that look at the whole.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, cached_property
from typing import Any, Final

from assessments.engine.evaluation import Evaluation
from assessments.engine.grading import Grade
from assessments.engine.rubric import Group, rubric
from assessments.engine.scoring import GuidelineScore, score_guideline
from assessments.package import Package

OF_ONE_MEASURE: Final[dict[str, tuple[str, ...]]] = {
    "G1": ("G1.2", "G1.3", "G1.4"),
    "G2": ("G2.1", "G2.2", "G2.3"),
    "G3": ("G3.1", "G3.2", "G3.3", "G3.4"),
    "G4": ("G4.1", "G4.2", "G4.3", "G4.4", "G4.5", "G4.6", "G4.7"),
    "G5": ("G5.1", "G5.2", "G5.3", "G5.4", "G5.5", "G5.6", "G5.7"),
    "G6": ("G6.1", "G6.5"),
    "G8": ("G8.1", "G8.2", "G8.3", "G8.4", "G8.5"),
    "G9": ("G9.1", "G9.2", "G9.3", "G9.4", "G9.5"),
}
"""The checks that can be asked of one measure. Left out is what one answer of the package decides (the purpose
statement, the state of the talks) and what needs one good measure among several (something to touch, a bridge)."""

OF_THE_WHOLE: Final = ("G7", "G10")
"""Guidelines that look at measures side by side: sectors, and who gives and gets."""

_CAPS_OF_THE_WHOLE: Final = frozenset({"G6"})
"""Guidelines whose caps rest on a check that is not asked of one measure."""


class PartialEvaluation(Evaluation):
    """An evaluation that judges some checks only."""

    def __init__(self, package: Package, asked: Collection[str]) -> None:
        super().__init__(package)
        self.asked = asked

    @cached_property
    def grades(self) -> dict[str, Grade]:
        """The grades of the checks that are asked."""
        return {check_id: self.judge(check_id).grade for check_id in self.asked}


def by_itself(package: Package, position: int) -> tuple[PartialEvaluation, dict[str, GuidelineScore]]:
    """The measure at ``position`` under the checks of ``OF_ONE_MEASURE``, and its score by guideline."""
    evaluation = PartialEvaluation(holding_only(package, position), _asked_of_one())
    return evaluation, {group.id: score_guideline(group, evaluation) for group in _groups_of_one()}


def without(package: Package, position: int) -> dict[str, GuidelineScore]:
    """The scores that the package would have in ``OF_THE_WHOLE`` without the measure at ``position``."""
    measures = package.measures or ()
    rest = package.model_copy(update={"measures": measures[:position] + measures[position + 1 :]})
    evaluation = PartialEvaluation(rest, _asked_of_the_whole())
    return {group.id: score_guideline(group, evaluation) for group in _groups_of_the_whole()}


def holding_only(package: Package, position: int) -> Package:
    """The package with this measure alone; of a list that is there, the rows that cover it."""
    measure = (package.measures or ())[position]

    def covering(rows: tuple[Any, ...] | None, field: str) -> tuple[Any, ...] | None:
        if rows is None:
            return None
        return tuple(row for row in rows if (ids := getattr(row, field)) in (None, "all") or measure.id in ids)

    return package.model_copy(
        update={
            "measures": (measure,),
            "verification": covering(package.verification, "covers"),
            "violations": covering(package.violations, "covers"),
            "links": covering(package.links, "from_"),
        }
    )


@cache
def _groups_of_one() -> tuple[Group, ...]:
    return tuple(
        Group(
            group.id,
            tuple(check for check in group.checks if check.id in OF_ONE_MEASURE[group.id]),
            () if group.id in _CAPS_OF_THE_WHOLE else group.caps,
            (),
        )
        for group in rubric().groups
        if group.id in OF_ONE_MEASURE
    )


@cache
def _groups_of_the_whole() -> tuple[Group, ...]:
    return tuple(group for group in rubric().groups if group.id in OF_THE_WHOLE)


@cache
def _asked_of_one() -> tuple[str, ...]:
    return tuple(check.id for group in _groups_of_one() for check in group.checks)


@cache
def _asked_of_the_whole() -> tuple[str, ...]:
    return tuple(check.id for group in _groups_of_the_whole() for check in group.checks)
