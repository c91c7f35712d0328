"""Countries by name, and the shapes that they have on the map. No database.

Names come from the CLDR, in the language that is spoken. So do the numbers by which Natural Earth names its shapes; a few
shapes have no number and go by their name. The map takes no side: what nearly all states hold to be part of a country is
tinted with it, and a place without a shape keeps its marker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.utils.translation import get_language

WITHOUT_NUMBER: Final = {"XK": ("Kosovo",), "CY": ("N. Cyprus",), "SO": ("Somaliland",)}
"""Shapes that Natural Earth gives no number, by the country that they are tinted with."""
WITHOUT_SHAPE: Final[frozenset[str]] = frozenset()
"""Countries of the library that are too small for a shape at 1:110 million; a test keeps this true."""


def name_of(code: str) -> str:
    """A country by its ISO code of two letters, in the language that is spoken; an unknown code says itself."""
    return _names(get_language() or "en").get(code, code)


def names_of(codes: Iterable[str]) -> str:
    """Several countries in a row, as a caption."""
    return ", ".join(name_of(code) for code in codes)


def code_of(name: str) -> str | None:
    """The ISO code of two letters of a country by its name, in the language that is spoken or in English."""
    wanted = name.strip().casefold()
    return _codes(get_language() or "en").get(wanted) or _codes("en").get(wanted)


@cache
def _codes(language: str) -> dict[str, str]:
    return {name.casefold(): code for code, name in _names(language).items() if len(code) == 2}


@cache
def _names(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return dict(Locale("en").territories)


def shapes_of(code: str) -> tuple[str, ...]:
    """What ``countries-110m.json`` may call a country's shapes: its numbers, past ones too, or a name."""
    return (*_numbers().get(code, ()), *WITHOUT_NUMBER.get(code, ()))


@cache
def _numbers() -> dict[str, list[str]]:
    """ISO numbers by ISO codes. Those from 900 on are not ISO's."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    numbers: dict[str, list[str]] = defaultdict(list)
    for number, codes in aliases.items():
        if number.isdigit() and number < "900" and len(codes) == 1:
            numbers[codes[0]].append(number)
    return numbers
