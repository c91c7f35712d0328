"""The shelf: order, notes that are never lost, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Workspace
from cases.domain import load_library
from cases.keeping import shelf
from cases.keeping.shelf import NoteChangedError, put_on_shelf, shelf_of, write_note
from cases.models import Case, ShelvedCase
from cases.schema import case_files
from cases.tasks import clear_shelves
from tests.personas import Person
from tests.reports.rows import user_of

pytestmark = pytest.mark.usefixtures("library")
SLUGS = sorted(case_files())[:3]
FIRST, SECOND, THIRD = SLUGS
HTMX = {"HX-Request": "true"}


@pytest.fixture
def shelved(library: None, mediator: Person, workspace: Workspace) -> list[ShelvedCase]:
    """Three cases on the mediator's shelf."""
    cases = Case.objects.in_bulk(SLUGS, field_name="slug")
    return [put_on_shelf(cases[slug], by=user_of(mediator), workspace=workspace) for slug in SLUGS]


def order(person: Person, workspace: Workspace) -> list[str]:
    return [each.shelved.slug for each in shelf_of(user_of(person), workspace)]


def now(slug: str) -> ShelvedCase:
    return ShelvedCase.objects.get(slug=slug)


def address(verb: str, slug: str) -> str:
    return f"/cases/shelf/{slug}/{verb}/"


def page(person: Person) -> str:
    return str(person.client.get("/cases/shelf/").content.decode())


def test_a_case_stands_once_on_a_shelf_the_newest_last(
    shelved: list[ShelvedCase], mediator: Person, workspace: Workspace
) -> None:
    again = put_on_shelf(Case.objects.get(slug=FIRST), by=user_of(mediator), workspace=workspace)
    assert again == shelved[0]
    assert order(mediator, workspace) == SLUGS


@pytest.mark.parametrize(
    ("slug", "step", "expected"),
    [
        (SECOND, "up", [SECOND, FIRST, THIRD]),
        (SECOND, "down", [FIRST, THIRD, SECOND]),
        (THIRD, "first", [THIRD, FIRST, SECOND]),
        (FIRST, "last", [SECOND, THIRD, FIRST]),
        (FIRST, "up", SLUGS),
        (THIRD, "down", SLUGS),
    ],
)
def test_a_case_moves_and_stays_at_the_ends(  # type: ignore[no-untyped-def]
    shelved, mediator: Person, workspace: Workspace, slug: str, step: shelf.Step, expected: list[str]
) -> None:
    mediator.client.post(address("move", slug), {"step": step})
    assert order(mediator, workspace) == expected


@pytest.mark.usefixtures("shelved")
def test_unknown_step_moves_nothing(mediator: Person, workspace: Workspace) -> None:
    assert mediator.client.post(address("move", SECOND), {"step": "sideways"}).status_code == 400
    assert order(mediator, workspace) == SLUGS


@pytest.mark.usefixtures("shelved")
def test_what_is_taken_off_comes_back_with_its_note_and_place(mediator: Person, workspace: Workspace) -> None:
    mediator.client.post(address("note", SECOND), {"note": "Ask the general", "read": "0"})
    answer = mediator.client.post(address("take-off", SECOND), {"from_shelf": "1"}, follow=True)
    assert "is off the shelf" in answer.content.decode()
    assert order(mediator, workspace) == [FIRST, THIRD]
    mediator.client.post(address("put-back", SECOND))
    assert order(mediator, workspace) == SLUGS
    assert "Ask the general" in page(mediator)


@pytest.mark.usefixtures("shelved")
def test_putting_it_there_again_brings_the_note_back_too(mediator: Person, workspace: Workspace) -> None:
    mediator.client.post(address("note", FIRST), {"note": "Ask the general", "read": "0"})
    mediator.client.post(address("take-off", FIRST))
    mediator.client.post(address("put", FIRST))
    assert order(mediator, workspace) == [SECOND, THIRD, FIRST]
    assert now(FIRST).note == "Ask the general"


@pytest.mark.usefixtures("shelved")
def test_what_was_taken_off_long_ago_goes_with_its_note(mediator: Person, workspace: Workspace) -> None:
    for slug in (FIRST, SECOND):
        mediator.client.post(address("take-off", slug))
    ShelvedCase.objects.filter(slug=FIRST).update(taken_off_at=timezone.now() - timedelta(days=8))
    clear_shelves()
    assert set(ShelvedCase.objects.values_list("slug", flat=True)) == {SECOND, THIRD}


@pytest.mark.usefixtures("shelved")
def test_note_is_saved_and_says_so(mediator: Person) -> None:
    fragment = mediator.client.post(address("note", FIRST), {"note": "One\r\nTwo", "read": "0"}, headers=HTMX)
    assert "Saved" in fragment.content.decode()
    assert 'value="1" hx-swap-oob' in fragment.content.decode()
    assert (now(FIRST).note, now(FIRST).note_number) == ("One\nTwo", 1)


def test_note_changed_in_another_window_is_not_overwritten(shelved: list[ShelvedCase], mediator: Person) -> None:
    person = user_of(mediator)
    write_note(shelved[0], "From the first window", read=0, by=person)
    with pytest.raises(NoteChangedError) as changed:
        write_note(shelved[0], "From the second", read=0, by=person)
    assert changed.value.shelved.note == "From the first window"
    assert now(FIRST).note == "From the first window"
    write_note(shelved[0], "Both", read=1, by=person)
    assert now(FIRST).note == "Both"


def test_the_same_text_twice_is_no_conflict(shelved: list[ShelvedCase], mediator: Person) -> None:
    for _ in range(2):
        write_note(shelved[0], "The same", read=0, by=user_of(mediator))
    assert now(FIRST).note_number == 1


@pytest.mark.usefixtures("shelved")
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_conflict_shows_both_texts_and_how_to_keep_mine(mediator: Person, headers: dict[str, str]) -> None:
    mediator.client.post(address("note", FIRST), {"note": "Theirs", "read": "0"})
    answer = mediator.client.post(address("note", FIRST), {"note": "Mine", "read": "0"}, headers=headers)
    assert answer.status_code == (200 if headers else 409)
    text = answer.content.decode()
    assert "Theirs" in text
    assert 'name="read" value="1"' in text
    if not headers:
        assert "Mine</textarea>" in text
    mediator.client.post(address("note", FIRST), {"note": "Mine", "read": ["0", "1"]})
    assert now(FIRST).note == "Mine"


@pytest.mark.usefixtures("shelved")
def test_note_that_is_too_long_is_given_back_whole(mediator: Person) -> None:
    answer = mediator.client.post(address("note", FIRST), {"note": "x" * 5001, "read": "0"})
    assert answer.status_code == 422
    assert "x" * 5001 in answer.content.decode()
    assert "at most 5000" in answer.content.decode()


@pytest.mark.usefixtures("shelved")
def test_case_that_leaves_the_library_stays_with_title_and_note(mediator: Person) -> None:
    mediator.client.post(address("note", FIRST), {"note": "Remember", "read": "0"})
    files = case_files()
    load_library({slug: file for slug, file in files.items() if slug != FIRST})
    shown = page(mediator)
    for words in ("The library no longer has this case", "Remember", files[FIRST].title.split(":")[0]):
        assert words in shown
    mediator.client.post(address("take-off", FIRST), {"from_shelf": "1"})
    assert mediator.client.post(address("put-back", FIRST)).status_code == 302
    assert now(FIRST).taken_off_at is None


def test_shelf_has_an_end(mediator: Person, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST", 1)
    mediator.client.post(address("put", FIRST))
    refused = mediator.client.post(address("put", SECOND), {"next": "/cases/"}, follow=True)
    assert "is full" in refused.content.decode()
    assert "is full" in mediator.client.post(address("put", SECOND), headers=HTMX).content.decode()
    assert order(mediator, workspace) == [FIRST]


@pytest.mark.parametrize(
    ("next_page", "leads_to"),
    [
        ("/cases/?words=truce#case-x", "/cases/?words=truce#case-x"),
        ("https://evil.example/", "/cases/shelf/"),
        ("//evil.example", "/cases/shelf/"),
        ("", "/cases/shelf/"),
    ],
)
def test_button_comes_back_to_where_it_was_pressed_and_nowhere_else(
    mediator: Person, next_page: str, leads_to: str
) -> None:
    answer = mediator.client.post(address("put", FIRST), {"next": next_page})
    assert answer.headers["Location"] == leads_to


def test_button_says_what_it_would_do(mediator: Person, participant: Person) -> None:
    for url in (f"/cases/{FIRST}/", "/cases/", f"/cases/compare/?case={FIRST}"):
        assert f'action="{address("put", FIRST)}"' in mediator.client.get(url).content.decode()
        assert "/put/" not in participant.client.get(url).content.decode()
    fragment = mediator.client.post(address("put", FIRST), {"next": "/cases/"}, headers=HTMX).content.decode()
    assert f'action="{address("take-off", FIRST)}"' in fragment
    assert "<html" not in fragment
    for url in (f"/cases/{FIRST}/", "/cases/", f"/cases/compare/?case={FIRST}"):
        assert f'action="{address("take-off", FIRST)}"' in mediator.client.get(url).content.decode()


@pytest.mark.usefixtures("shelved")
def test_nobody_else_sees_it(mediator: Person, owner: Person, outsider: Person, workspace: Workspace) -> None:
    mediator.client.post(address("note", FIRST), {"note": "Only mine", "read": "0"})
    for person in (owner, outsider):
        for url in ("/cases/shelf/", "/cases/shelf/shelf.csv", "/cases/shelf/shelf.json", f"/cases/{FIRST}/"):
            text = person.client.get(url).content.decode()
            assert "Only mine" not in text
            assert "On your shelf" not in text
    assert shelf_of(user_of(owner), workspace) == []


def test_two_workspaces_have_two_shelves(
    mediator: Person, workspace: Workspace, other_workspace: Workspace, shelved: list[ShelvedCase]
) -> None:
    assert shelf_of(user_of(mediator), other_workspace) == []
    with pytest.raises(PermissionDenied):
        put_on_shelf(Case.objects.get(slug=FIRST), by=user_of(mediator), workspace=other_workspace)


def test_empty_shelf_says_what_to_do(mediator: Person) -> None:
    assert "Nothing is on your shelf yet" in page(mediator)


def test_page_asks_as_little_for_three_as_for_one(mediator: Person) -> None:
    costs = []
    for slug in SLUGS:
        mediator.client.post(address("put", slug))
        with CaptureQueriesContext(connection) as queries:
            page(mediator)
        costs.append(len(queries))
    # Session, person, memberships, shelf, cases, measures, lessons, news; the other four are the transaction and its walls.
    assert costs == [12, 12, 12]


def test_texts_are_never_markup(mediator: Person) -> None:
    mediator.client.post(address("put", FIRST))
    mediator.client.post(address("note", FIRST), {"note": "</textarea><script>", "read": "0"})
    assert "<script>" not in page(mediator)
