"""A mediator finds cases, compares them, keeps them on a shelf and takes them along: by keyboard only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from cases.models import ShelvedCase
from cases.schema import case_files
from tests.running import eventually

NAME = """() => {
  const here = document.activeElement;
  const shown = (here.labels?.[0] ?? here).cloneNode(true);
  for (const sign of shown.querySelectorAll("[aria-hidden]")) sign.remove();
  const said = here.labels?.length ? shown.textContent : here.getAttribute("aria-label") ?? shown.textContent;
  return said.replace(/\\s+/g, " ").trim();
}"""
NUBA, OTHER = "nuba-mountains-2002", sorted(case_files())[0]


def tab_to(page: Page, name: str) -> str:
    """Presses Tab until what is called so, or begins so, has the focus; returns its whole name."""
    for _ in range(150):
        page.keyboard.press("Tab")
        said = str(page.evaluate(NAME))
        if said == name or (name.endswith(":") and said.startswith(name)):
            return said
    pytest.fail(f"{name} is not reached by keyboard")


def press(page: Page, name: str, key: str = "Enter") -> str:
    said = tab_to(page, name)
    page.keyboard.press(key)
    return said


def titles(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".shelved h2").all_text_contents()]


def choose_two(page: Page) -> list[str]:
    """The titles of the first two cases found, chosen for comparison."""
    return [press(page, "Compare:", "Space").removeprefix("Compare: ") for _ in range(2)]


@pytest.mark.usefixtures("library", "worker")
def test_find_compare_shelf_and_export_by_keyboard(signed_in: Page, live_server: LiveServer, tmp_path: Path) -> None:
    page = signed_in
    page.goto(f"{live_server.url}/cases/")
    tab_to(page, "Words")
    page.keyboard.type("ceasefire")
    page.keyboard.press("Enter")
    expect(page.locator(".chip", has_text="ceasefire")).to_be_visible()
    press(page, "Security", "Space")
    expect(page.locator(".chip", has_text="Security")).to_be_visible()
    first, second = choose_two(page)
    expect(page.locator("[data-tray]")).to_contain_text("Chosen: 2")
    press(page, "Compare")
    expect(page.get_by_role("columnheader", name=first)).to_be_visible()
    expect(page.get_by_role("columnheader", name=second)).to_be_visible()
    for number, title in enumerate((first, second), 1):
        press(page, f"Put on the shelf: {title}")
        expect(page.locator(".on-shelf")).to_have_count(number)
        assert page.evaluate(NAME) == f"Take off: {title}"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your shelf", level=1)).to_be_visible()
    assert titles(page) == [first, second]
    tab_to(page, f"Your note on {first}")
    page.keyboard.type("Ask the monitors how they shared the ")
    page.keyboard.press("Enter")
    page.keyboard.type("first reports.")
    page.keyboard.press("Tab")
    expect(page.locator(".note-saved")).to_be_visible()
    press(page, f"Move up: {second}")
    expect(page.locator(".shelved h2").first).to_have_text(second)
    assert page.evaluate(NAME) == f"Move up: {second}"
    expect(page.get_by_label(f"Your note on {first}")).to_have_value(re.compile("shared the \nfirst reports"))
    press(page, "Make a PDF")
    expect(page.get_by_role("link", name="Download · PDF")).to_be_visible(timeout=30_000)
    tab_to(page, "Download · PDF")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "shelf.pdf")
    assert (tmp_path / "shelf.pdf").read_bytes().startswith(b"%PDF-")
    press(page, "Back to the shelf")
    expect(page.get_by_role("heading", name="Your shelf", level=1)).to_be_visible()
    tab_to(page, "Download CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "shelf.csv")
    text = (tmp_path / "shelf.csv").read_text()
    assert text.startswith("\ufeff")
    assert "shared the \nfirst reports." in text
    assert text.index(second) < text.index(first)


@pytest.mark.usefixtures("library")
def test_chosen_cases_stay_chosen_while_the_list_changes(signed_in: Page, live_server: LiveServer) -> None:
    page = signed_in
    page.goto(f"{live_server.url}/cases/?words=ceasefire")
    first, _second = choose_two(page)
    page.goto(f"{live_server.url}/cases/?view=matrix")
    expect(page.locator("[data-tray]")).to_contain_text(first)
    page.goto(f"{live_server.url}/cases/?words=Nuba")
    page.get_by_label(re.compile("Compare.*Nuba")).check()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("table.compare")).to_have_attribute("data-cases", "3")
    page.go_back()
    page.get_by_role("button", name="Choose none").click()
    expect(page.get_by_label(re.compile("Compare.*Nuba"))).not_to_be_checked()


def keep(page: Page, live_server: LiveServer, slug: str) -> None:
    page.goto(f"{live_server.url}/cases/{slug}/")
    page.get_by_role("button", name="Put on the shelf").click()
    expect(page.locator(".on-shelf")).to_be_visible()


@pytest.mark.usefixtures("library")
def test_two_windows_do_not_overwrite_each_others_note(
    signed_in: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    keep(signed_in, live_server, NUBA)
    other = context.new_page()
    for page in (signed_in, other):
        page.goto(f"{live_server.url}/cases/shelf/")
    other.locator("textarea").fill("From the other window")
    other.keyboard.press("Tab")
    expect(other.locator(".note-saved")).to_be_visible()
    other.close()
    signed_in.locator("textarea").fill("Mine")
    signed_in.keyboard.press("Tab")
    expect(signed_in.locator(".note-conflict q")).to_have_text("From the other window")
    expect(signed_in.locator("textarea")).to_have_value("Mine")
    assert ShelvedCase.objects.get().note == "From the other window"
    signed_in.get_by_role("button", name="Keep mine").click()
    expect(signed_in.locator(".note-saved")).to_be_visible()
    assert ShelvedCase.objects.get().note == "Mine"


@pytest.mark.usefixtures("library")
def test_note_that_is_being_written_is_sent_along_when_the_page_is_left(
    signed_in: Page, live_server: LiveServer
) -> None:
    keep(signed_in, live_server, NUBA)
    signed_in.goto(f"{live_server.url}/cases/shelf/")
    signed_in.locator("textarea").press_sequentially("Half a th")
    expect(signed_in.get_by_text("Not saved yet")).to_be_visible()
    signed_in.goto(f"{live_server.url}/guidelines/")
    assert eventually(lambda: ShelvedCase.objects.get().note == "Half a th")


@pytest.mark.usefixtures("library")
def test_note_waits_in_its_field_when_the_server_does_not_answer(signed_in: Page, live_server: LiveServer) -> None:
    keep(signed_in, live_server, NUBA)
    signed_in.goto(f"{live_server.url}/cases/shelf/")
    signed_in.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    signed_in.locator("textarea").fill("Typed after the session ended")
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_text("Not saved: the server does not answer.")).to_be_visible()
    expect(signed_in.locator("textarea")).to_have_value("Typed after the session ended")


@pytest.mark.usefixtures("library")
def test_the_same_works_without_scripts(browser: Browser, link: str, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(link)
    page.goto(f"{live_server.url}/cases/?words=Nuba")
    page.get_by_role("button", name=re.compile("Put on the shelf.*Nuba")).click()
    expect(page).to_have_url(re.compile(rf"words=Nuba#case-{NUBA}$"))
    keep(page, live_server, OTHER)
    page.goto(f"{live_server.url}/cases/shelf/")
    page.locator("textarea").first.fill("Written without scripts")
    page.get_by_role("button", name="Save the note").first.click()
    expect(page.get_by_text("The note is saved.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Move down.*Nuba")).click()
    expect(page.locator(".shelved textarea").last).to_have_value("Written without scripts")
    page.get_by_role("button", name=re.compile("Take off.*Nuba")).click()
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".shelved textarea").last).to_have_value("Written without scripts")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Compare these").click()
    expect(page.locator("table.compare")).to_have_attribute("data-cases", "2")
    context.close()
