"""Merging what a person typed into a draft that others may have changed since: three ways, field by field. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from assessments.package.addresses import ABSENT, is_within, value_at
from assessments.package.changes import ChangeError, Insert, Operation, Put, Remove, address_of_row, apply, touches


class Step(NamedTuple):
    """A change that was made: what was done, what takes it back, and from which open page (``client``)."""

    version: int
    client: str
    operations: Sequence[Operation]
    inverse: Sequence[Operation]

    def touches(self, at: str) -> bool:
        """Whether it can have changed what stands at an address."""
        return any(touches(operation, at) for operation in self.operations)

    def takes_out(self, at: str) -> bool:
        """Whether it takes out the row of an address. One that came later under the same key is another row."""
        return any(isinstance(operation, Remove) and is_within(at, operation.at) for operation in self.operations)


class Clash(NamedTuple):
    """A field that two people changed: what stands there now, what was typed, and the version that changed it last.

    ``is_gone``: the row of the field is there no more; ``version`` is ``None`` if no change is known that took it out.
    """

    at: str
    theirs: Any
    mine: Any
    version: int | None
    is_gone: bool = False


class Merged(NamedTuple):
    """What is to be set, and what somebody has to choose between."""

    puts: list[Put]
    clashes: list[Clash]


def merge(draft: Mapping[str, Any], wanted: Mapping[str, Any], since: Sequence[Step], client: str) -> Merged:
    """Merges ``wanted`` (address to value) into ``draft``; ``since``: the changes after the person's page, oldest first.

    A field clashes if somebody else changed it, and to something other than the person did. A person's own earlier saves
    (the same ``client``) are no one else's. What the person left as it was keeps what others made of it.
    """
    others = [step for step in since if step.client != client]
    before = former(draft, since) if others else draft
    merged = Merged([], [])
    for at, value in wanted.items():
        now = value_at(draft, at)
        if _same(now, value):
            continue
        touching = [step for step in others if step.touches(at)]
        was = value_at(before, at) if touching else now
        if touching and _same(was, value):
            continue
        newest = touching[-1].version if touching else None
        if not _fits(draft, Put(at, value)):
            if value is not ABSENT:
                merged.clashes.append(Clash(at, now, value, newest, is_gone=True))
        elif _same(was, now) and not any(step.takes_out(at) for step in touching):
            merged.puts.append(Put(at, value))
        else:
            merged.clashes.append(Clash(at, now, value, newest))
    return merged


def former(draft: Mapping[str, Any], since: Sequence[Step]) -> dict[str, Any]:
    """The draft before the changes ``since``, which are given oldest first and led to it."""
    state = dict(draft)
    for step in reversed(since):
        state, _ = apply(state, step.inverse)
    return state


def fields_of(steps: Iterable[Step]) -> frozenset[str] | None:
    """The addresses that changes set; ``None`` if they do anything else than set fields."""
    operations = [operation for step in steps for operation in step.operations]
    if not all(isinstance(operation, Put) for operation in operations):
        return None
    return frozenset(operation.at for operation in operations if isinstance(operation, Put))


def touched_by(operations: Iterable[Operation], later: Iterable[Step]) -> int | None:
    """The newest of the ``later`` changes that touches what ``operations`` change; ``None`` if none does."""
    places = [address_of_row(each) if isinstance(each, Insert) else getattr(each, "at", "") for each in operations]
    touching = [step.version for step in later if any(step.touches(at) for at in places)]
    return max(touching, default=None)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and (one is ABSENT) == (other is ABSENT) and type(one) is type(other)


def _fits(draft: Mapping[str, Any], put: Put) -> bool:
    try:
        apply(draft, [put])
    except ChangeError:
        return False
    return True
