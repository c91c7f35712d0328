"""How long the last states of drafts are kept."""

from __future__ import annotations

import time
from typing import Any, cast

import pytest

from proposals.advising.keeping import MOST, SECONDS, State, forget_states, keep, last_state


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_states()


def state(name: str) -> State:
    return cast(State, name)


def test_those_that_were_not_come_back_to_make_room_for_others() -> None:
    for number in range(MOST):
        keep(f"draft {number}", state(f"state {number}"))
    keep("draft 0", state("newer"))
    keep("one more", state("state"))
    assert last_state("draft 0") == "newer"
    assert last_state("draft 1") is None
    assert last_state("draft 2") == "state 2"


def test_what_is_old_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    now: list[Any] = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    keep("old", state("old"))
    now[0] += SECONDS - 1
    keep("young", state("young"))
    assert last_state("old") == "old"
    now[0] += 2
    keep("young", state("younger"))
    assert last_state("old") is None
    assert last_state("young") == "younger"
