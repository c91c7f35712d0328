"""Which of the nearest precedents are shown: failures beside successes, and no case for everything. No database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from math import ceil
from typing import Final, NamedTuple

NEAR: Final = 0.3
"""A likeness from which a measure is near enough to be shown. Where even the nearest is not twice that, half of its own is
enough, so that a draft that says little is shown something too."""
OF_ONE_CASE: Final = 2
HELD: Final = frozenset({"held"})
FAILED: Final = frozenset({"failed"})
NOT_HELD: Final = frozenset({"failed", "partly"})


class Near(NamedTuple):
    """A measure by its place among all: how like it is, what came of it, its case."""

    likeness: float
    result: str
    case: int
    order: tuple[str, int]
    """Decides between equals: title of the case, place of the measure in it."""


def balanced(found: Sequence[Near], number: int) -> list[int]:
    """Indices of those to show, the nearest first.

    The nearest of all is among them. At least a third did not hold, one of them failed outright, and at least one held, as
    far as any are near enough; no more than ``OF_ONE_CASE`` are of one case.
    """
    order = sorted(range(len(found)), key=lambda n: (-found[n].likeness, found[n].order))
    if not order or found[order[0]].likeness <= 0:
        return []
    least = min(NEAR, found[order[0]].likeness / 2)
    near = [n for n in order if found[n].likeness >= least]
    chosen = near[:1]
    quotas: list[tuple[Collection[str], int]] = [(FAILED, 1), (HELD, 1), (NOT_HELD, ceil(number / 3))]
    for results, wanted in quotas:
        _choose(found, near, chosen, number, enough=_enough(found, chosen, results, wanted), results=results)
    _choose(found, near, chosen, number, enough=lambda: False, results=None)
    return sorted(chosen, key=order.index)


def _enough(found: Sequence[Near], chosen: list[int], results: Collection[str], wanted: int) -> Callable[[], bool]:
    return lambda: sum(found[n].result in results for n in chosen) >= wanted


def _choose(
    found: Sequence[Near],
    near: list[int],
    chosen: list[int],
    number: int,
    *,
    enough: Callable[[], bool],
    results: Collection[str] | None,
) -> None:
    """Adds the nearest with one of ``results`` until there is enough."""
    for n in near:
        if enough() or len(chosen) >= number:
            return
        cases = Counter(found[each].case for each in chosen)
        if n not in chosen and cases[found[n].case] < OF_ONE_CASE and (results is None or found[n].result in results):
            chosen.append(n)
