"""The result set as it is shown: entries of the list, decades of the timeline, tabs."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.utils.translation import gettext as _

from cases.models import Case, CaseMeasure
from cases.presentation import ResultWord, result_word
from cases.results import Results
from cases.search import Run, did_you_mean, excerpt, marked
from guidelines.taxonomy import label


class ShownMeasure(NamedTuple):
    """A measure that fits: what came of it, its sectors with their labels, and when and how verified in words."""

    title: str
    word: ResultWord
    sectors: list[tuple[str, str]]
    said: str


class Entry(NamedTuple):
    """A case in the list; title and excerpt in runs, for the words looked for are marked."""

    case: Case
    years: str
    title: list[Run]
    excerpt: list[Run]
    measures: list[ShownMeasure]


def years_of(case: Case) -> str:
    if case.ends is None:
        return _("%(year)s until today") % {"year": case.begins}
    return str(case.begins) if case.ends == case.begins else f"{case.begins}–{case.ends}"


def entries(results: Results, cases: list[Case]) -> list[Entry]:
    """The cases with what fits of them; one query if words are looked for, else none."""
    titles = [[Run(case.title, False)] for case in cases]
    excerpts: list[list[Run]] = [[] for _case in cases]
    if results.selection.words and cases:
        runs = marked([text for case in cases for text in (case.title, _text(case))], results.selection.words)
        titles, excerpts = runs[::2], [excerpt(each) for each in runs[1::2]]
    return [
        Entry(case, years_of(case), title, said, [_shown(measure) for measure in results.matching(case)])
        for case, title, said in zip(cases, titles, excerpts, strict=True)
    ]


def _text(case: Case) -> str:
    measures = (f"{measure.title}. {measure.description}" for measure in case.measures.all())
    return " ".join([case.summary, *measures, case.worked, case.did_not])


def _shown(measure: CaseMeasure) -> ShownMeasure:
    phases = ", ".join(_(label("phase", phase)) for phase in measure.phases)
    verified = _("verified by: %(who)s") % {"who": _(label("verification", measure.verification)).lower()}
    sectors = [(sector, _(label("sector", sector))) for sector in measure.sectors]
    return ShownMeasure(
        measure.title, result_word(measure.result), sectors, f"{phases} · {verified}" if phases else verified
    )


def decades(results: Results, cases: list[Case]) -> list[tuple[int, list[tuple[int, list[Entry]]]]]:
    """The cases by decade and year of their beginning."""
    by_year = [
        (
            year,
            [Entry(case, years_of(case), [], [], [_shown(each) for each in results.matching(case)]) for case in same],
        )
        for year, same in groupby(cases, lambda case: case.begins)
    ]
    return [(decade, list(years)) for decade, years in groupby(by_year, lambda each: each[0] // 10 * 10)]


def tabs(results: Results) -> list[tuple[str, str, bool]]:
    """The views: label, address with the same selection, whether it is this one."""
    labels = {"list": _("List"), "timeline": _("Timeline"), "matrix": _("Matrix")}
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
    shown = decades(results, cases) if results.selection.view == "timeline" else entries(results, cases)
    return {"page": page, "shown": shown, **_around(results, page)}


def _around(results: Results, page: Page[int]) -> dict[str, str]:
    """Addresses of the pages before and after."""
    pages = {}
    if page.has_previous():
        pages["before"] = replace(results.selection, page=page.previous_page_number()).query()
    if page.has_next():
        pages["after"] = replace(results.selection, page=page.next_page_number()).query()
    return pages
