"""The last states of the drafts that are being written, kept in the process so that the next one is advised on sooner.

Nothing depends on what is kept but the time it takes. States that nobody has come back to for an hour are let go.
"""

from __future__ import annotations

import time
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any, Final, NamedTuple

from assessments.package.drafts import DraftReading, read_draft
from assessments.package.rereading import reread_draft
from proposals.advising.advice import Line
from proposals.advising.assessed import Assessed
from proposals.advising.lines import Basis
from proposals.advising.placing import Places

MOST: Final = 32
SECONDS: Final = 60 * 60


class State(NamedTuple):
    """A draft as it was advised on: ``shape``: on what the labels of its places rest; ``lines``: by guideline and
    challenge, each with its basis."""

    assessed: Assessed
    language: str
    shape: tuple[Any, ...]
    places: Places
    lines: dict[str, tuple[Basis, Line]]


_lock = Lock()
_states: OrderedDict[str, tuple[float, State]] = OrderedDict()


def last_state(name: str) -> State | None:
    """The state that was kept last under a name."""
    found = _states.get(name)
    return found[1] if found else None


def read_again(draft: Mapping[str, Any], name: str) -> DraftReading:
    """What can be read of ``draft``, sooner where a state of it is kept under ``name``."""
    before = last_state(name)
    return reread_draft(draft, before.assessed.draft, before.assessed.reading) if before else read_draft(draft)


def name_of(proposal: uuid.UUID, *, whole: bool) -> str:
    """The name for states of a proposal's draft, whole or without its confidential parts."""
    return f"{proposal}:{'whole' if whole else 'open'}"


def keep(name: str, state: State) -> None:
    """Keeps a state, and lets go of what is too old or too much."""
    now = time.monotonic()
    with _lock:
        _states[name] = (now, state)
        _states.move_to_end(name)
        for other, (kept_at, _state) in list(_states.items()):
            if len(_states) <= MOST and kept_at > now - SECONDS:
                break
            del _states[other]


def forget_states() -> None:
    """Lets go of all."""
    with _lock:
        _states.clear()
