"""An editor adds a case by keyboard, publishes it, and it is found."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from cases.domain import load_library
from cases.models import CaseVersion
from cases.schema import case_files


@pytest.fixture
def library(transactional_db: None) -> None:
    slugs = ("nuba-mountains-2002", "korea-cma-2018")
    load_library({slug: case_files()[slug] for slug in slugs})


def press_to(page: Page, selector: str) -> None:
    """Presses Tab until what the selector names has the focus."""
    for _ in range(250):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by keyboard")


def fill_in(page: Page, answers: dict[str, str]) -> None:
    """Tabs from field to field in the order of the page, and types; an answer of "x" marks a box or opens a part."""
    for selector, answer in answers.items():
        press_to(page, selector)
        if answer == "x":
            page.keyboard.press("Space")
        else:
            page.keyboard.insert_text(answer) if not selector.startswith("select") else page.keyboard.type(answer)


CASE = {
    "#id_title": "Zanzibar: shared harbour watch",
    "#id_region": "East Africa",
    "#id_countries": "TZ",
    "#id_lat": "-6.2",
    "#id_lon": "39.2",
    "#id_years": "2001-2003",
    "select#id_conflict_type": "Within",
    "input[name=process_phases][value=negotiation]": "x",
    "#id_summary": "Two parties watched a harbour together.",
    "#id_outcome_worked": "The harbour stayed open.",
    "#id_outcome_did_not": "Nobody reported on it.",
    "select#id_confidence": "Low",
    "#id_parties-0-name": "One side",
    "select#id_parties-0-kind": "Political",
    "select#id_parties-0-relative_power": "Stronger",
    "#id_parties-1-name": "The other side",
    "select#id_parties-1-kind": "Political",
    "select#id_parties-1-relative_power": "Weaker",
    "#id_measures-0-title": "Harbour watch",
    "#id_measures-0-description": "Both sides kept watch together.",
    "input[name='measures-0-sectors'][value=security]": "x",
    "input[name='measures-0-actor_levels'][value=decision_makers]": "x",
    "input[name='measures-0-phases'][value=negotiation]": "x",
    "input[name='measures-0-purposes'][value=consolidate]": "x",
    "input[name='measures-0-tracks'][value=I]": "x",
    "select#id_measures-0-binding": "Politically",
    "select#id_measures-0-reciprocity": "At the",
    "select#id_measures-0-verification_method": "Both sides together",
    "select#id_measures-0-result": "It held",
    "select#id_lessons-0-key": "G4",
    "select#id_lessons-0-direction": "Illustrates it",
    "#id_lessons-0-why": "Both saw the same.",
    "#id_sources-0-who": "A witness",
    "#id_sources-0-title": "What I saw",
}


@pytest.mark.usefixtures("library")
def test_a_case_is_added_published_and_found_by_keyboard(signed_in: Page, live_server: LiveServer) -> None:
    page = signed_in
    page.goto(f"{live_server.url}/cases/")
    press_to(page, "a[href='/cases/editing/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/editing/")
    press_to(page, "a[href='/cases/editing/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/editing/new/")
    fill_in(page, CASE)
    press_to(page, "button[value='sources:add']")
    page.keyboard.press("Enter")
    expect(page.locator("#id_sources-1-who")).to_be_focused()
    expect(page.locator("#id_outcome_worked")).to_have_value("The harbour stayed open.")
    page.keyboard.insert_text("Another witness")
    press_to(page, "#id_sources-1-title")
    page.keyboard.insert_text("What I saw too")
    press_to(page, "button[value=review]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zanzibar-shared-harbour-watch/changes/")
    press_to(page, "#id_summary")
    page.keyboard.insert_text("New")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/zanzibar-shared-harbour-watch/")
    page.goto(f"{live_server.url}/cases/")
    page.locator("#id_words").focus()
    page.keyboard.type("harbour watch")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("words=harbour"))
    expect(page.locator("article.entry h3 a").first).to_contain_text("Zanzibar")


@pytest.mark.usefixtures("library")
def test_parts_move_without_scripts_and_what_was_typed_stays(
    browser: Browser, link: str, live_server: LiveServer
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(link)
    page.goto(f"{live_server.url}/cases/editing/cases/nuba-mountains-2002/")
    page.locator("#id_title").fill("Typed before moving")
    page.locator("details.member summary", has_text="Measure 1").click()
    page.locator("button[value='measures:down:0']").click()
    expect(page.locator("#id_title")).to_have_value("Typed before moving")
    expect(page.locator("details.member summary", has_text="Measure 2")).to_contain_text("Area ceasefire")
    page.get_by_role("button", name="Save the draft").first.click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    draft = CaseVersion.objects.drafts().get()
    assert draft.title == "Typed before moving"
    assert [measure["title"] for measure in draft.document["measures"]][1].startswith("Area ceasefire")
    context.close()
