"""The map of the library: by keyboard, on a phone, in the dark, beside filters that change, and without scripts."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from bench.weights import LATIN, Named
from cases.schema import case_files
from tests.browser.conftest import violations
from tests.cases.maps.test_places import some_cases

pytestmark = pytest.mark.usefixtures("library")

SEEN = "/cases/?view=map"
TAPPABLE = 24
"""CSS pixels, the least that WCAG 2.2 asks of a target."""


@pytest.fixture
def seen(signed_in: Page, live_server: LiveServer) -> Page:
    """The map of all cases, drawn."""
    signed_in.goto(live_server.url + SEEN)
    signed_in.locator(".pin").first.wait_for()
    return signed_in


def numbers(page: Page) -> list[int]:
    """How many cases each marker stands for."""
    return [int(text or 1) for text in page.locator(".pin").all_text_contents()]


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def test_every_case_is_on_the_map_and_the_countries_are_tinted(seen: Page) -> None:
    assert sum(numbers(seen)) == seen.locator(".map-table tbody tr").count() == len(case_files())
    tinted = seen.locator(".map-found-land").count()
    assert 40 < tinted < seen.locator(".map-land").count() == 176
    box = seen.locator(".map").bounding_box()
    assert box
    for pin in seen.locator(".pin").all():
        at = pin.bounding_box()
        assert at
        assert at["width"] >= TAPPABLE <= at["height"]
        assert box["x"] <= at["x"] + at["width"] / 2 <= box["x"] + box["width"]
        assert box["y"] <= at["y"] + at["height"] / 2 <= box["y"] + box["height"]


def test_markers_open_and_close_by_keyboard_and_give_the_focus_back(seen: Page) -> None:
    pin = seen.get_by_role("button", name=re.compile("Nuba Mountains.*Sudan, 2002–2005"))
    pin.focus()
    seen.keyboard.press("Enter")
    panel = seen.get_by_role("dialog", name="Nuba Mountains ceasefire: a local test before the big talks")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("2002–2005 · Sudan")
    expect(panel.get_by_role("listitem")).to_have_count(len(case_files()["nuba-mountains-2002"].measures))
    expect(seen.locator("tr.is-lit")).to_have_count(1)
    seen.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(pin).to_be_focused()
    seen.keyboard.press("Space")
    seen.keyboard.press("Tab")
    expect(focused(seen)).to_have_accessible_name("Close")
    seen.keyboard.press("Tab")
    seen.keyboard.press("Enter")
    expect(seen).to_have_url(re.compile("/cases/nuba-mountains-2002/"))


def test_cases_of_one_place_are_all_told_of(seen: Page) -> None:
    pin = seen.get_by_role("button", name=re.compile("Cases here: 2. Aceh"))
    pin.click()
    panel = seen.get_by_role("dialog", name="Cases here: 2")
    expect(panel.get_by_role("link")).to_have_text(
        ["Aceh: Cessation of Hostilities Agreement", "Aceh: Helsinki MoU and the Aceh Monitoring Mission"]
    )
    panel.get_by_role("button", name="Close").click()
    expect(pin).to_be_focused()


def test_tab_passes_the_skip_link_the_map_and_the_markers_in_the_order_of_the_table(seen: Page) -> None:
    seen.get_by_role("link", name="Matrix", exact=True).focus()
    seen.keyboard.press("Tab")
    expect(focused(seen)).to_have_text("Skip the map")
    for name in (
        "Zoom in",
        "Zoom out",
        "Show all that was found",
        re.compile("Map of the cases found"),
        re.compile("Aceh"),
    ):
        seen.keyboard.press("Tab")
        expect(focused(seen)).to_have_accessible_name(name)
    seen.get_by_role("link", name="Skip the map").focus()
    seen.keyboard.press("Enter")
    seen.keyboard.press("Tab")
    expect(focused(seen)).to_have_text("Aceh: Cessation of Hostilities Agreement")


def test_the_map_moves_and_zooms_by_keyboard_and_groups_come_apart(seen: Page) -> None:
    before = len(numbers(seen))
    land = seen.locator(".leaflet-map-pane")
    seen.locator(".map").focus()
    stood = land.get_attribute("style")
    seen.keyboard.press("ArrowRight")
    expect(land).not_to_have_attribute("style", stood or "")
    seen.keyboard.press("+")
    expect(seen.locator(".pin")).not_to_have_count(before)
    assert len(numbers(seen)) > before
    assert sum(numbers(seen)) == len(case_files())
    seen.get_by_role("button", name="Show all that was found").click()
    expect(seen.locator(".pin")).to_have_count(before)


def test_a_row_lights_its_marker(seen: Page) -> None:
    seen.get_by_role("rowheader", name="Nuba Mountains").get_by_role("link").focus()
    expect(seen.locator(".pin.is-lit")).to_have_attribute("title", re.compile("Nuba Mountains"))
    seen.get_by_role("rowheader", name="Nepal").hover()
    expect(seen.locator(".pin.is-lit[title^=Nepal]")).to_have_count(1)


def test_the_map_follows_a_filter_and_the_way_back_without_leaving_maps_behind(seen: Page) -> None:
    seen.evaluate("window.mark = 'the same page'")
    for name, number in (("Security", 28), ("Before a process", None)):
        with seen.expect_response(lambda answer: "/cases/?" in answer.url):
            seen.get_by_label(name, exact=True).check()
        expect(seen.locator(".chip", has_text=name)).to_be_visible()
        seen.locator(".pin").first.wait_for()
        rows = seen.locator(".map-table tbody tr").count()
        assert sum(numbers(seen)) == rows
        assert number in (None, rows)
    seen.go_back()
    expect(seen.locator(".chip")).to_have_count(1)
    expect(seen.locator(".map-table tbody tr")).to_have_count(28)
    seen.locator(".pin").first.wait_for()
    assert sum(numbers(seen)) == 28
    expect(seen.locator(".leaflet-container")).to_have_count(1)
    assert seen.evaluate("window.mark") == "the same page"
    seen.get_by_label("Security", exact=True).focus()
    assert not seen.evaluate("[...document.querySelectorAll('.leaflet-container')].some(each => !each.isConnected)")


def test_nothing_found_takes_the_map_away_and_a_better_search_brings_it_back(seen: Page) -> None:
    words = seen.get_by_label("Words")
    words.fill("zzzz")
    words.press("Enter")
    expect(seen.get_by_text("No case fits.")).to_be_visible()
    expect(seen.locator(".map")).to_have_count(0)
    words.fill("Nuba Danforth")
    words.press("Enter")
    expect(seen.locator(".pin")).not_to_have_count(0)


def test_many_cases_are_counted_and_those_of_the_tables_page_are_told(signed_in: Page, live_server: LiveServer) -> None:
    some_cases(400)
    signed_in.goto(f"{live_server.url}{SEEN}&page=3")
    signed_in.locator(".pin").first.wait_for()
    assert sum(numbers(signed_in)) == 443
    expect(signed_in.locator(".map-table tbody tr")).to_have_count(43)
    assert signed_in.locator(".map-table tbody th").first.inner_text().startswith("Nuba Mountains")
    pin = signed_in.get_by_role("button", name=re.compile("Cases here: .*Nuba Mountains")).first
    pin.focus()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_role("dialog", name="Cases here")).to_contain_text("Narrow the search")
    signed_in.keyboard.press("Escape")
    elsewhere = signed_in.locator(".pin[aria-label^='Cases here: ']:not([aria-label*='. '])").first
    elsewhere.focus()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_role("dialog", name="Cases here")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_opened_place_is_accessible_and_legible(seen: Page, theme: Literal["light", "dark"]) -> None:
    seen.emulate_media(color_scheme=theme)
    seen.get_by_role("button", name=re.compile("Cases here: 2. Aceh")).click()
    assert violations(seen) == []
    sea, land, found, pin = (
        seen.evaluate(f"getComputedStyle(document.querySelector('{which}')).{how}")
        for which, how in (
            (".map", "backgroundColor"),
            (".map-land:not(.map-found-land)", "fill"),
            (".map-found-land", "fill"),
            (".pin > span", "backgroundColor"),
        )
    )
    assert len({sea, land, found, pin}) == 4
    for ground in (sea, land, found):
        assert contrast(pin, ground) >= 3


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted(map(luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_on_a_phone_the_place_opens_below_the_map(seen: Page, live_server: LiveServer) -> None:
    seen.set_viewport_size({"width": 360, "height": 740})
    seen.goto(live_server.url + SEEN)
    seen.locator(".pin").first.click()
    panel, map_box = seen.locator(".map-panel").bounding_box(), seen.locator(".map").bounding_box()
    assert panel
    assert map_box
    assert panel["y"] >= map_box["y"] + map_box["height"]
    assert seen.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_moves_for_those_who_asked_for_that(seen: Page, live_server: LiveServer) -> None:
    seen.emulate_media(reduced_motion="reduce")
    seen.goto(live_server.url + SEEN)
    seen.locator(".pin").first.wait_for()
    land = seen.locator(".leaflet-map-pane")
    seen.locator(".map").focus()
    moved = seen.evaluate(
        """() => { const pane = document.querySelector(".leaflet-map-pane");
                   const before = pane.style.transform;
                   document.activeElement.dispatchEvent(
                     new KeyboardEvent("keydown", { key: "ArrowRight", keyCode: 39, bubbles: true }));
                   return before !== pane.style.transform && !pane.classList.contains("leaflet-pan-anim"); }"""
    )
    assert moved
    expect(land).to_have_count(1)
    expect(seen.locator(".leaflet-zoom-anim")).to_have_count(0)


def test_without_scripts_the_table_is_the_whole_view(browser: Browser, link: str, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    page.goto(live_server.url + SEEN)
    expect(page.locator(".map")).to_be_hidden()
    expect(page.locator(".map-skip")).to_be_hidden()
    expect(page.locator(".map-table tbody tr")).to_have_count(len(case_files()))
    page.locator(".map-table summary").first.click()
    expect(page.locator(".map-table li").first).to_be_visible()
    page.goto(f"{live_server.url}/cases/nuba-mountains-2002/")
    expect(page.get_by_role("img", name=re.compile("in Sudan"))).to_be_visible()
    context.close()


def test_the_table_stays_when_the_map_cannot_be_loaded(signed_in: Page, live_server: LiveServer) -> None:
    signed_in.route("**/countries-110m.json", lambda route: route.fulfill(status=200, body="no shapes"))
    signed_in.goto(live_server.url + SEEN)
    expect(signed_in.locator(".library-map[data-failed]")).to_have_count(1)
    expect(signed_in.locator(".map")).to_be_hidden()
    expect(signed_in.locator(".map-table tbody tr")).to_have_count(len(case_files()))


@pytest.mark.parametrize("address", [SEEN, "/cases/"])
def test_a_browser_loads_what_is_weighed(signed_in: Page, live_server: LiveServer, address: str) -> None:
    asked: set[str] = set()
    signed_in.on("request", lambda request: asked.add(request.url.removeprefix(live_server.url)))
    signed_in.goto(live_server.url + address)
    signed_in.wait_for_load_state("networkidle")
    if address == SEEN:
        signed_in.locator(".pin").first.wait_for()
    named = {*Named(signed_in.content()).urls, address}
    assert asked - named - {f"/static/{face}" for face in LATIN} == set()
