"""Sets of cases as whole numbers."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from cases.searching.bitmaps import InOrder, members, packed

POSITIONS = st.lists(st.integers(0, 300), unique=True, max_size=40)


@given(POSITIONS)
def test_a_set_holds_what_was_put_into_it(positions: list[int]) -> None:
    assert list(members(packed(positions, 301))) == sorted(positions)


@given(POSITIONS, st.integers(1, 5), st.integers(0, 50), st.integers(0, 50))
def test_several_sets_in_order_are_read_like_one_list(positions: list[int], number: int, begin: int, size: int) -> None:
    sets = [sorted(positions[n::number]) for n in range(number)]
    whole = [*chain(*sets)]
    in_order = InOrder(packed(each, 301) for each in sets)
    assert len(in_order) == len(whole)
    assert in_order[begin : begin + size] == whole[begin : begin + size]
    assert [in_order[at] for at in range(-len(whole), len(whole))] == [*whole, *whole]
