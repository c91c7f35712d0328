"""The small map on a case's page."""

from __future__ import annotations

import re

from cases.maps.locator import HEIGHT, WIDTH, drawn, place_in_words
from cases.schema import case_files


def points(path: str) -> list[list[tuple[int, int]]]:
    """The corners of each part of a path."""
    parts = []
    for part in filter(None, path.split("z")):
        start, steps = part[1:].split("l")
        x, y = map(int, re.findall(r"-?\d+", start))
        corners = [(x, y)]
        numbers = [int(each) for each in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        parts.append(corners)
    return parts


def holds(corners: list[tuple[int, int]], x: float, y: float) -> bool:
    """Whether a point lies within a ring, by the crossings of a ray."""
    crossings = 0
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossings += 1
    return crossings % 2 == 1


def test_the_place_lies_in_its_country() -> None:
    _land, sudan = drawn(11.01, 29.72, frozenset({"729"}))
    assert any(holds(part, WIDTH / 2, HEIGHT / 2) for part in points(sudan))
    land, _kenya = drawn(11.01, 29.72, frozenset({"404"}))
    assert any(holds(part, WIDTH / 2, HEIGHT / 2) for part in points(land))


def test_north_is_up_and_east_is_right() -> None:
    _land, egypt = drawn(11.01, 29.72, frozenset({"818"}))
    assert all(y < HEIGHT / 2 for part in points(egypt) for _x, y in part)
    _land, somalia = drawn(11.01, 29.72, frozenset({"706"}))
    assert all(x > WIDTH / 2 for part in points(somalia) for x, _y in part)


def test_a_place_beside_the_date_line_sees_both_sides() -> None:
    _land, fiji = drawn(-17.0, 179.9, frozenset({"242"}))
    seen_west = drawn(-17.0, -179.9, frozenset({"242"}))[1]
    assert fiji
    assert seen_west


def test_every_case_has_land_around_it_and_costs_little() -> None:
    for case in case_files().values():
        land, _countries = drawn(case.lat, case.lon, frozenset())
        assert 200 < len(land) < 12_000, case.slug


def test_places_are_said_as_in_an_atlas() -> None:
    assert place_in_words(11.01, 29.72) == "11.0° N, 29.7° E"
    assert place_in_words(-22.9, -43.2) == "22.9° S, 43.2° W"
