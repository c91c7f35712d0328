"""Which row of a list before is which row now: by key, else by what it says. No database."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from assessments.package.addresses import KEY

ALIKE: Final = 0.5
"""From this likeness on, a row without a key that leads anywhere is taken for the same, changed."""
AKIN: Final = 0.2
"""A key of a draft is trusted down to this likeness first: a file that is read anew gives keys anew."""
MOST_PAIRS: Final = 20_000
"""Above this many pairs to weigh, only keys and equal rows count."""

Row = Mapping[str, Any]


class Pairs(NamedTuple):
    """``same``: positions (before, now) of each row that is in both, by the position now; what only one list has;
    ``moved``: positions now of the fewest rows whose move explains the new order."""

    same: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]
    moved: frozenset[int]


def paired(before: Sequence[Row], now: Sequence[Row]) -> Pairs:
    """How the rows of two lists belong together."""
    found = _Matching(before, now).found()
    same = tuple(sorted(((old, new) for new, old in found.items()), key=lambda pair: pair[1]))
    taken = set(found.values())
    return Pairs(
        same,
        tuple(n for n in range(len(before)) if n not in taken),
        tuple(n for n in range(len(now)) if n not in found),
        _moved(same),
    )


def likeness(one: Row, other: Row) -> float:
    """How much two rows say the same, 0 to 1: fields as they are, texts by their words."""
    names = (one.keys() | other.keys()) - {KEY, "id"}
    if not names:
        return 1.0
    return sum(_alike(one.get(name), other.get(name)) for name in names) / len(names)


class _Matching:
    """Finds pairs, the surest first; a row that has found its pair is out."""

    def __init__(self, before: Sequence[Row], now: Sequence[Row]) -> None:
        self.before = before
        self.now = now
        self.pairs: dict[int, int] = {}
        self.free = set(range(len(before)))

    def found(self) -> dict[int, int]:
        """The position before by the position now."""
        self._by_id()
        self._equal()
        self._by_key(AKIN)
        self._by_likeness()
        self._by_key(0)
        return self.pairs

    def _take(self, old: int, new: int) -> None:
        self.pairs[new] = old
        self.free.discard(old)

    def _open(self) -> list[int]:
        return [n for n in range(len(self.now)) if n not in self.pairs]

    def _by_id(self) -> None:
        places = {row["id"]: n for n, row in reversed(list(enumerate(self.before))) if _is_word(row.get("id"))}
        for new in self._open():
            name = self.now[new].get("id")
            if _is_word(name) and places.get(name) in self.free:
                self._take(places[name], new)

    def _equal(self) -> None:
        """Rows that say the same; of several, the one with the same key or place first."""
        places: dict[str, list[int]] = {}
        for old in self.free:
            places.setdefault(_said(self.before[old]), []).append(old)
        for new in self._open():
            row = self.now[new]
            equal = [old for old in places.get(_said(row), ()) if old in self.free]
            if equal:
                best = min(equal, key=lambda old: (not _same_key(self.before[old], row), abs(old - new), old))
                self._take(best, new)

    def _by_key(self, least: float) -> None:
        for new in self._open():
            row = self.now[new]
            old = next((old for old in sorted(self.free) if _same_key(self.before[old], row)), None)
            if old is not None and likeness(self.before[old], row) >= least:
                self._take(old, new)

    def _by_likeness(self) -> None:
        still_open = self._open()
        if len(still_open) * len(self.free) > MOST_PAIRS:
            return
        weighed = [
            (-near, abs(old - new), old, new)
            for new in still_open
            for old in self.free
            if (near := likeness(self.before[old], self.now[new])) >= ALIKE
        ]
        for _near, _distance, old, new in sorted(weighed):
            if old in self.free and new not in self.pairs:
                self._take(old, new)


def _same_key(one: Row, other: Row) -> bool:
    return _is_word(one.get(KEY)) and one[KEY] == other.get(KEY)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _said(row: Row) -> str:
    """All that a row says, without its name for the machine."""
    said = {name: value for name, value in row.items() if name not in (KEY, "id")}
    return json.dumps(said, sort_keys=True, default=str)


def _alike(one: Any, other: Any) -> float:
    if one == other:
        return 1.0
    if not isinstance(one, str) or not isinstance(other, str):
        return 0.0
    old, new = Counter(one.split()[:200]), Counter(other.split()[:200])
    return 2 * (old & new).total() / ((old + new).total() or 1)


def _moved(same: Sequence[tuple[int, int]]) -> frozenset[int]:
    """All but the longest run of rows that stand in the order they stood in."""
    tails: list[int] = []
    ends: list[int] = []
    links: list[int] = []
    for n, (old, _new) in enumerate(same):
        at = bisect_left(tails, old)
        links.append(ends[at - 1] if at else -1)
        tails[at:] = [old, *tails[at + 1 :]]
        ends[at:] = [n, *ends[at + 1 :]]
    stayed, n = set(), ends[-1] if ends else -1
    while n >= 0:
        stayed.add(same[n][1])
        n = links[n]
    return frozenset(new for _old, new in same if new not in stayed)
