"""The course of a case: its years, and its measures in them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, CaseMeasure
from cases.presentation import ResultWord, result_word
from cases.years import years_of
from guidelines.taxonomy import LABELS, label


class Stretch(NamedTuple):
    """Where something lies between the first and the last year that are shown, in hundredths of the width."""

    begin: float
    width: float


class Step(NamedTuple):
    """A measure on the line: its phases in words, and what came of it."""

    measure: CaseMeasure
    phases: str
    word: ResultWord


class Timeline(NamedTuple):
    """The years of a case and the measures of each; ``undated`` are those without a year."""

    first: int
    last: int
    years: str
    case: Stretch
    phases: str
    steps: list[tuple[int, Stretch, list[Step]]]
    undated: list[Step]


def timeline_of(case: Case, measures: Iterable[CaseMeasure]) -> Timeline:
    """The course of a case, from its first year to its last, to this year if it goes on; measures by year."""
    measures = list(measures)
    dated = sorted((each for each in measures if each.year), key=lambda each: (each.year, each.position))
    ends = case.ends or max(timezone.localdate().year, case.begins)
    years = [each.year for each in dated if each.year]
    first, last = min([case.begins, *years]), max([ends, *years])

    def stretch(begin: int, end: int) -> Stretch:
        unit = 100 / (last - first + 1)
        return Stretch(round((begin - first) * unit, 2), round((end - begin + 1) * unit, 2))

    steps = [
        (year, stretch(year, year), [_step(each) for each in same])
        for year, same in groupby(dated, lambda each: each.year or 0)
    ]
    phases = ", ".join(_(LABELS["phase"].get(phase, phase)) for phase in case.phases)
    undated = [_step(each) for each in measures if not each.year]
    return Timeline(first, last, years_of(case), stretch(case.begins, ends), phases, steps, undated)


def _step(measure: CaseMeasure) -> Step:
    phases = ", ".join(_(label("phase", phase)) for phase in measure.phases)
    return Step(measure, phases, result_word(measure.result))
