"""The library as sets of cases, one bit a case, so that every count of every facet is a few machine instructions.

Counting in SQL reads each measure once for every facet. Here it is read once per process and edition of the library: the
n-th measures of all cases make a plane, and for each value a plane has the set of cases whose n-th measure has it. So "one
measure that is all of this" is an intersection within a plane, and "a case that has such a measure" the union over planes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import or_
from typing import Final, TypeVar, overload

from cases.searching.facets import Part, facets

Chosen = Mapping[str, tuple[str, ...]]
"""Values by facet: any of a facet's, all of the facets."""
Key = tuple[str, str]
Year = TypeVar("Year", int, int | None)
THERE: Final[Key] = ("", "")
"""Under this key a plane has the cases that have an n-th measure, or lesson, at all."""


@dataclass(frozen=True)
class Planes:
    """The n-th measures, lessons or facts of all cases."""

    sets: list[dict[Key, int]]

    def fitting(self, chosen: Chosen, but: str = "") -> list[int]:
        """For each plane the cases that fit all of the chosen facets there, leaving out the facet ``but``."""
        wanted = {name: values for name, values in chosen.items() if name != but}
        return [_within(plane, wanted) for plane in self.sets]

    def having(self, fitting: list[int], *keys: Key) -> list[int]:
        """For each plane those of ``fitting`` that have every one of the values there."""
        return [_narrowed(bits, plane, keys) for bits, plane in zip(fitting, self.sets, strict=True)]

    def number_having(self, fitting: list[int], key: Key) -> int:
        """How many cases are in any plane among those of ``fitting`` that have the value there."""
        found = 0
        for bits, plane in zip(fitting, self.sets, strict=True):
            found |= bits & plane.get(key, 0)
        return found.bit_count()


def _narrowed(bits: int, plane: dict[Key, int], keys: Iterable[Key]) -> int:
    for key in keys:
        bits &= plane.get(key, 0)
    return bits


def _within(plane: dict[Key, int], chosen: Chosen) -> int:
    bits = plane.get(THERE, 0)
    for name, values in chosen.items():
        bits &= union(plane.get((name, value), 0) for value in values)
    return bits


def union(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


def members(bits: int, begin: int = 0, end: int | None = None) -> Iterator[int]:
    """The positions in a set, ascending: from the ``begin``-th to before the ``end``-th."""
    digits = bin(bits)[:1:-1]

    def walk() -> Iterator[int]:
        at = digits.find("1")
        while at >= 0:
            yield at
            at = digits.find("1", at + 1)

    return islice(walk(), begin, end)


class InOrder(Sequence[int]):
    """The positions of several sets that share none, one set after the other; only those asked for are worked out."""

    def __init__(self, sets: Iterable[int]) -> None:
        self.sets = [(bits, bits.bit_count()) for bits in sets]

    def __len__(self) -> int:
        return sum(size for _bits, size in self.sets)

    @overload
    def __getitem__(self, where: int) -> int: ...
    @overload
    def __getitem__(self, where: slice) -> list[int]: ...
    def __getitem__(self, where: int | slice) -> int | list[int]:
        if isinstance(where, int):
            return self[range(len(self))[where] : range(len(self))[where] + 1][0]
        begin, end, step = where.indices(len(self))
        found: list[int] = []
        for bits, size in self.sets:
            if end > 0 and begin < size:
                found.extend(members(bits, max(0, begin), end))
            begin, end = begin - size, end - size
        return found[::step]


def packed(positions: Iterable[int], size: int) -> int:
    """The set of these positions."""
    octets = bytearray(size // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")


@dataclass(frozen=True)
class Bitmaps:
    """An edition of the library. A case's position is its place by title; ``begins`` and ``ends`` are years, by position,
    with no end for what goes on."""

    ids: list[int]
    begins: list[int]
    starting: dict[int, int]
    ending: dict[int | None, int]
    parts: dict[Part, Planes]
    position: dict[int, int] = field(default_factory=dict)

    @property
    def everything(self) -> int:
        return (1 << len(self.ids)) - 1

    def within(self, begin: int | None, end: int | None) -> int:
        """The cases that touch the years from ``begin`` to ``end``, both included."""
        started = union(bits for year, bits in self.starting.items() if end is None or year <= end)
        not_over = union(bits for year, bits in self.ending.items() if begin is None or year is None or year >= begin)
        return started & not_over

    def fitting(self, chosen: Chosen, part: Part, but: str = "") -> int:
        """The cases that fit what is chosen of a part; all if nothing is."""
        wanted = {name: values for name, values in chosen.items() if facets()[name].part == part and name != but}
        return union(self.parts[part].fitting(wanted)) if wanted else self.everything

    def values(self, name: str) -> list[str]:
        """The values of a facet that the library has, in alphabetical order."""
        planes = self.parts[facets()[name].part].sets
        return sorted({value for plane in planes for facet, value in plane if facet == name})


class Collector:
    """Gathers what ``Bitmaps`` is made of, one case, measure or lesson at a time."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.position: dict[int, int] = {}
        self.begins: list[int] = []
        self.ends: list[int | None] = []
        self.found: dict[Part, list[dict[Key, list[int]]]] = {"measure": [], "lesson": [], "case": []}
        self.seen: dict[tuple[Part, int], int] = defaultdict(int)

    def case(self, pk: int, begins: int, ends: int | None) -> None:
        self.position[pk] = len(self.ids)
        self.ids.append(pk)
        self.begins.append(begins)
        self.ends.append(ends)

    def put(self, part: Part, pk: int, values: Mapping[str, Iterable[str]]) -> None:
        """The next measure, lesson or fact of the case ``pk``."""
        at = self.position.get(pk)
        if at is None:
            return
        plane = self.seen[part, at]
        self.seen[part, at] += 1
        if plane == len(self.found[part]):
            self.found[part].append(defaultdict(list))
        sets = self.found[part][plane]
        sets[THERE].append(at)
        for name, several in values.items():
            for value in several:
                sets[name, value].append(at)

    def bitmaps(self) -> Bitmaps:
        size = len(self.ids)
        parts = {
            part: Planes([{key: packed(at, size) for key, at in plane.items()} for plane in planes])
            for part, planes in self.found.items()
        }
        return Bitmaps(self.ids, self.begins, _by(self.begins), _by(self.ends), parts, self.position)


def _by(years: Sequence[Year]) -> dict[Year, int]:
    found: dict[Year, list[int]] = defaultdict(list)
    for at, year in enumerate(years):
        found[year].append(at)
    return {year: packed(positions, len(years)) for year, positions in found.items()}
