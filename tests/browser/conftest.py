"""A real browser against a real server. What a page says on its console fails the test."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.domain import issue_sign_in_link
from accounts.models import User
from proposals.examples import set_up_demonstration
from tests import chromium
from tests.attempts import forget_attempts

SECONDS_TO_ANSWER = 10
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_the_browser() -> None:
    """Playwright runs an event loop in this thread, and Django would refuse the database because of it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, or the one named by CHROMIUM."""
    path = chromium.find()
    assert path, "No Chromium was found: install one, or name it in the variable CHROMIUM."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.arguments())
        yield browser
        browser.close()


@pytest.fixture
def demonstration(transactional_db: None, settings: Any) -> User:
    """The mediator of the demonstration workspace."""
    settings.EMBEDDED = True
    mediator, _ = set_up_demonstration()
    return mediator


@pytest.fixture
def link(demonstration: User, live_server: LiveServer) -> str:
    """A one-time link, as ``make run`` prints it. Those of the tests before do not count against the limit."""
    forget_attempts()
    return f"{live_server.url}/sign-in/{issue_sign_in_link(demonstration)}/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile."""
    context = browser.new_context(viewport={"width": 1360, "height": 1000})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer) -> Iterator[Page]:
    """A tab. It must stay silent: no errors, no violations of the policy, no request to another host.

    It is closed when all that it asked for has been answered: a request under way would lock the tables that are
    emptied after the test.
    """
    page = context.new_page()
    complaints: list[str] = []
    under_way: set[Request] = set()
    host = urlsplit(live_server.url).netloc
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if urlsplit(asked.url).netloc != host else None)
    page.on("request", lambda asked: under_way.add(asked))
    page.on("requestfinished", lambda asked: under_way.discard(asked))
    page.on("requestfailed", lambda asked: under_way.discard(asked))
    yield page
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while under_way and time.monotonic() < deadline:
        page.wait_for_timeout(20)
    page.close()
    wait_for_transactions()
    assert complaints == []


def wait_for_transactions() -> None:
    """Returns when no other connection to the database is busy, also of tabs that a test opened itself."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.02)


@pytest.fixture
def signed_in(page: Page, link: str) -> Page:
    """The mediator's tab, at home."""
    page.goto(link)
    return page


def violations(page: Page, *, of_colour_alone: bool = False) -> list[str]:
    """What axe-core finds wrong with the page as it stands; ``of_colour_alone`` after the rest was looked at."""
    if of_colour_alone:
        asked = "{resultTypes: ['violations'], runOnly: ['color-contrast']}"
    else:
        asked = "{resultTypes: ['violations']}"
        page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run({asked})")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0]['any']}" for each in found]
