"""A real browser against a real server. What a page says on its console fails the test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.domain import issue_sign_in_link
from accounts.models import User
from proposals.examples import set_up_demonstration
from tests import chromium
from tests.attempts import forget_attempts

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
    """A tab. It must stay silent: no errors, no violations of the policy, no request to another host."""
    page = context.new_page()
    complaints: list[str] = []
    host = urlsplit(live_server.url).netloc
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if urlsplit(asked.url).netloc != host else None)
    yield page
    assert complaints == []


@pytest.fixture
def signed_in(page: Page, link: str) -> Page:
    """The mediator's tab, at home."""
    page.goto(link)
    return page


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0]['any']}" for each in found]
