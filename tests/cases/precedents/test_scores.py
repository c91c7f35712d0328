"""Sums by position, kept as sets."""

from __future__ import annotations

import random

import pytest

from cases.precedents.scores import Scores
from cases.searching.bitmaps import packed

SIZE = 200


@pytest.mark.parametrize("seed", range(20))
def test_the_highest_are_those_that_plain_adding_finds(seed: int) -> None:
    dice = random.Random(seed)
    sums, scores = [0] * SIZE, Scores()
    for _ in range(dice.randint(0, 12)):
        weight, having = dice.randint(0, 40), dice.sample(range(SIZE), dice.randint(0, SIZE))
        scores.add(packed(having, SIZE), weight)
        for at in having:
            sums[at] += weight
    among = dice.sample(range(SIZE), dice.randint(0, SIZE))
    for number in (0, 1, 7, SIZE + 5):
        expected = sorted(sorted(among, key=lambda at: (-sums[at], at))[:number])
        assert scores.highest(packed(among, SIZE), number) == expected
