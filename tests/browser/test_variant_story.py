"""A mediator goes back to an earlier state, and tries out what would follow without a measure."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.calibration import worked_example
from assessments.package import canonical_document


def upload_revision(page: Page, document: dict[str, Any]) -> None:
    """Another state of the proposal that is open."""
    page.goto(f"{page.url}upload/")
    page.get_by_label("Or paste it here").fill(json.dumps(document))
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("This is revision 2.")).to_be_visible()


def compare_restore_branch(page: Page) -> None:
    """The whole story, from home on."""
    page.get_by_role("button", name="Open the worked example").click()
    document = copy.deepcopy(canonical_document(worked_example().package))
    document["measures"].insert(0, document["measures"].pop(2))
    document["measures"][0]["commitments"][0]["text"] += " They open eight roads."
    document["links"] = []
    upload_revision(page, document)

    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="All revisions").click()
    page.get_by_role("link", name=re.compile("Compare with the newest.*revision 1")).click()
    expect(page.get_by_role("heading", level=2, name=re.compile("^[0-9]+ differences$"))).to_be_visible()
    moved = page.locator("section.differs", has_text="Measure 1: relief access and mine clearance")
    expect(moved.get_by_text("moved")).to_be_visible()
    expect(moved.get_by_text("place 3")).to_be_visible()
    expect(moved.locator("ins", has_text="eight")).to_be_visible()
    linked = page.get_by_role("row", name="G6 Linked to a process")
    expect(linked.get_by_text("worse")).to_be_visible()

    page.get_by_role("link", name="Swap").click()
    expect(page.get_by_label("Before")).to_have_value("2")
    expect(page.get_by_role("row", name="G6 Linked to a process").get_by_text("better")).to_be_visible()
    page.get_by_label("Before").select_option("1")
    page.get_by_label("After").select_option("2")
    page.get_by_role("button", name="Compare").click()

    page.get_by_role("button", name="Restore revision 1").click()
    expect(page.get_by_text("Revision 1 is back, as revision 3.")).to_be_visible()

    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Variants").click()
    page.get_by_role("link", name="Branch a variant").click()
    page.get_by_label("What does it try out?").fill("What if we drop the commission")
    page.get_by_label("2. joint military commission").check()
    page.get_by_role("button", name="Branch the variant").click()
    expect(page.get_by_role("columnheader", name="What if we drop the commission")).to_be_visible()
    cells = page.get_by_role("row", name="Measures in order").get_by_role("cell")
    expect(cells.nth(0).get_by_text("joint military commission")).to_be_visible()
    expect(cells.nth(1).get_by_text("joint military commission")).to_have_count(0)

    page.get_by_role("link", name=re.compile("differences?.*What if we drop the commission")).click()
    gone = page.locator("section.differs", has_text="Measure 2: joint military commission")
    expect(gone.get_by_text("removed")).to_be_visible()


def test_mediator_compares_restores_and_tries_out_a_variant(signed_in: Page) -> None:
    compare_restore_branch(signed_in)


@pytest.mark.usefixtures("transactional_db")
def test_the_same_on_a_phone_and_without_scripts(browser: Browser, link: str, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(link)
    compare_restore_branch(page)
    context.close()


def test_wide_tables_are_scrolled_by_keyboard(signed_in: Page) -> None:
    signed_in.get_by_role("button", name="Open the worked example").click()
    proposal = signed_in.url
    for note in ("One", "Two", "Three"):
        signed_in.goto(f"{proposal}variants/new/")
        signed_in.get_by_label("What does it try out?").fill(note)
        signed_in.get_by_role("button", name="Branch the variant").click()
    signed_in.set_viewport_size({"width": 360, "height": 740})
    table = signed_in.get_by_role("group", name="Variants side by side")
    table.focus()
    assert table.evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
    signed_in.keyboard.press("ArrowRight")
    expect(table).not_to_have_js_property("scrollLeft", 0)
