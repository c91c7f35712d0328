"""The shapes of countries."""

from __future__ import annotations

from cases.maps.outlines import Outline, Window, outlines, within

SQUARE = [(0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0), (0.0, 0.0)]


def country(shape: str) -> Outline:
    return next(each for each in outlines() if each.shape == shape)


def around(shape: str) -> Window:
    windows = [window for window, _ring in country(shape).rings]
    west, south = (min(window[side] for window in windows) for side in (0, 1))
    east, north = (max(window[side] for window in windows) for side in (2, 3))
    return Window(west, south, east, north)


def test_countries_lie_where_they_lie() -> None:
    kenya = around("404")
    assert (round(kenya.west), round(kenya.south), round(kenya.east), round(kenya.north)) == (34, -5, 42, 6)


def test_rings_are_closed() -> None:
    assert [outline.shape for outline in outlines() for _w, ring in outline.rings if ring[0] != ring[-1]] == []


def test_a_country_across_the_date_line_goes_on_beyond_it() -> None:
    mainland, _ring = max(country("643").rings, key=lambda each: len(each[1]))
    assert 180 < mainland.east < 195
    assert mainland.west > 15


def test_a_ring_is_cut_to_the_window_and_closed_along_its_edges() -> None:
    cut = within(SQUARE, Window(5, 5, 20, 20))
    assert set(cut) == {(5, 5), (5, 10), (10, 10), (10, 5)}


def test_a_ring_beyond_the_window_leaves_nothing_and_one_inside_stays() -> None:
    assert within(SQUARE, Window(20, 20, 30, 30)) == []
    assert set(within(SQUARE, Window(-1, -1, 11, 11))) == set(SQUARE)


def test_a_window_within_a_country_is_filled() -> None:
    assert set(within(SQUARE, Window(4, 4, 6, 6))) == {(4, 4), (4, 6), (6, 6), (6, 4)}
