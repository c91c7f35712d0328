"""The first minutes of a mediator, in a real browser."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.calibration import worked_example
from assessments.package import canonical_document


def open_example(page: Page) -> None:
    """One click from home to the scorecard."""
    page.get_by_role("button", name="Open the worked example").click()
    expect(page.get_by_role("heading", name="Ten guidelines")).to_be_visible()


def test_link_leads_to_the_scorecard_in_one_click_and_a_finding_explains_itself(signed_in: Page) -> None:
    open_example(signed_in)
    signed_in.locator("summary", has_text="Verifiable").first.click()
    signed_in.locator("details.finding > summary", has_text="G4.1").click()
    finding = signed_in.locator('[id="G4.1"]')
    for part in ("Why", "We read", "A case", "Rule"):
        expect(finding.get_by_text(part, exact=True)).to_be_visible()


def test_link_to_a_finding_opens_it(signed_in: Page) -> None:
    open_example(signed_in)
    signed_in.goto(f"{signed_in.url}#C5.1")
    expect(signed_in.locator('[id="C5.1"]')).to_be_visible()


def test_evidence_leads_to_the_measure(signed_in: Page) -> None:
    open_example(signed_in)
    source = signed_in.locator('[id="G1.3"] a.src[href^="#measure-"]').first
    target = source.get_attribute("href") or ""
    signed_in.goto(f"{signed_in.url}#G1.3")
    source.click()
    expect(signed_in.locator(target)).to_be_in_viewport()


def test_loose_words_are_marked_where_they_stand(signed_in: Page) -> None:
    document = canonical_document(worked_example().package)
    text = "The sides 🕊️ shall facilitate mine clearance as appropriate."
    document["measures"][0]["commitments"] = [{"text": text}]
    signed_in.get_by_role("link", name="Start a package").click()
    signed_in.get_by_role("link", name="Import files").click()
    signed_in.get_by_label("Or paste it here").fill(json.dumps(document))
    signed_in.get_by_role("button", name="Upload").click()
    clause = signed_in.locator("article.clause").first
    expect(clause.locator("blockquote")).to_have_text(text)
    marked = clause.locator("mark").all_text_contents()
    assert marked == ["The sides", "facilitate", "as ", "appropriate"]


def test_theme_changes_at_once_and_stays(signed_in: Page) -> None:
    before = signed_in.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    signed_in.locator("details.menu > summary").first.click()
    signed_in.get_by_role("button", name="Dark").click()
    expect(signed_in.locator("html")).to_have_attribute("data-theme", "dark")
    assert signed_in.evaluate("getComputedStyle(document.documentElement).backgroundColor") != before
    signed_in.reload()
    expect(signed_in.locator("html")).to_have_attribute("data-theme", "dark")


def test_everything_is_reached_by_keyboard(signed_in: Page) -> None:
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_role("link", name="Skip to the content")).to_be_focused()
    signed_in.keyboard.press("Enter")
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_role("link", name="Start a package")).to_be_focused()
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_role("button", name="Open the worked example")).to_be_focused()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_role("heading", name="Ten guidelines")).to_be_visible()
    first = signed_in.locator(".profile summary").first
    first.focus()
    assert first.evaluate("row => getComputedStyle(row).outlineStyle") == "solid"
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator('[id="G1"]')).to_be_visible()


def test_menu_closes_on_escape(signed_in: Page) -> None:
    summary = signed_in.locator("details.menu > summary").first
    summary.click()
    signed_in.keyboard.press("Escape")
    expect(signed_in.locator("details.menu").first).not_to_have_attribute("open", re.compile(".*"))
    expect(summary).to_be_focused()


@pytest.mark.usefixtures("transactional_db")
def test_everything_works_without_scripts(browser: Browser, link: str, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    page.locator("details.menu > summary").first.click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    open_example(page)
    page.goto(f"{page.url}#G4.1")
    expect(page.locator('[id="G4.1"]')).to_be_visible()
    context.close()
