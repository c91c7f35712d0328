"""A figure with its goal, and how figures are taken so that a busy machine does not decide them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Clock = Callable[[], float]


@dataclass(frozen=True)
class Figure:
    """One thing measured. ``value`` and ``goal`` are in ``unit``; ``of`` says what was measured, and how."""

    name: str
    value: float
    goal: float
    unit: str
    of: str

    def __str__(self) -> str:
        verdict = "met" if self.value <= self.goal else "missed"
        return f"{self.name:<44} {self.value:>9.3g} {self.unit:<6} goal {self.goal:>5g}  {verdict:<7} {self.of}"


def ratio(
    what: Callable[[], object], to: Callable[[], object], *, rounds: int, clock: Clock = time.process_time
) -> float:
    """How many times longer ``what`` takes: the median over rounds in which both are timed, one after the other."""
    what(), to()
    return median(seconds(what, clock) / seconds(to, clock) for _ in range(rounds))


def seconds(what: Callable[[], object], clock: Clock = time.process_time, *, least: float = 0.02) -> float:
    """Seconds that one call takes; it is repeated until they add up to ``least``, more than the clock's grain."""
    calls = 0
    begun = clock()
    while (passed := clock() - begun) < least or not calls:
        what()
        calls += 1
    return passed / calls
