"""A guest reads a draft by a link and says something about it; a drafter answers. In a real browser, with a guest's own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.attempts import forget_attempts
from tests.browser.conftest import violations

PASSWORD = "orchard lantern"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_guest_comments_and_reads_the_answer(
    signed_in: Page, browser: Browser, live_server: LiveServer, javascript: bool
) -> None:
    forget_attempts()
    signed_in.locator(".listing a").first.click()
    signed_in.locator("details.menu > summary", has_text="More").click()
    signed_in.get_by_role("link", name="Who can see it, and sharing").click()
    signed_in.get_by_text("Make a guest link").click()
    signed_in.get_by_label("Who it is for").fill("Adviser")
    signed_in.get_by_label("Password").fill(PASSWORD)
    signed_in.get_by_role("button", name="Make the link").click()
    address = signed_in.get_by_label("Link for Adviser").input_value()
    context = browser.new_context(java_script_enabled=javascript)
    guest = context.new_page()
    guest.goto(f"{live_server.url}/{address.partition('://')[2].partition('/')[2]}")
    guest.get_by_label("Password").fill(PASSWORD)
    guest.get_by_role("button", name="Open the draft").click()
    guest.get_by_role("link", name="Comment on this measure").first.click()
    guest.get_by_label("Your name").fill("Amal")
    guest.get_by_label("Comment", exact=True).fill("Who pays for this?")
    guest.get_by_role("button", name="Send the comment").click()
    expect(guest.get_by_text("Your comment is with the drafters.")).to_be_visible()
    if javascript:
        assert violations(guest) == []
    signed_in.get_by_role("link", name="Back to sharing").click()
    expect(signed_in.get_by_text("1 new")).to_be_visible()
    signed_in.get_by_role("link", name="1 comment").click()
    signed_in.locator("summary", has_text="Answer").first.click()
    signed_in.locator(".tools textarea").first.fill("The fund does.")
    signed_in.get_by_role("button", name="Answer").first.click()
    guest.reload()
    expect(guest.get_by_text("The fund does.")).to_be_visible()
    guest.set_viewport_size({"width": 360, "height": 740})
    assert guest.locator("html").bounding_box()["width"] <= 360  # type: ignore[index]
    context.close()
