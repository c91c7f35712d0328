"""A mediator looks for precedents, by keyboard only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

CHOICES = (
    "Social, humanitarian, cultural",
    "Before a process",
    "Each side reports",
    "Both sides together",
    "A third party",
    "Both sides with a third party",
    "A state and an armed group",
)


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the box with this label has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.labels?.[0]?.textContent.trim() ?? ''") == name:
            return
    pytest.fail(f"{name} is not reached by keyboard")


@pytest.mark.usefixtures("library")
def test_verified_humanitarian_measures_before_talks_are_found_by_keyboard(
    signed_in: Page, live_server: LiveServer
) -> None:
    signed_in.goto(f"{live_server.url}/cases/")
    for name in CHOICES:
        tab_to(signed_in, name)
        with signed_in.expect_response(lambda answer: "/cases/?" in answer.url):
            signed_in.keyboard.press("Space")
        expect(signed_in.get_by_role("checkbox", name=name, exact=True)).to_be_focused()
        expect(signed_in.locator(".chip", has_text=name).first).to_be_visible()
    expect(signed_in).to_have_url(re.compile("sector=social.*parties=state_and_armed_group|parties=.*sector="))
    expect(signed_in.locator(".chip")).to_have_count(len(CHOICES))
    assert signed_in.locator("article.entry").count() >= 1
    for said in signed_in.locator(".entry-measures li").all_text_contents():
        assert "Before a process" in said
        assert "verified by: nobody" not in said
    signed_in.locator("article.entry h3 a").first.focus()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_role("heading", name="Lessons")).to_be_visible()
    signed_in.go_back()
    expect(signed_in.get_by_role("checkbox", name="Before a process", exact=True)).to_be_checked()


@pytest.mark.usefixtures("library")
def test_the_same_is_found_without_scripts(browser: Browser, link: str, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(link)
    page.goto(f"{live_server.url}/cases/")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Before a process", exact=True).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile("phase=before_process"))
    expect(page.locator(".chip")).to_have_count(1)
    context.close()
