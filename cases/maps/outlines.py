"""The shapes of countries, read from Natural Earth's TopoJSON, and cut to a window. No database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings

Point = tuple[float, float]
"""Longitude and latitude in degrees, or what they become on a drawing."""
Ring = list[Point]
ANTARCTICA: Final = "010"
"""Its ring runs along the pole, which no flat drawing of ours shows."""


class Window(NamedTuple):
    """A stretch of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Window) -> bool:
        return (
            self.west < other.east and other.west < self.east and self.south < other.north and other.south < self.north
        )


class Outline(NamedTuple):
    """A country's shape: its number, or its name if it has none, and the rings of its coasts and borders, each with the
    window that it fills."""

    shape: str
    rings: list[tuple[Window, Ring]]


@cache
def outlines() -> list[Outline]:
    """All countries. Raises ``FileNotFoundError`` where ``make install`` was not run."""
    return list(read_outlines(settings.COUNTRY_SHAPES))


def read_outlines(path: Path) -> Iterator[Outline]:
    """The countries in a TopoJSON file: borders stand in it once, as arcs of steps, and shapes name their arcs."""
    topology = json.loads(path.read_bytes())
    arcs = [_arc(steps, topology["transform"]) for steps in topology["arcs"]]
    for country in topology["objects"]["countries"]["geometries"]:
        shape = country.get("id") or country["properties"]["name"]
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        if shape != ANTARCTICA:
            rings = [_ring(numbers, arcs) for polygon in polygons for numbers in polygon]
            yield Outline(shape, [(_filled(ring), ring) for ring in rings])


def _arc(steps: list[list[int]], transform: dict[str, Any]) -> Ring:
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    sums = accumulate(steps, lambda at, step: [at[0] + step[0], at[1] + step[1]])
    return [(x * wide + west, y * high + south) for x, y in sums]


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Arcs joined; a negative number is an arc backwards. Beyond the date line the ring goes on past 180 degrees."""
    points: Ring = []
    for number in numbers:
        points += (arcs[number] if number >= 0 else arcs[~number][::-1])[bool(points) :]
    turns = accumulate((round((before[0] - after[0]) / 360) for before, after in pairwise(points)), initial=0)
    return [(east + 360 * turn, north) for (east, north), turn in zip(points, turns, strict=True)]


def _filled(ring: Ring) -> Window:
    east, north = zip(*ring, strict=True)
    return Window(min(east), min(north), max(east), max(north))


def within(ring: Ring, window: Window) -> Ring:
    """The part of a ring in a window, closed along its edges (Sutherland and Hodgman); empty if there is none."""
    for axis, edge, sign in ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1)):
        ring = list(_cut(ring, axis, edge, sign))
    return ring


def _cut(ring: Ring, axis: int, edge: float, sign: int) -> Iterator[Point]:
    for before, after in pairwise([*ring[-1:], *ring]):
        was_in, is_in = (sign * (point[axis] - edge) >= 0 for point in (before, after))
        if was_in != is_in:
            share = (edge - before[axis]) / (after[axis] - before[axis])
            yield before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])
        if is_in:
            yield after
