"""What somebody asks of a list of proposals, as it stands in the address. No database."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.searching.selection import Chip
from proposals.listing.facets import SORTS, STATES, TABS, Sort, facets

LONGEST: Final = 200
LARGEST: Final = 32_767


class Place(NamedTuple):
    """Where a page begins: after or before a row, known by the value that is sorted by and its id, or at the end."""

    way: Literal["after", "before", "end", ""] = ""
    value: Any = None
    pk: uuid.UUID | None = None

    def written(self) -> str:
        """As it stands in the address."""
        if self.way == "end":
            return "1"
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        return f"{value}~{self.pk}"


START: Final = Place()


@dataclass(frozen=True)
class Selection:
    """Tab, words, values by facet, state, order and page. ``unknown`` are values that nothing is known of."""

    tab: str = "workspace"
    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state: str = "draft"
    sort: str = "changed"
    place: Place = START
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.chosen)

    @property
    def order(self) -> Sort:
        return SORTS[self.sort]

    def query(self) -> str:
        """The address that says the same, beginning with a question mark."""
        said = [("list", self.tab)] if self.tab != "workspace" else []
        said += [("words", self.words)] if self.words else []
        said += [(name, value) for name, values in self.chosen.items() for value in values]
        said += [("state", self.state)] if self.state != "draft" else []
        said += [("sort", self.sort)] if self.sort != "changed" else []
        said += [(self.place.way, self.place.written())] if self.place.way else []
        return f"?{urlencode(said)}"

    def at(self, place: Place) -> Selection:
        return replace(self, place=place)

    def in_tab(self, tab: str) -> Selection:
        return replace(self, tab=tab, place=START)

    def without(self, name: str, value: str) -> Selection:
        left = {
            key: tuple(each for each in values if (key, each) != (name, value)) for key, values in self.chosen.items()
        }
        return replace(self, chosen={key: values for key, values in left.items() if values}, place=START)

    def chips(self) -> list[Chip]:
        """One for each active filter, in the order of the page."""
        chips = [Chip(_("Words"), self.words, replace(self, words="", place=START).query())] if self.words else []
        for name, values in self.chosen.items():
            facet = facets()[name]
            chips += [Chip(str(facet.title), facet.label(value), self.without(name, value).query()) for value in values]
        return chips

    def cleared(self) -> Selection:
        """The same list in the same order, narrowed by nothing."""
        return replace(self, words="", chosen={}, place=START)


def read_selection(query: QueryDict) -> Selection:
    """What an address asks for."""
    chosen, unknown = {}, []
    for name, facet in facets().items():
        asked = [value for value in dict.fromkeys(query.getlist(name)) if value]
        unknown += [(name, value) for value in asked if value not in facet.labels]
        if values := tuple(value for value in asked if value in facet.labels):
            chosen[name] = values
    one_of: dict[str, tuple[Mapping[str, Any], str]] = {
        "list": (TABS, "workspace"),
        "state": (STATES, "draft"),
        "sort": (SORTS, "changed"),
    }
    said = {name: query.get(name, "") or otherwise for name, (_known, otherwise) in one_of.items()}
    for name, (known, otherwise) in one_of.items():
        if said[name] not in known:
            unknown.append((name, said[name]))
            said[name] = otherwise
    words = " ".join(query.get("words", "").replace("\x00", " ").split())[:LONGEST]
    selection = Selection(said["list"], words, chosen, said["state"], said["sort"])
    place, misread = _place(query, selection.order)
    return replace(selection, place=place, unknown=(*unknown, *misread))


def _place(query: QueryDict, order: Sort) -> tuple[Place, list[tuple[str, str]]]:
    if query.get("end"):
        return Place("end"), []
    for way in ("after", "before"):
        if text := query.get(way, ""):
            value, _tilde, pk = text.rpartition("~")
            try:
                return Place(way, _value(order, value), uuid.UUID(pk)), []
            except ValueError:
                return START, [(way, text[:LONGEST])]
    return START, []


def _value(order: Sort, text: str) -> Any:
    """What a place sorts by. Raises ``ValueError`` if there can be no such value."""
    value = order.read(text)
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError(text)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(text)
    if isinstance(value, str) and "\x00" in value:
        raise ValueError(text)
    return value
