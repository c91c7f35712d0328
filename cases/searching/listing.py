"""The result set as it is shown: entries of the list, rows of the map, decades of the timeline, tabs."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.core.paginator import Page
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.maps.places import map_of
from cases.presentation import ResultWord, result_word
from cases.searching.found import FoundCase, FoundMeasure
from cases.searching.results import Results
from cases.searching.search import Run, did_you_mean, excerpt, marked
from cases.years import years_of
from guidelines.taxonomy import label

SUMMARY: Final = 28


class ShownMeasure(NamedTuple):
    """A measure that fits: what came of it, its sectors with their labels, and when and how verified in words."""

    title: str
    word: ResultWord
    sectors: tuple[tuple[str, str], ...]
    said: str


class Entry(NamedTuple):
    """A case in the list; title and text, an excerpt or the beginning of the summary, in runs, for the words looked for
    are marked."""

    case: FoundCase
    years: str
    title: list[Run]
    text: list[Run]
    measures: list[ShownMeasure]


def entries(results: Results, cases: list[FoundCase]) -> list[Entry]:
    """The cases with what fits of them; one query if words are looked for, else none."""
    titles = [[Run(case.title, False)] for case in cases]
    texts = [[Run(_beginning(case.summary), False)] for case in cases]
    if results.selection.words and cases:
        runs = marked(tuple(text for case in cases for text in (case.title, case.text)), results.selection.words)
        titles = runs[::2]
        texts = [excerpt(found) or text for found, text in zip(runs[1::2], texts, strict=True)]
    return [
        Entry(case, years_of(case), title, text, _shown(results.matching(case)))
        for case, title, text in zip(cases, titles, texts, strict=True)
    ]


def _beginning(text: str) -> str:
    words = text.split(None, SUMMARY)
    return " ".join([*words[:SUMMARY], "…"]) if len(words) > SUMMARY else text


def _shown(measures: list[FoundMeasure]) -> list[ShownMeasure]:
    language = get_language() or ""
    return [
        ShownMeasure(
            each.title, *_tags(language, tuple(each.sectors), tuple(each.phases), each.verification, each.result)
        )
        for each in measures
    ]


@lru_cache(maxsize=4096)
def _tags(
    language: str, sectors: tuple[str, ...], phases: tuple[str, ...], verification: str, result: str
) -> tuple[ResultWord, tuple[tuple[str, str], ...], str]:
    """Result, sectors with their labels, and phases and verification in words, in the language that is spoken."""
    when = ", ".join(_(label("phase", phase)) for phase in phases)
    verified = _("verified by: %(who)s") % {"who": _(label("verification", verification)).lower()}
    labels = tuple((sector, _(label("sector", sector))) for sector in sectors)
    return result_word(result), labels, f"{when} · {verified}" if when else verified


def decades(results: Results, cases: list[FoundCase]) -> list[tuple[int, list[tuple[int, list[Entry]]]]]:
    """The cases by decade and year of their beginning."""
    by_year = [
        (year, [_briefly(results, case) for case in same]) for year, same in groupby(cases, lambda case: case.begins)
    ]
    return [(decade, list(years)) for decade, years in groupby(by_year, lambda each: each[0] // 10 * 10)]


def _briefly(results: Results, case: FoundCase) -> Entry:
    """Without title and text in runs."""
    return Entry(case, years_of(case), [], [], _shown(results.matching(case)))


def on_map(results: Results, cases: list[FoundCase]) -> dict[str, Any]:
    """The map, and the cases each with the number of its place there."""
    found = map_of(results)
    position = results.bitmaps.position
    return {"map": found, "shown": [(_briefly(results, case), found.place_of[position[case.pk]]) for case in cases]}


def tabs(results: Results) -> list[tuple[str, str, bool]]:
    """The views: label, address with the same selection, whether it is this one."""
    labels = {"list": _("List"), "map": _("Map"), "timeline": _("Timeline"), "matrix": _("Matrix")}
    selection = results.selection
    return [(text, selection.seen_as(view).query(), view == selection.view) for view, text in labels.items()]


def view_of(results: Results) -> dict[str, Any]:
    """What the template of the view that is looked at shows."""
    if not results.cases:
        words = results.selection.words
        return {"meant": did_you_mean(words, results.edition) if words and not results.hits else ""}
    if results.selection.view == "matrix":
        return {"matrices": results.matrices()}
    page = results.page()
    cases = results.fetched(page)
    return {"page": page, **_shown_as(results, cases), **_around(results, page)}


def _shown_as(results: Results, cases: list[FoundCase]) -> dict[str, Any]:
    if results.selection.view == "map":
        return on_map(results, cases)
    return {"shown": decades(results, cases) if results.selection.view == "timeline" else entries(results, cases)}


def _around(results: Results, page: Page[int]) -> dict[str, str]:
    """Addresses of the pages before and after."""
    pages = {}
    if page.has_previous():
        pages["before"] = replace(results.selection, page=page.previous_page_number()).query()
    if page.has_next():
        pages["after"] = replace(results.selection, page=page.next_page_number()).query()
    return pages
