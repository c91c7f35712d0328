"""An owner gives the reports of a workspace a look; news come to a page that stays open."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.notifications import notify
from reports.models import Branding

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1" fill="#7a1f5c"/></svg>'

LOGO = FilePayload(name="logo.svg", mimeType="image/svg+xml", buffer=DRAWING)
A_WHILE = 30_000
"""Milliseconds that a sample may take on a machine that has much else to do."""


def test_a_look_is_tried_saved_and_put_back(signed_in: Page, live_server: LiveServer) -> None:
    page = signed_in
    page.goto(f"{live_server.url}/workspace/settings/")
    page.get_by_role("link", name="How reports look").click()
    sample = page.locator("#sample")
    expect(sample.get_by_role("img")).to_have_attribute("src", "/reports/look/0/sample.png")
    colour = page.get_by_label("Colour", exact=True)
    colour.fill("#ffe0a0")
    page.keyboard.press("Tab")
    expect(sample).to_contain_text("too pale to be read on white", timeout=A_WHILE)
    colour.fill("#7a1f5c")
    page.keyboard.press("Tab")
    expect(sample.get_by_role("img")).to_have_attribute("src", re.compile("/tried/"), timeout=A_WHILE)
    expect(sample).not_to_contain_text("too pale")
    page.get_by_label("Logo", exact=True).set_input_files(LOGO)
    expect(page.locator("#sample.htmx-request")).to_have_count(0, timeout=A_WHILE)
    assert not Branding.objects.exists()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("img", name="The logo in force")).to_be_visible()
    page.get_by_label("Take the logo away").check()
    expect(page.locator("#sample.htmx-request")).to_have_count(0, timeout=A_WHILE)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Put in force again").click()
    expect(page.get_by_role("heading", name="Look 3")).to_be_visible()
    expect(page.get_by_role("img", name="The logo in force")).to_be_visible()


def test_news_are_counted_on_an_open_page_and_lead_to_theirs(
    signed_in: Page, live_server: LiveServer, demonstration: User
) -> None:
    page = signed_in
    page.clock.install()
    page.goto(f"{live_server.url}/proposals/")
    expect(page.locator("#unread")).to_be_empty()
    notify(demonstration, text="A report is ready", address="/reports/")
    page.clock.fast_forward(61_000)
    expect(page.get_by_role("link", name="News 1 unread")).to_be_visible()
    page.get_by_role("link", name="News 1 unread").click()
    page.get_by_role("link", name="A report is ready").click()
    expect(page).to_have_url(f"{live_server.url}/reports/")
    expect(page.locator("#unread")).to_be_empty()
