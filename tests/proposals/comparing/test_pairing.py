from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from proposals.comparing.pairing import paired

ROWS = st.lists(
    st.fixed_dictionaries(
        {"text": st.sampled_from(["one", "one two", "three", ""])},
        optional={"_key": st.sampled_from(["k1", "k2"]), "id": st.sampled_from(["m1", "m2", "m3"])},
    ),
    max_size=6,
)


@given(ROWS, ROWS)
def test_every_row_is_paired_or_came_or_went_and_never_twice(before: list[Any], now: list[Any]) -> None:
    pairs = paired(before, now)
    assert sorted([*(old for old, _new in pairs.same), *pairs.removed]) == list(range(len(before)))
    assert sorted([*(new for _old, new in pairs.same), *pairs.added]) == list(range(len(now)))
    stayed = [old for old, new in pairs.same if new not in pairs.moved]
    assert stayed == sorted(stayed)


@given(ROWS)
def test_rows_that_stand_as_they_stood_are_neither_moved_nor_exchanged(rows: list[Any]) -> None:
    ids = [row.get("id") for row in rows if row.get("id")]
    if len(ids) == len(set(ids)):
        pairs = paired(rows, rows)
        assert not pairs.added
        assert not pairs.removed


@given(st.permutations(range(6)))
def test_moving_one_row_moves_one_row(order: list[int]) -> None:
    rows = [{"id": f"m{n}"} for n in range(6)]
    first, *rest = order
    moved = [row for row in rows if row is not rows[first]]
    moved.insert(rest[0], rows[first])
    assert len(paired(rows, moved).moved) <= 1


def test_id_goes_before_likeness() -> None:
    before = [{"id": "m1", "title": "Open the roads"}, {"id": "m2", "title": "Close the camps"}]
    now = [{"id": "m2", "title": "Open the roads"}, {"id": "m1", "title": "Close the camps"}]
    assert paired(before, now).same == ((1, 0), (0, 1))


def test_row_whose_id_changed_is_found_by_what_it_says() -> None:
    before, now = [{"id": "m1", "title": "Open the four roads"}], [{"id": "roads", "title": "Open the five roads"}]
    assert paired(before, now).same == ((0, 0),)


def test_rows_that_say_nothing_alike_are_two_rows() -> None:
    pairs = paired([{"text": "Open the roads"}], [{"text": "Radio every Friday"}])
    assert (pairs.removed, pairs.added) == ((0,), (0,))
