"""A mediator who never saw the builder drafts a package of three measures in it, and sees the advice change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from assessments.package.addresses import value_at
from cases.domain import load_library
from cases.schema import case_files
from proposals.drafting.domain import draft_of
from proposals.models import Proposal
from tests.browser.conftest import violations, wait_for_transactions

MEASURES = ("Open four roads to relief convoys", "Exchange of mine maps", "A weekly call of the two commanders")
SMALL_PHONE = 360
MOST_TABS = 250


def step(page: Page, name: str) -> None:
    link = page.locator("#builder-steps").get_by_role("link", name=name)
    if not link.is_visible():
        page.locator(".builder-bar").get_by_role("link", name="Steps").click()
    link.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def leave(page: Page) -> None:
    """Leaves the field, and waits until it is saved."""
    page.keyboard.press("Tab")
    expect(page.locator("#builder-state")).to_have_attribute("data-state", "Saved")


def chip(page: Page, at: str, value: str) -> Locator:
    return page.locator("label.bf-chip", has=page.locator(f"[name='{at}'][value='{value}']"))


def unfold(page: Page, section: str) -> None:
    page.locator("summary", has_text=section).first.click()


def draft_a_package(page: Page) -> None:
    """The whole journey, from home to the advice."""
    page.get_by_role("link", name="Start a package").first.click()
    page.get_by_label("Title of the package").fill("A local truce for relief")
    page.get_by_label("One party").fill("Government")
    page.get_by_label("Another party").fill("Movement")
    page.get_by_label("Phase").select_option("pre_negotiation")
    page.get_by_role("button", name="Start blank").click()

    expect(page.get_by_role("heading", level=1, name="Conflict and parties")).to_be_visible()
    expect(page.locator("#pane")).to_contain_text("Tailor-made")
    page.locator("[name='/conflict/name']").fill("The northern hills")
    leave(page)
    page.locator("[name='/conflict/type']").select_option("intra_state")

    step(page, "Diagnosis")
    chip(page, "/diagnosis/trust_deficit", "3").click()
    step(page, "Purpose and process")
    page.locator("textarea[name='/context/purpose_statement']").fill(
        "Relief reaches the hills, and both sides learn to talk."
    )
    leave(page)
    for number, title in enumerate(MEASURES, 1):
        add_measure(page, number, title)
    step(page, "Sequence")
    page.locator("[name='/measures/m1/start']").fill("2027-01-15")
    leave(page)
    step(page, "Advice")
    expect(page.locator("#builder-form")).to_contain_text("Ten guidelines")


def add_measure(page: Page, number: int, title: str) -> None:
    at = f"/measures/m{number}"
    step(page, "Measures")
    page.get_by_role("button", name="Add a measure").click()
    page.wait_for_url(f"**/draft/measures/m{number}/")
    page.locator(f"[name='{at}/title']").fill(title)
    leave(page)
    chip(page, f"{at}/sectors", "social_humanitarian_cultural").click()
    chip(page, f"{at}/actor_levels", "decision_makers").click()
    page.get_by_role("button", name="Add a clause").click()
    clause = page.locator(f"[data-rows='{at}/commitments'] > [data-row]").first
    expect(clause).to_be_visible()
    clause.locator("textarea").first.fill("Both sides open the roads as appropriate.")
    leave(page)
    expect(page.locator("#pane mark", has_text="appropriate").first).to_be_attached()
    clause.locator("textarea").first.fill("Both sides open roads A to D on map 2.")
    leave(page)
    expect(page.locator("#pane mark", has_text="appropriate")).to_have_count(0)


def drafted() -> Proposal:
    [proposal] = Proposal.objects.filter(title="A local truce for relief")
    newest = proposal.revisions.first()
    assert newest is not None
    draft = draft_of(newest)
    assert [measure["title"] for measure in draft["measures"]] == list(MEASURES)
    assert all(measure["sectors"] == ["social_humanitarian_cultural"] for measure in draft["measures"])
    assert value_at(draft, "/diagnosis/trust_deficit") == 3
    assert value_at(draft, "/measures/m1/start") == "2027-01-15"
    assert [party["name"] for party in draft["parties"]] == ["Government", "Movement"]
    return proposal


@pytest.fixture(autouse=True)
def _library(transactional_db: None) -> None:
    load_library({slug: case_files()[slug] for slug in ("nuba-mountains-2002",)})


def test_mediator_drafts_three_measures_and_sees_the_advice_change(signed_in: Page) -> None:
    draft_a_package(signed_in)
    proposal = drafted()
    signed_in.goto(signed_in.url.partition("/draft/")[0] + "/")
    expect(signed_in.get_by_role("link", name="Edit the draft")).to_be_visible()
    assert proposal.revisions.count() < 12


@pytest.fixture
def phone(browser: Browser, link: str, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": SMALL_PHONE, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(link)
    yield page
    context.close()
    wait_for_transactions()


def test_the_same_on_a_phone(phone: Page) -> None:
    draft_a_package(phone)
    drafted()
    for name in ("Conflict and parties", "Measures", "Sequence"):
        step(phone, name)
        assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until a control has the focus, as somebody does who has no pointer."""
    handle = wanted.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("control => control === document.activeElement", handle):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def test_a_measure_is_drafted_by_keyboard_alone(signed_in: Page, demonstration: User) -> None:
    page = signed_in
    tab_to(page, page.get_by_role("link", name="Start a package").first)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Title of the package"))
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Conflict and parties")).to_be_visible()
    tab_to(page, page.locator("#builder-steps").get_by_role("link", name="Measures"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Add a measure"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/draft/measures/m1/")
    tab_to(page, page.locator("[name='/measures/m1/title']"))
    page.keyboard.type("A hotline")
    tab_to(page, page.locator("[name='/measures/m1/sectors']").first)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Add a clause"))
    page.keyboard.press("Enter")
    clause = page.locator("[data-rows='/measures/m1/commitments'] textarea").first
    expect(clause).to_be_focused()
    page.keyboard.type("Both sides staff the line day and night.")
    leave(page)
    page.keyboard.press("Control+s")
    [proposal] = Proposal.objects.filter(title="By keyboard")
    newest = proposal.revisions.first()
    assert newest is not None
    [measure] = draft_of(newest)["measures"]
    assert (measure["title"], measure["sectors"]) == ("A hotline", ["political"])
    assert measure["commitments"][0]["text"] == "Both sides staff the line day and night."
    page.keyboard.press("Control+z")
    assert violations(page) == []
