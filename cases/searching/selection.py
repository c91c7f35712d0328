"""What somebody looks for in the library, as it stands in the address. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.searching.facets import facets

VIEWS: Final = ("list", "map", "timeline", "matrix")
LONGEST: Final = 200
YEARS: Final = ("from", "to")


class Chip(NamedTuple):
    """An active filter in words, and the address without it."""

    name: str
    value: str
    without: str


@dataclass(frozen=True)
class Selection:
    """Words, values by facet, years, view and page. ``unknown`` are values of the address that nothing is known of."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    view: str = "list"
    page: int = 1
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.chosen or self.years)

    def query(self) -> str:
        """The address that says the same, beginning with a question mark."""
        said = [("words", self.words)] if self.words else []
        said += [(name, value) for name, values in self.chosen.items() for value in values]
        said += [(name, str(year)) for name, year in self.years.items()]
        said += [("view", self.view)] if self.view != "list" else []
        said += [("page", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(said)}"

    def with_values(self, **values: str) -> Selection:
        """Narrowed to one value of each of these facets, on the first page of the list."""
        return replace(
            self, chosen={**self.chosen, **{name: (value,) for name, value in values.items()}}, view="list", page=1
        )

    def without(self, name: str, value: str) -> Selection:
        left = {
            key: tuple(each for each in values if (key, each) != (name, value)) for key, values in self.chosen.items()
        }
        return replace(self, chosen={key: values for key, values in left.items() if values}, page=1)

    def seen_as(self, view: str) -> Selection:
        return replace(self, view=view, page=1)

    def chips(self) -> list[Chip]:
        """One for each active filter, in the order of the page."""
        chips = [Chip(_("Words"), self.words, replace(self, words="", page=1).query())] if self.words else []
        for name, values in self.chosen.items():
            facet = facets()[name]
            title = _(facet.title)
            chips += [Chip(title, facet.label(value), self.without(name, value).query()) for value in values]
        for name, year in self.years.items():
            left = {key: each for key, each in self.years.items() if key != name}
            title = _("From") if name == "from" else _("To")
            chips.append(Chip(title, str(year), replace(self, years=left, page=1).query()))
        return chips


def read_selection(query: QueryDict, regions: Iterable[str]) -> Selection:
    """What an address asks for; ``regions`` are those that the library has."""
    known = {name: {*facet.labels} for name, facet in facets().items()}
    known["region"] = set(regions)
    chosen, unknown = {}, []
    for name in facets():
        asked = [value for value in dict.fromkeys(query.getlist(name)) if value]
        unknown += [(name, value) for value in asked if value not in known[name]]
        if values := tuple(value for value in asked if value in known[name]):
            chosen[name] = values
    years = {name: int(text) for name in YEARS if is_year(text := query.get(name, "").strip())}
    unknown += [(name, text) for name in YEARS if (text := query.get(name, "").strip()) and name not in years]
    view = query.get("view", "") or "list"
    if view not in VIEWS:
        unknown.append(("view", view))
        view = "list"
    words = " ".join(query.get("words", "").replace("\x00", " ").split())[:LONGEST]
    return Selection(words, chosen, years, view, _page(query.get("page", "")), tuple(unknown))


def is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else 1
