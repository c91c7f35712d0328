"""The pages of the case library."""

from __future__ import annotations

import re

import pytest

from cases.domain import load_library
from cases.schema import case_files
from cases.searching.search import bitmaps_of, current_edition, found_by, marked, nearest
from tests.personas import Person


@pytest.fixture
def library(db: None) -> None:
    load_library(case_files())


def test_a_case_shows_its_measures_lessons_and_sources(library: None, mediator: Person) -> None:
    page = mediator.client.get("/cases/nuba-mountains-2002/").content.decode()
    for words in ("Joint Military Commission", "What did not", "Illustrates it well", "/guidelines/G4/", "Danforth"):
        assert words in page


def test_the_list_is_narrowed_by_words_conflict_and_lesson(library: None, mediator: Person) -> None:
    def found(**query: str) -> str:
        return mediator.client.get("/cases/", query).content.decode()

    assert "in 43 cases" in found()
    assert "/cases/nuba-mountains-2002/" in found(words="Nuba", lesson="G4", conflict="intra-state")
    assert "No case fits" in found(words="Nuba", conflict="inter-state")
    assert "lesson: G99" in found(lesson="G99")
    assert "in 43 cases" in found(lesson="G99")


@pytest.mark.parametrize(
    ("view", "words"),
    [("list", "What worked"), ("map", "Measures that fit"), ("timeline", "2000s"), ("matrix", "Sector × Phase")],
)
def test_each_view_shows_the_same_selection(library: None, mediator: Person, view: str, words: str) -> None:
    page = mediator.client.get("/cases/", {"sector": "security", "view": view}).content.decode()
    assert words in page
    number = sum(any("security" in each.sectors for each in case.measures) for case in case_files().values())
    assert f"in {number} cases" in page
    assert 'href="/cases/?sector=security&amp;view=matrix"' in page


def test_a_chip_takes_its_filter_away_and_keeps_the_rest(library: None, mediator: Person) -> None:
    page = mediator.client.get("/cases/?sector=security&phase=negotiation&view=timeline").content.decode()
    assert 'class="chip" href="/cases/?phase=negotiation&amp;view=timeline"' in page
    assert "Clear all" in page


def test_htmx_gets_what_changes_and_history_gets_the_page(library: None, mediator: Person) -> None:
    changed = mediator.client.get("/cases/?sector=security", headers={"HX-Request": "true"})
    assert "<html" not in changed.content.decode()
    assert 'id="count-sector-0" hx-swap-oob' in changed.content.decode()
    assert "HX-Request" in changed["Vary"]
    again = mediator.client.get("/cases/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in again.content.decode()


def test_the_list_has_pages_of_twenty(library: None, mediator: Person) -> None:
    assert mediator.client.get("/cases/").content.decode().count('<article class="entry" ') == 20
    last = mediator.client.get("/cases/?page=3").content.decode()
    assert last.count('<article class="entry" ') == 3
    assert "Page 3 of 3" in last


def test_the_list_shows_a_case_as_it_was_loaded_last(mediator: Person) -> None:
    files = dict(case_files())
    for title in ("As it was", "As it is"):
        files["nuba-mountains-2002"] = files["nuba-mountains-2002"].model_copy(update={"title": title})
        load_library(files)
        assert title in mediator.client.get("/cases/").content.decode()


def test_an_unknown_case_is_not_found(library: None, mediator: Person) -> None:
    assert mediator.client.get("/cases/atlantis/").status_code == 404


@pytest.mark.parametrize("keep", [1, 3])
def test_queries_do_not_grow_with_the_cases(  # type: ignore[no-untyped-def]
    keep: int, mediator: Person, django_assert_num_queries
) -> None:
    files = case_files()
    load_library({slug: files[slug] for slug in list(files)[:keep]})
    bitmaps_of(current_edition())
    # Session, person, memberships, what is read by whom, cases, news; the other four are the transaction and its walls.
    for queries in (10, 9):
        with django_assert_num_queries(queries):
            mediator.client.get("/cases/?sector=political&sector=security&sector=social_humanitarian_cultural")


def test_words_not_asked_before_cost_four_queries_more(  # type: ignore[no-untyped-def]
    library: None, mediator: Person, django_assert_num_queries
) -> None:
    mediator.client.get("/cases/")
    for kept in (found_by, nearest, marked):
        kept.cache_clear()
    for queries in (13, 9):  # hits, the nearest, those not kept yet, forms of the words
        with django_assert_num_queries(queries):
            mediator.client.get("/cases/?words=ceasefire")


def test_what_a_case_says_is_escaped_in_the_list(mediator: Person) -> None:
    files = dict(case_files())
    file = files["nuba-mountains-2002"]
    said = {"title": "<b>A & 'B'</b>", "summary": "<i>Truce</i>"}
    load_library({"nuba-mountains-2002": file.model_copy(update=said)})
    page = mediator.client.get("/cases/?words=truce").content.decode()
    assert "<b>A" not in page
    assert "<i>Truce" not in page
    assert '&lt;i&gt;<mark class="found">Truce</mark>' in page


def test_the_views_stand_in_the_order_list_map_timeline_matrix(library: None, mediator: Person) -> None:
    page = mediator.client.get("/cases/?view=map&sector=security").content.decode()
    tabs = page[page.index('class="tabs"') :]
    assert re.findall(r">(\w+)</a>", tabs)[:4] == ["List", "Map", "Timeline", "Matrix"]
    assert 'href="/cases/?sector=security&amp;view=map" aria-current="page"' in page


def test_the_table_of_the_map_says_where_when_and_what_fits(library: None, mediator: Person) -> None:
    page = mediator.client.get("/cases/?view=map&words=Nuba&sector=political").content.decode()
    row = page[page.index('<tr role="row" data-place') :]
    row = row[: row.index("</tr>")]
    for words in ("/cases/nuba-mountains-2002/", "Sudan", "2002–2005", "2 measures", "Joint Military Commission"):
        assert words in row
    assert "Area ceasefire with frozen forces" not in row  # a measure of security only


def test_countries_stand_by_name_in_the_list_and_on_the_page_of_a_case(library: None, mediator: Person) -> None:
    assert "Belize, Guatemala" in mediator.client.get("/cases/?words=adjacency+zone").content.decode()
    assert (
        "2000 until today · Belize, Guatemala" in mediator.client.get("/cases/belize-guatemala-oas/").content.decode()
    )


def test_a_case_has_a_small_map_with_the_place_in_words(library: None, mediator: Person) -> None:
    page = mediator.client.get("/cases/nuba-mountains-2002/").content.decode()
    figure = page[page.index('<figure class="locator"') : page.index("</figure>")]
    assert "lies at 11.0° N, 29.7° E, in Sudan" in figure
    assert 'href="/cases/?region=Horn+of+Africa&amp;view=map"' in figure


@pytest.mark.parametrize("keep", [1, 3])
def test_queries_of_the_map_do_not_grow_with_the_cases(  # type: ignore[no-untyped-def]
    keep: int, mediator: Person, django_assert_num_queries
) -> None:
    files = case_files()
    load_library({slug: files[slug] for slug in list(files)[:keep]})
    mediator.client.get("/cases/?view=map")
    with django_assert_num_queries(9):  # as many as the list's
        mediator.client.get("/cases/?view=map")
