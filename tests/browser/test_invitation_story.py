"""From the invitation to the first look at a proposal, in a real browser with two people."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.attempts import forget_attempts

PASSWORD = "seven quiet rivers meet here"


@pytest.fixture(autouse=True)
def _as_on_ones_own_machine(settings: Any, tmp_path: Path) -> None:
    """Letters go into a folder; nobody has tried to guess anything."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "accounts.mail_folder.FolderBackend", tmp_path / "mail"
    forget_attempts()


def invite(owner: Page, email: str, role: str) -> None:
    """The owner sends an invitation from the page of the workspace."""
    owner.get_by_role("link", name="Demonstration workspace").first.click()
    owner.get_by_label("E-mail address").fill(email)
    owner.get_by_label("Role", exact=True).select_option(label=role)
    owner.get_by_role("button", name="Send the invitation").click()
    expect(owner.get_by_text(f"on its way to {email}")).to_be_visible()


def test_an_invited_observer_comes_in_and_sees_no_confidential_part(
    signed_in: Page, browser: Browser, live_server: LiveServer
) -> None:
    invite(signed_in, "noor@example.org", "Observer")
    signed_in.goto(f"{live_server.url}/mail/")
    address = signed_in.get_by_role("link", name=re.compile("invitations")).first.get_attribute("href") or ""
    context = browser.new_context()
    noor = context.new_page()
    noor.goto(address)
    noor.get_by_role("link", name="Make an account").click()
    noor.get_by_label("Name").fill("Noor")
    noor.get_by_label("Password", exact=True).fill(PASSWORD)
    noor.get_by_role("button", name="Make the account").click()
    expect(noor.get_by_role("heading", name="Good to see you, Noor")).to_be_visible()
    noor.locator(".listing a").first.click()
    expect(noor.get_by_text("without its confidential diagnosis and notes")).to_be_visible()
    expect(noor.get_by_role("button", name="Make a PDF")).to_have_count(0)
    context.close()
    signed_in.goto(f"{live_server.url}/workspace/audit/")
    expect(signed_in.get_by_text("Noor joined as observer")).to_be_visible()


def test_the_owner_opens_the_confidential_parts_to_observers(signed_in: Page) -> None:
    signed_in.locator(".listing a").first.click()
    proposal = signed_in.url
    signed_in.locator("details.menu > summary", has_text="More").click()
    signed_in.get_by_role("link", name="Who may read the confidential parts").click()
    signed_in.get_by_label("Observer").check()
    signed_in.get_by_role("button", name="Save").click()
    signed_in.locator(".top details.menu > summary").click()
    signed_in.get_by_role("button", name="Observer").click()
    expect(signed_in.get_by_role("heading", name="Good to see you, Observer")).to_be_visible()
    signed_in.goto(proposal)
    expect(signed_in.get_by_role("heading", name="Diagnosis")).to_be_visible()
    expect(signed_in.get_by_text("without its confidential diagnosis and notes")).to_have_count(0)
