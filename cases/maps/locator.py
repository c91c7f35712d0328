"""The small map on a case's page: where it was, drawn by the server so that it costs no script and prints."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import cos, radians
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from cases.maps.countries import shapes_of
from cases.maps.outlines import Ring, Window, outlines, within
from cases.models import Case
from cases.searching.selection import Selection

WIDTH: Final = 300
HEIGHT: Final = 180
DEGREES: Final = 34
"""From north to south, about 3,800 km: the neighbours, not the world."""
MARGIN: Final = 1.0
"""The window is drawn a little larger than what is seen, so that its edges are not taken for borders."""


class Locator(NamedTuple):
    """Paths of an SVG of ``WIDTH`` by ``HEIGHT``: all land, the case's countries above it; the place in the middle."""

    land: str
    countries: str
    where: str
    query: str


def locator_of(case: Case) -> Locator:
    """A case's place with its surroundings, in words too, and the address of the map of its region."""
    own = frozenset(shape for code in case.countries for shape in shapes_of(code))
    land, countries = drawn(case.latitude, case.longitude, own)
    query = Selection(chosen={"region": (case.region,)}, view="map").query()
    return Locator(land, countries, place_in_words(case.latitude, case.longitude), query)


def place_in_words(latitude: float, longitude: float) -> str:
    """Degrees as an atlas prints them."""
    north = _("%(degrees)s° N") if latitude >= 0 else _("%(degrees)s° S")
    east = _("%(degrees)s° E") if longitude >= 0 else _("%(degrees)s° W")
    return ", ".join(
        said % {"degrees": f"{abs(degrees):.1f}"} for said, degrees in ((north, latitude), (east, longitude))
    )


@lru_cache(maxsize=512)
def drawn(latitude: float, longitude: float, own: frozenset[str]) -> tuple[str, str]:
    """Paths of all other land and of the shapes ``own``. Degrees east are as wide as they are at the place."""
    narrow = max(cos(radians(latitude)), 0.2)
    scale = HEIGHT / DEGREES
    high, wide = DEGREES / 2 + MARGIN, WIDTH / scale / narrow / 2 + MARGIN
    land: list[str] = []
    countries: list[str] = []
    for turn in (-360, 0, 360):
        middle = longitude + turn
        window = Window(middle - wide, latitude - high, middle + wide, latitude + high)
        for outline in outlines():
            for filled, ring in outline.rings:
                if window.meets(filled) and (seen := within(ring, window)):
                    flat = [
                        (WIDTH / 2 + (east - middle) * narrow * scale, HEIGHT / 2 - (north - latitude) * scale)
                        for east, north in seen
                    ]
                    (countries if outline.shape in own else land).append(_path(flat))
    return "".join(land), "".join(countries)


def _path(points: Ring) -> str:
    """A closed path in whole units, by steps, without points that fall on the one before."""
    whole = [(round(x), round(y)) for x, y in points]
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(whole) if before != after]
    if len(steps) < 2:
        return ""
    return f"M{whole[0][0]} {whole[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z".replace(" -", "-")
