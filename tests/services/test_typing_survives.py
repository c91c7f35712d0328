"""Somebody types in the builder while the web process is killed under them: the real one, by SIGKILL."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests import chromium
from tests.running import SECONDS, Run

DESCRIPTION = "[name='/measures/m1/description']"
TITLE = "[name='/measures/m1/title']"
MILLISECONDS = 1000 * SECONDS


@pytest.fixture
def run(used_checkout: Path) -> Iterator[Run]:
    """``make run`` under way."""
    run = Run(used_checkout)
    yield run
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.process.pid, signal.SIGTERM)
    run.process.communicate(timeout=SECONDS)


def test_a_killed_web_process_costs_no_word_of_what_is_being_typed(run: Run) -> None:
    path = chromium.find()
    assert path, "No Chromium was found: install one, or name it in the variable CHROMIUM."
    link = run.link()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.arguments())
        page = browser.new_page()
        page.goto(link)
        page.get_by_role("button", name="Open the worked example").click()
        page.goto(f"{page.url}draft/measures/m1/")
        state = page.locator("#builder-state")
        page.locator(DESCRIPTION).press_sequentially("Typed before the server died")
        server = run.child("gunicorn")
        for process in (*server.children(recursive=True), server):
            process.kill()
        page.keyboard.press("Tab")
        expect(state).to_have_attribute("data-state", "Saving")  # the port stays open, and whoever asks waits
        page.locator(TITLE).fill("Typed while it was away")
        page.keyboard.press("Tab")
        run.read_until("Booting worker")
        expect(state).to_have_attribute("data-state", "Saved", timeout=MILLISECONDS)
        page.reload()
        expect(page.locator(DESCRIPTION)).to_have_value("Typed before the server died")
        expect(page.locator(TITLE)).to_have_value("Typed while it was away")
        expect(page.locator("#builder-kept")).to_be_hidden()
        browser.close()
