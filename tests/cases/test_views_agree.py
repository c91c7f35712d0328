"""One result set: whatever the view, the same cases and measures are stated and shown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cases.schema import case_files
from cases.searching.selection import VIEWS
from tests.cases.searching.test_facets import STATES, some_state
from tests.personas import Person

SLUGS = frozenset(case_files())
LINK = re.compile(r'href="/cases/([a-z0-9-]+)/(?:#[^"]*)?"')
STATED = re.compile(r"(\d+) measures?\s+in (\d+) cases?")
NEXT = re.compile(r'class="btn" href="([^"]+)">[^<]*Next')


def pages_of(person: Person, state: dict[str, Any], view: str) -> list[str]:
    """The pages of a view, from the first to the last."""
    pages = [person.client.get("/cases/", {**state, "view": view}).content.decode()]
    while found := NEXT.search(pages[-1]):
        pages.append(person.client.get(found[1].replace("&amp;", "&")).content.decode())
        assert len(pages) < 10
    return pages


def stated(page: str) -> tuple[int, int]:
    """How many measures and cases a page says there are."""
    found = STATED.search(page)
    assert found
    return int(found[1]), int(found[2])


def results_of(page: str) -> str:
    return page[page.index('id="library-results"') : page.index('class="foot"')]


def cases_in(pages: list[str]) -> set[str]:
    return {slug for page in pages for slug in LINK.findall(results_of(page)) if slug in SLUGS}


@pytest.mark.parametrize("seed", range(STATES))
def test_every_view_states_and_shows_the_same(library: None, mediator: Person, seed: int) -> None:
    state = some_state(seed)
    by_view = {view: pages_of(mediator, state, view) for view in VIEWS}
    said = {stated(page) for pages in by_view.values() for page in pages}
    assert len(said) == 1, said
    measures, cases = said.pop()
    for view, pages in by_view.items():
        if view != "matrix":
            assert len(cases_in(pages)) == cases, view
    if cases:
        _check_list(by_view["list"], measures, cases)
        _check_timeline(by_view["timeline"], measures)
        _check_matrix(by_view["matrix"][0], state, measures)


def _check_list(pages: list[str], measures: int, cases: int) -> None:
    text = "".join(results_of(page) for page in pages)
    assert text.count('<article class="entry"') == cases
    lists = re.findall(r'<ul class="entry-measures".*?</ul>', text, re.DOTALL)
    assert sum(each.count("<li>") for each in lists) == measures


def _check_timeline(pages: list[str], measures: int) -> None:
    text = "".join(results_of(page) for page in pages)
    assert sum(int(number) for number in re.findall(r"· (\d+) measures?</span>", text)) == measures


def _check_matrix(page: str, state: dict[str, Any], measures: int) -> None:
    """Each measure has a sector, a phase and a level, so it is in a cell of both tables: no fewer than there are, and
    exactly as many where one sector, and one phase or level, is all that is looked for."""
    tables = re.findall(r'<table class="matrix">.*?</table>', page, re.DOTALL)
    for table, name in zip(tables, ("phase", "level"), strict=True):
        numbers = [int(number) for number in re.findall(r'">(\d+)<span class="sr-only">', table)]
        assert sum(numbers) >= measures
        assert all(number <= measures for number in numbers)
        if len(state.get("sector", [])) == len(state.get(name, [])) == 1:
            assert sum(numbers) == measures
