"""Where the cases of a result set are: each by itself, or in fields of the map if they are many."""

from __future__ import annotations

from array import array
from collections import defaultdict
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from cases.maps.countries import shapes_of
from cases.models import Case
from cases.searching.bitmaps import members, packed
from cases.searching.results import PAGES, Results
from cases.searching.search import bitmaps_of

MOST: Final = PAGES["map"]
"""So many cases have a place each, and stand in one table; if there are more, they are counted by fields."""
DEGREES: Final = 5
"""The height and width of a field."""


class Places(NamedTuple):
    """An edition of the library by position: degrees of latitude and longitude, in thousandths; sets of positions by
    field and by country."""

    latitude: array[int]
    longitude: array[int]
    fields: dict[tuple[int, int], int]
    countries: dict[str, int]


class Place(NamedTuple):
    """Where a marker stands, in degrees, and for how many cases."""

    latitude: float
    longitude: float
    number: int


class Map(NamedTuple):
    """What is found, on the map. ``shapes`` are those to tint; ``cases`` says for each position its place."""

    places: list[Place]
    place_of: dict[int, int]
    shapes: list[str]
    is_by_field: bool

    def for_the_page(self) -> dict[str, Any]:
        """What the browser draws."""
        return {"places": self.places, "shapes": self.shapes, "isByField": self.is_by_field}


@lru_cache(maxsize=1)
def places_of(edition: UUID | None) -> Places:
    """The library for the map; one query, once per process and edition."""
    position = bitmaps_of(edition).position
    size = len(position)
    latitude, longitude = (array("l", [0]) * size for _axis in range(2))
    fields: dict[tuple[int, int], list[int]] = defaultdict(list)
    countries: dict[str, list[int]] = defaultdict(list)
    for pk, north, east, codes in Case.objects.values_list("pk", "latitude", "longitude", "countries").iterator():
        if (at := position.get(pk)) is None:
            continue
        latitude[at], longitude[at] = round(1000 * north), round(1000 * east)
        fields[int(north // DEGREES), int(east // DEGREES)].append(at)
        for code in codes:
            countries[code].append(at)
    return Places(
        latitude,
        longitude,
        {field: packed(those, size) for field, those in fields.items()},
        {code: packed(those, size) for code, those in countries.items()},
    )


def map_of(results: Results) -> Map:
    """The map of what fits; no query once the places are kept."""
    places = places_of(results.edition)
    shapes = [shape for code, bits in places.countries.items() if bits & results.cases for shape in shapes_of(code)]
    if results.case_count > MOST:
        return _by_field(results.cases, places, shapes)
    return Map(
        [_middle(places, [at]) for at in members(results.cases)],
        {at: n for n, at in enumerate(members(results.cases))},
        shapes,
        False,
    )


def _by_field(cases: int, places: Places, shapes: list[str]) -> Map:
    """One place for each field that has cases, in the middle of them; north before south, west before east."""
    found: list[Place] = []
    place_of: dict[int, int] = {}
    for _field, bits in sorted(places.fields.items(), key=lambda each: (-each[0][0], each[0][1])):
        if those := list(members(bits & cases)):
            place_of.update(dict.fromkeys(those, len(found)))
            found.append(_middle(places, those))
    return Map(found, place_of, shapes, True)


def _middle(places: Places, those: list[int]) -> Place:
    number = len(those)
    return Place(
        round(sum(places.latitude[at] for at in those) / number / 1000, 2),
        round(sum(places.longitude[at] for at in those) / number / 1000, 2),
        number,
    )
