"""One result set, however it is looked at: counts of the facets, list, map, timeline, matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext as translated

from cases.searching.bitmaps import Bitmaps, InOrder
from cases.searching.facets import Facet, Part, facets
from cases.searching.found import FoundCase, FoundMeasure, fetch
from cases.searching.search import bitmaps_of, current_edition, found_by, nearest
from cases.searching.selection import Selection

PAGES: Final = {"list": 20, "map": 200, "timeline": 200}
PARTS: Final[tuple[Part, ...]] = ("case", "measure", "lesson")
FIELDS: Final = {
    "sector": "sectors",
    "level": "actor_levels",
    "track": "tracks",
    "phase": "phases",
    "purpose": "purposes",
    "binding": "binding",
    "reciprocity": "reciprocity",
    "verification": "verification",
    "result": "result",
}


class Option(NamedTuple):
    """A value of a facet: its label, how many cases choosing it would leave, whether it is chosen."""

    value: str
    label: str
    number: int
    is_chosen: bool
    id: str


class Counted(NamedTuple):
    """A facet with its title, its values and the number of those chosen."""

    facet: Facet
    title: str
    options: list[Option]
    chosen: int


class Cell(NamedTuple):
    """Measures of a sector and a phase or level; ``tone`` from 0 to 5, ``query`` leads to them."""

    number: int
    tone: int
    query: str


class Matrix(NamedTuple):
    """Sectors against another facet."""

    name: str
    title: str
    columns: list[str]
    rows: list[tuple[str, list[Cell]]]


@dataclass(frozen=True)
class Results:
    """What fits a selection. ``cases`` and ``measures`` are sets of positions, the measures by their number in the case."""

    selection: Selection
    edition: UUID | None
    bitmaps: Bitmaps

    @cached_property
    def hits(self) -> int:
        """The cases with the words; all if none are looked for."""
        words = self.selection.words
        return found_by(words, self.edition) if words else self.bitmaps.everything

    @cached_property
    def around(self) -> int:
        """What words and years leave."""
        years = self.selection.years
        bits = self.bitmaps.within(years.get("from"), years.get("to")) if years else self.bitmaps.everything
        return bits & self.hits

    def leaving_out(self, part: Part | None) -> int:
        """The cases that fit everything but what is chosen of a part."""
        bits = self.around
        for each in PARTS:
            if each != part:
                bits &= self.bitmaps.fitting(self.selection.chosen, each)
        return bits

    @cached_property
    def cases(self) -> int:
        return self.leaving_out(None)

    @cached_property
    def measures(self) -> list[int]:
        fitting = self.bitmaps.parts["measure"].fitting(_of(self.selection, "measure"))
        return [bits & self.cases for bits in fitting]

    @property
    def case_count(self) -> int:
        return self.cases.bit_count()

    @property
    def measure_count(self) -> int:
        return sum(bits.bit_count() for bits in self.measures)

    def counted(self) -> list[Counted]:
        """Every facet with the counts of its values, which do not heed what is chosen of the facet itself."""
        others = {part: self.leaving_out(part) for part in PARTS}
        fitting = {part: self._fitting(part, others[part]) for part in PARTS}
        return [
            self._counted(
                facet, self._fitting(facet.part, others[facet.part], but=facet.name) if chosen else fitting[facet.part]
            )
            for facet, chosen in ((facet, facet.name in self.selection.chosen) for facet in facets().values())
        ]

    def _fitting(self, part: Part, among: int, but: str = "") -> list[int]:
        """For each plane of a part the cases among these that fit what is chosen of it, leaving out the facet ``but``."""
        return [bits & among for bits in self.bitmaps.parts[part].fitting(_of(self.selection, part), but=but)]

    def _counted(self, facet: Facet, fitting: list[int]) -> Counted:
        planes = self.bitmaps.parts[facet.part]
        chosen = self.selection.chosen.get(facet.name, ())
        values = tuple(facet.labels or self.bitmaps.values(facet.name))
        title, labels = _in_words(facet.name, values, get_language() or "")
        options = [
            Option(
                value,
                label,
                planes.number_having(fitting, (facet.name, value)),
                value in chosen,
                f"{facet.name}-{n}",
            )
            for n, (value, label) in enumerate(zip(values, labels, strict=True))
        ]
        return Counted(facet, title, options, len(chosen))

    def page(self) -> Page[int]:
        """Positions on the page that is looked at: by title or nearness in the list, by year in the timeline."""
        fitting: Sequence[int] = InOrder([self.cases])
        if self.selection.view == "timeline":
            starting = self.bitmaps.starting
            fitting = InOrder(self.cases & starting[year] for year in sorted(starting))
        elif self.selection.words:
            fitting = nearest(self.selection.words, self.cases, self.edition)
        return Paginator(fitting, PAGES.get(self.selection.view, PAGES["list"])).get_page(self.selection.page)

    def fetched(self, page: Page[int]) -> list[FoundCase]:
        """The cases of a page with their measures, in its order; one query, none for those that are kept."""
        return fetch([self.bitmaps.ids[at] for at in page.object_list], self.edition)

    def matching(self, case: FoundCase) -> list[FoundMeasure]:
        """The measures of a case that fit what is chosen of measures, all of it at once."""
        chosen = _of(self.selection, "measure")
        return [
            measure
            for measure in case.measures
            if all(_has(measure, FIELDS[name], values) for name, values in chosen.items())
        ]

    def matrices(self) -> list[Matrix]:
        return [self._matrix(name) for name in ("phase", "level")]

    def _matrix(self, other: str) -> Matrix:
        """Rows and columns are the chosen values, so that each cell's number is that of the page it leads to."""
        down, across = (self.selection.chosen.get(name) or tuple(facets()[name].labels) for name in ("sector", other))
        numbers = {(sector, value): self._having(sector, other, value) for sector in down for value in across}
        most = max(numbers.values(), default=0)

        def cell(sector: str, value: str) -> Cell:
            number = numbers[sector, value]
            query = self.selection.with_values(**{"sector": sector, other: value}).query()
            return Cell(number, -(-5 * number // most) if most else 0, query)

        facet = facets()[other]
        rows = [(facets()["sector"].label(sector), [cell(sector, value) for value in across]) for sector in down]
        return Matrix(other, facet.title, [facet.label(value) for value in across], rows)

    def _having(self, sector: str, other: str, value: str) -> int:
        planes = self.bitmaps.parts["measure"]
        found = planes.having(self.measures, ("sector", sector), (other, value))
        return sum(bits.bit_count() for bits in found)


@lru_cache(maxsize=256)
def _in_words(name: str, values: tuple[str, ...], language: str) -> tuple[str, list[str]]:
    """The title of a facet and the labels of these values, in the language that is spoken."""
    facet = facets()[name]
    numbered = "{0} {1}" if name == "lesson" else "{1}"
    return translated(facet.title), [numbered.format(value, facet.label(value)) for value in values]


def _of(selection: Selection, part: Part) -> dict[str, tuple[str, ...]]:
    return {name: values for name, values in selection.chosen.items() if facets()[name].part == part}


def _has(measure: FoundMeasure, field: str, values: tuple[str, ...]) -> bool:
    held = getattr(measure, field)
    return bool(set([held] if isinstance(held, str) else held) & set(values))


def library() -> tuple[UUID | None, Bitmaps]:
    """The edition that is loaded, and what this process keeps of it; one query once it is kept."""
    edition = current_edition()
    return edition, bitmaps_of(edition)
