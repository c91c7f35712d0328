"""Writing in the builder: fields save themselves, and no word is lost, whatever happens to server, session or connection."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.domain import issue_sign_in_link
from accounts.models import Membership, User
from assessments.package.addresses import value_at
from proposals.drafting.domain import draft_of
from proposals.examples import open_worked_example
from proposals.models import Proposal, Revision
from tests.attempts import forget_attempts
from tests.browser.conftest import wait_for_transactions

TITLE = "/measures/m1/title"
DESCRIPTION = "/measures/m1/description"
MILLISECONDS_TO_SAVE = 300
SECONDS_TO_WAIT = 10


@pytest.fixture
def proposal(demonstration: User) -> Proposal:
    workspace = Membership.objects.filter(user=demonstration)[0].workspace
    return open_worked_example(workspace, by=demonstration).proposal


@pytest.fixture
def measure(signed_in: Page, proposal: Proposal, live_server: LiveServer) -> Page:
    """The page of the first measure."""
    signed_in.goto(f"{live_server.url}/proposals/{proposal.pk}/draft/measures/m1/")
    return signed_in


@pytest.fixture
def loud(browser: Browser, link: str, proposal: Proposal, live_server: LiveServer) -> Iterator[Page]:
    """The same page in a tab whose console may complain: of a connection that is lost, say."""
    context = browser.new_context(viewport={"width": 1360, "height": 1000})
    page = context.new_page()
    page.goto(link)
    page.goto(f"{live_server.url}/proposals/{proposal.pk}/draft/measures/m1/")
    yield page
    context.close()
    wait_for_transactions()


def field(page: Page, address: str) -> Locator:
    return page.locator(f"[name='{address}']")


def saved(page: Page) -> None:
    expect(page.locator("#builder-state")).to_have_attribute("data-state", "Saved")


def eventually(page: Page, is_so: Callable[[], bool]) -> None:
    """Waits until something holds that no page shows."""
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while not is_so() and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert is_so()


def stored(proposal: Proposal, address: str) -> Any:
    newest = proposal.revisions.first()
    assert newest is not None
    return value_at(draft_of(newest), address, None)


def test_a_field_saves_itself_when_it_is_left(measure: Page, proposal: Proposal) -> None:
    sent: list[float] = []
    measure.on("request", lambda asked: sent.append(time.monotonic()) if asked.url.endswith("/save/") else None)
    field(measure, DESCRIPTION).fill("Both sides open the roads.")
    expect(measure.locator("#builder-state")).to_have_text("… Not saved yet")
    left = time.monotonic()
    measure.keyboard.press("Tab")
    saved(measure)
    assert 1000 * (sent[0] - left) < MILLISECONDS_TO_SAVE
    assert stored(proposal, DESCRIPTION) == "Both sides open the roads."
    assert measure.evaluate("localStorage.length") == 0


def test_the_advice_follows_every_save(measure: Page) -> None:
    clause = measure.locator("[data-rows='/measures/m1/commitments'] textarea").first
    clause.fill("The parties shall refrain from hostile acts as appropriate.")
    measure.keyboard.press("Tab")
    expect(measure.locator("#pane").get_by_text("as appropriate").first).to_be_visible()


def test_chips_save_at_once_and_survive_loading_the_page_anew(measure: Page, proposal: Proposal) -> None:
    measure.locator("label.bf-chip", has=measure.locator("[name='/measures/m1/sectors'][value=political]")).click()
    saved(measure)
    eventually(measure, lambda: "political" in stored(proposal, "/measures/m1/sectors"))
    measure.reload()
    expect(measure.locator("[name='/measures/m1/sectors'][value=political]")).to_be_checked()


def test_what_cannot_be_read_is_kept_and_told_at_its_field(measure: Page, proposal: Proposal) -> None:
    measure.locator("summary", has_text="Effort").click()
    field(measure, "/measures/m1/steps").fill("a few")
    measure.keyboard.press("Tab")
    told = measure.locator("#f__measures__m1__steps__told")
    expect(told).to_contain_text("number")
    assert stored(proposal, "/measures/m1/steps") == "a few"
    field(measure, "/measures/m1/steps").fill("3")
    measure.keyboard.press("Tab")
    expect(told).to_be_empty()
    assert stored(proposal, "/measures/m1/steps") == 3


def test_rows_are_added_undone_and_done_again(measure: Page) -> None:
    rows = measure.locator("[data-rows='/measures/m1/commitments'] > [data-row]")
    expect(rows).to_have_count(2)
    measure.get_by_role("button", name="Add a clause").click()
    expect(rows).to_have_count(3)
    expect(rows.nth(2).locator("textarea").first).to_be_focused()
    measure.keyboard.type("A third clause")
    measure.keyboard.press("Tab")
    saved(measure)
    measure.get_by_role("button", name="Undo").click()
    expect(rows.nth(2).locator("textarea").first).to_have_value("")
    measure.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(2)
    measure.get_by_role("button", name="Redo").click()
    expect(rows).to_have_count(3)
    measure.get_by_role("button", name="Redo").click()
    expect(rows.nth(2).locator("textarea").first).to_have_value("A third clause")


def test_rows_are_moved_by_dragging_and_by_keyboard(measure: Page, proposal: Proposal, live_server: LiveServer) -> None:
    measure.goto(f"{live_server.url}/proposals/{proposal.pk}/draft/measures/")
    cards = measure.locator("[data-rows='/measures'] > [data-row]")
    first = cards.first.get_attribute("data-row")
    cards.first.locator("[data-grip]").drag_to(cards.nth(2), target_position={"x": 30, "y": 60})
    expect(cards.nth(0)).not_to_have_attribute("data-row", first or "")

    def order() -> list[str]:
        return [row["id"] for row in stored(proposal, "/measures")]

    eventually(measure, lambda: order() != ["m1", "m2", "m3", "m4"])
    moved = order()
    measure.locator(f"button[name=do][value='up {first}']").press("Enter")
    eventually(measure, lambda: order().index("m1") == moved.index("m1") - 1)


def test_a_link_waits_for_the_save(measure: Page, proposal: Proposal) -> None:
    field(measure, DESCRIPTION).fill("Typed on the way out")
    measure.get_by_role("link", name="Diagnosis").first.click()
    measure.wait_for_url("**/draft/diagnosis/")
    assert stored(proposal, DESCRIPTION) == "Typed on the way out"
    expect(measure.locator("#builder-kept")).to_be_hidden()


def test_a_closed_tab_loses_nothing(measure: Page, proposal: Proposal, context: BrowserContext) -> None:
    field(measure, DESCRIPTION).fill("Typed before the tab was closed")
    measure.wait_for_timeout(300)
    again = context.new_page()
    address = measure.url
    measure.close(run_before_unload=True)
    again.goto(address)
    expect(field(again, DESCRIPTION)).to_have_value("Typed before the tab was closed")
    saved(again)
    again.reload()
    assert stored(proposal, DESCRIPTION) == "Typed before the tab was closed"
    again.close()


def test_text_typed_without_a_connection_is_saved_when_it_is_back(loud: Page, proposal: Proposal) -> None:
    loud.context.set_offline(True)
    field(loud, DESCRIPTION).fill("Typed on a bad line")
    loud.keyboard.press("Tab")
    expect(loud.locator("#builder-state")).to_contain_text("No connection")
    field(loud, TITLE).fill("And another title")
    loud.keyboard.press("Tab")
    loud.context.set_offline(False)
    saved(loud)
    assert stored(proposal, DESCRIPTION) == "Typed on a bad line"
    assert stored(proposal, TITLE) == "And another title"


def test_a_server_that_dies_in_the_middle_loses_nothing(loud: Page, proposal: Proposal) -> None:
    """The connection is cut while the answer is under way, and the browser crashes before the server is back."""

    def cut(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    loud.route("**/draft/save/", cut)
    field(loud, TITLE).fill("Saved, but the answer got lost")
    loud.keyboard.press("Tab")
    expect(loud.locator("#builder-state")).to_contain_text("No connection")
    loud.unroute("**/draft/save/")
    loud.route("**/draft/save/", lambda route: route.abort("connectionrefused"))
    field(loud, DESCRIPTION).fill("Typed while the server was down")
    loud.keyboard.press("Tab")
    expect(loud.locator("#builder-state")).to_contain_text("No connection")
    address = loud.url
    crashed = loud
    again = crashed.context.new_page()
    again.goto(address)
    expect(again.locator("#builder-kept")).to_contain_text("Typed while the server was down")
    again.get_by_role("button", name="Put it back and save it").click()
    eventually(again, lambda: stored(proposal, DESCRIPTION) == "Typed while the server was down")
    saved(again)
    expect(again.locator("#builder-kept")).to_be_hidden()
    assert stored(proposal, TITLE) == "Saved, but the answer got lost"


def test_an_expired_session_offers_the_text_back(loud: Page, proposal: Proposal, demonstration: User) -> None:
    Session.objects.all().delete()
    field(loud, DESCRIPTION).fill("Typed after the session had expired")
    loud.keyboard.press("Tab")
    expect(loud.get_by_role("alert").get_by_role("link", name="Sign in")).to_be_visible()
    assert stored(proposal, DESCRIPTION) != "Typed after the session had expired"
    address, origin = loud.url, loud.url.partition("/proposals")[0]
    forget_attempts()
    loud.goto(f"{origin}/sign-in/{issue_sign_in_link(demonstration)}/")
    loud.goto(address)
    expect(loud.locator("#builder-kept")).to_contain_text("Typed after the session had expired")
    loud.get_by_role("button", name="Put it back and save it").click()
    eventually(loud, lambda: stored(proposal, DESCRIPTION) == "Typed after the session had expired")
    saved(loud)


def test_a_field_of_boxes_and_words_comes_back_as_it_was(loud: Page, proposal: Proposal) -> None:
    who = loud.locator("[data-rows='/measures/m1/commitments'] > [data-row]").first.locator("[name$='/who']")
    at = who.first.get_attribute("name") or ""
    boxes, words = loud.locator(f"[type=checkbox][name='{at}']"), loud.locator(f"[type=text][name='{at}']")
    loud.route("**/draft/save/", lambda route: route.abort())
    words.fill("The elders of the valley")
    loud.keyboard.press("Tab")
    expect(loud.locator("#builder-state")).to_contain_text("No connection")
    ticked = boxes.evaluate_all("all => all.map(box => box.checked)")
    assert True in ticked
    loud.unroute("**/draft/save/")
    loud.reload()
    loud.get_by_role("button", name="Put it back and save it").click()
    saved(loud)
    expect(words).to_have_value("The elders of the valley")
    assert boxes.evaluate_all("all => all.map(box => box.checked)") == ticked
    eventually(loud, lambda: "The elders of the valley" in stored(proposal, at))


def test_text_that_is_offered_can_be_discarded(loud: Page, proposal: Proposal) -> None:
    loud.route("**/draft/save/", lambda route: route.abort())
    field(loud, DESCRIPTION).fill("Not worth keeping")
    loud.keyboard.press("Tab")
    expect(loud.locator("#builder-state")).to_contain_text("No connection")
    loud.unroute("**/draft/save/")
    loud.evaluate("window.onpagehide = null")
    loud.reload()
    loud.get_by_role("button", name="Discard it").click()
    loud.reload()
    expect(loud.locator("#builder-kept")).to_be_hidden()
    assert stored(proposal, DESCRIPTION) != "Not worth keeping"


@pytest.fixture
def amina(browser: Browser, measure: Page, proposal: Proposal, live_server: LiveServer) -> Iterator[Page]:
    """A second person, in a browser of their own, on the same measure."""
    person = User.objects.create_user("amina@example.org", name="Amina")
    Membership.objects.create(user=person, workspace=proposal.workspace, role=Membership.Role.DRAFTER)
    forget_attempts()
    context = browser.new_context(viewport={"width": 1360, "height": 1000})
    page = context.new_page()
    page.goto(f"{live_server.url}/sign-in/{issue_sign_in_link(person)}/")
    page.goto(measure.url)
    yield page
    context.close()
    wait_for_transactions()


def test_two_people_see_each_other_and_write_in_different_fields(
    measure: Page, amina: Page, proposal: Proposal
) -> None:
    measure.reload()
    expect(measure.locator("#builder-presence")).to_have_text("Amina is in Measures")
    field(amina, TITLE).fill("Her title")
    amina.keyboard.press("Tab")
    saved(amina)
    field(measure, DESCRIPTION).fill("His description")
    measure.keyboard.press("Tab")
    expect(field(measure, TITLE)).to_have_value("Her title")
    assert (stored(proposal, TITLE), stored(proposal, DESCRIPTION)) == ("Her title", "His description")


def test_a_button_overwrites_nothing_that_somebody_wrote_while_a_field_was_being_typed_in(
    measure: Page, amina: Page, proposal: Proposal
) -> None:
    field(measure, TITLE).press_sequentially(" his")
    field(amina, TITLE).fill("Her title")
    amina.keyboard.press("Tab")
    saved(amina)
    measure.locator("label.bf-chip", has=measure.locator("[name='/measures/m1/sectors'][value=political]")).click()
    measure.get_by_role("button", name="Add a clause").click()
    expect(measure.locator(f"[data-dispute='{TITLE}']").first).to_contain_text("Her title")
    assert stored(proposal, TITLE) == "Her title"


@pytest.mark.parametrize(("choice", "result"), [("Keep mine", "His title"), ("Take theirs", "Her title")])
def test_two_people_in_one_field_choose_side_by_side(
    measure: Page, amina: Page, proposal: Proposal, choice: str, result: str
) -> None:
    field(amina, TITLE).fill("Her title")
    amina.keyboard.press("Tab")
    saved(amina)
    field(measure, TITLE).fill("His title")
    measure.keyboard.press("Tab")
    dispute = measure.locator(f"[data-dispute='{TITLE}']")
    expect(dispute).to_contain_text("Amina changed this too")
    expect(dispute).to_contain_text("Her title")
    expect(dispute).to_contain_text("His title")
    assert stored(proposal, TITLE) == "Her title"
    field(measure, DESCRIPTION).fill("Saved meanwhile")
    measure.keyboard.press("Tab")
    expect(dispute).to_be_visible()
    dispute.get_by_role("button", name=choice).click()
    expect(dispute).to_be_hidden()
    eventually(measure, lambda: stored(proposal, TITLE) == result)
    saved(measure)
    expect(field(measure, TITLE)).to_have_value(result)
    assert stored(proposal, DESCRIPTION) == "Saved meanwhile"


def test_a_measure_that_somebody_writes_in_is_not_removed_unseen(
    measure: Page, amina: Page, proposal: Proposal, live_server: LiveServer
) -> None:
    measure.goto(f"{live_server.url}/proposals/{proposal.pk}/draft/measures/")
    field(amina, DESCRIPTION).fill("She is at it")
    amina.keyboard.press("Tab")
    saved(amina)
    measure.locator("button[value='remove /measures/m1']").click()
    expect(measure.get_by_role("alert")).to_contain_text("Amina changed this at")
    assert stored(proposal, DESCRIPTION) == "She is at it"
    measure.locator("button[value='remove /measures/m1']").click()
    expect(measure.locator("[data-row='/measures/m1']")).to_have_count(0)
    measure.get_by_role("button", name="Undo").click()
    expect(measure.locator("[data-row='/measures/m1']")).to_have_count(1)
    assert stored(proposal, DESCRIPTION) == "She is at it"


@pytest.mark.usefixtures("transactional_db")
def test_without_scripts_a_button_saves_and_two_texts_stand_side_by_side(
    browser: Browser, link: str, proposal: Proposal, live_server: LiveServer
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(link)
    page.goto(f"{live_server.url}/proposals/{proposal.pk}/draft/measures/m1/")
    other = context.new_page()
    other.goto(page.url)
    field(page, TITLE).fill("First")
    page.get_by_role("button", name="Save").first.click()
    expect(field(page, TITLE)).to_have_value("First")
    field(other, TITLE).fill("Second")
    field(other, DESCRIPTION).fill("Only here")
    other.get_by_role("button", name="Save").first.click()
    expect(other.get_by_role("alert")).to_contain_text("Somebody else changed the same place")
    expect(other.get_by_role("alert")).to_contain_text("First")
    expect(field(other, TITLE)).to_have_value("Second")
    assert (stored(proposal, TITLE), stored(proposal, DESCRIPTION)) == ("First", "Only here")
    other.get_by_role("button", name="Save").first.click()
    assert stored(proposal, TITLE) == "Second"
    page.get_by_role("button", name="Add a clause").click()
    expect(page.locator("[data-rows='/measures/m1/commitments'] > [data-row]")).to_have_count(3)
    context.close()
    wait_for_transactions()


def test_writing_for_a_minute_makes_one_revision(measure: Page, proposal: Proposal) -> None:
    for words in ("One", "Two", "Three", "Four"):
        field(measure, DESCRIPTION).fill(words)
        measure.keyboard.press("Tab")
        saved(measure)
    assert Revision.objects.filter(proposal=proposal).count() == 2
