"""Which of the nearest are shown."""

from __future__ import annotations

import random
from math import ceil

import pytest

from cases.precedents.balance import NEAR, OF_ONE_CASE, Near, balanced


def near(*rows: tuple[float, str, int]) -> list[Near]:
    return [Near(likeness, result, case, (f"case {case}", n)) for n, (likeness, result, case) in enumerate(rows)]


def shown(found: list[Near], number: int = 4) -> list[tuple[float, str]]:
    return [(found[n].likeness, found[n].result) for n in balanced(found, number)]


def test_the_nearest_come_first_where_nothing_has_to_be_balanced() -> None:
    found = near((0.5, "failed", 1), (0.9, "held", 2), (0.7, "partly", 3), (0.6, "unclear", 4), (0.4, "held", 5))
    assert shown(found) == [(0.9, "held"), (0.7, "partly"), (0.6, "unclear"), (0.5, "failed")]


def test_a_third_did_not_hold_and_one_of_them_failed_though_successes_are_nearer() -> None:
    held = [(0.9, "held", n) for n in range(6)]
    found = near(*held, (0.6, "partly", 7), (0.5, "partly", 8), (0.4, "failed", 9))
    assert shown(found) == [(0.9, "held"), (0.9, "held"), (0.6, "partly"), (0.4, "failed")]


def test_a_success_is_shown_though_failures_are_nearer() -> None:
    found = near(*((0.9, "failed", n) for n in range(6)), (NEAR, "held", 9))
    assert shown(found)[-1] == (NEAR, "held")


def test_what_is_not_near_enough_is_not_shown_whatever_came_of_it() -> None:
    found = near((0.9, "held", 1), (NEAR, "held", 2), (NEAR - 0.01, "failed", 3))
    assert shown(found) == [(0.9, "held"), (NEAR, "held")]


def test_where_even_the_nearest_is_far_half_as_near_is_enough() -> None:
    assert shown(near((0.2, "held", 1), (0.1, "failed", 2), (0.09, "failed", 3))) == [(0.2, "held"), (0.1, "failed")]
    assert shown(near((0.0, "held", 1))) == []
    assert shown([]) == []


def test_the_nearest_is_shown_though_others_of_its_case_would_balance_it() -> None:
    found = near((0.9, "unclear", 1), (0.8, "failed", 1), (0.8, "held", 1), (0.4, "held", 2), (0.4, "partly", 3))
    assert shown(found) == [(0.9, "unclear"), (0.8, "failed"), (0.4, "held"), (0.4, "partly")]


def test_no_more_than_two_are_of_one_case() -> None:
    found = near(*((0.9, "failed", 1) for _ in range(4)), (0.5, "failed", 2))
    assert shown(found) == [(0.9, "failed"), (0.9, "failed"), (0.5, "failed")]


def test_equals_are_shown_by_title_and_place() -> None:
    found = [Near(0.5, "held", 1, ("b", 0)), Near(0.5, "held", 2, ("a", 1)), Near(0.5, "held", 3, ("a", 0))]
    assert balanced(found, 2) == [2, 1]


@pytest.mark.parametrize("seed", range(40))
def test_the_promises_hold_for_whatever_is_found(seed: int) -> None:
    dice = random.Random(seed)
    results = ("held", "partly", "failed", "unclear")
    found = near(*((round(dice.random(), 2), dice.choice(results), dice.randint(1, 30)) for _ in range(40)))
    number = dice.randint(3, 9)
    chosen = [found[n] for n in balanced(found, number)]
    least = min(NEAR, max(each.likeness for each in found) / 2)
    reachable = [each for each in found if each.likeness >= least]

    def of(several: list[Near], *wanted: str) -> int:
        return sum(each.result in wanted for each in several)

    def cases_of(*wanted: str) -> int:
        return len({each.case for each in reachable if each.result in wanted})

    assert len(chosen) <= number
    assert chosen[0].likeness == max(each.likeness for each in found)
    assert all(each.likeness >= least for each in chosen)
    assert max(sum(each.case == one.case for each in chosen) for one in chosen) <= OF_ONE_CASE
    assert of(chosen, "held") >= min(1, cases_of("held"))
    assert of(chosen, "failed") >= min(1, cases_of("failed"))
    assert of(chosen, "failed", "partly") >= min(ceil(number / 3), cases_of("failed", "partly"))
