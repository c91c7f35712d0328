"""The form of a case in the browser: nothing that was typed is lost, and the schema alone says what is right."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from cases.domain import load_library
from cases.editing import drafts
from cases.models import Case, CaseVersion
from cases.schema import case_files
from tests.cases.conftest import NUBA
from tests.cases.editing.sent import form_on
from tests.personas import Person

pytestmark = pytest.mark.django_db
EDIT = "/cases/editing/cases/nuba-mountains-2002/"


def sent(person: Person, address: str = EDIT, **changes: Any) -> Any:
    """The answer to the form as the page shows it, with some fields changed."""
    form = form_on(person.client.get(address)) | changes
    return person.client.post(address, form)


@pytest.mark.parametrize("slug", list(case_files()))
def test_a_form_that_nobody_touched_says_exactly_what_is_published(slug: str, editor: Person, db: None) -> None:
    load_library({slug: case_files()[slug]})
    address = reverse("cases:edit", args=[slug])
    assert sent(editor, address, do="save").status_code == 302
    assert not CaseVersion.objects.drafts().exists()


def test_a_save_makes_a_draft_that_readers_do_not_see(nuba: str, editor: Person, mediator: Person) -> None:
    answer = sent(editor, title="Zanzibar", do="save")
    assert answer.status_code == 302
    assert CaseVersion.objects.drafts().get().document["title"] == "Zanzibar"
    assert b"Zanzibar" not in mediator.client.get("/cases/").content
    assert b"Zanzibar" not in mediator.client.get(f"/cases/{NUBA}/").content


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(nuba: str, editor: Person) -> None:
    wrong = {
        "lat": "north",
        "years": "2005-2002",
        "measures-0-year": "soon",
        "lessons-0-why": "",
        "links-0-text": "javascript:x",
    }
    page = sent(editor, do="review", **wrong)
    assert page.status_code == 422
    text = page.content.decode()
    for words in (
        "“north” is no number",
        "The last year is before the first one.",
        "“soon” is no whole number.",
        "Fill this in.",
        "“javascript:x” is no address that begins with https:// or http://.",
        'href="#id_measures-0-year"',
        'id="id_measures-0-year"',
    ):
        assert words in text
    kept = form_on(page)
    assert {name: kept[name] for name in wrong} == {name: [value] for name, value in wrong.items()}
    assert CaseVersion.objects.drafts().get().document["lat"] == "north"


@pytest.mark.parametrize(
    ("deed", "titles"),
    [
        ("measures:add", ["A", "B", "C", ""]),
        ("measures:remove:1", ["A", "C"]),
        ("measures:up:2", ["A", "C", "B"]),
        ("measures:down:0", ["B", "A", "C"]),
        ("measures:up:0", ["A", "B", "C"]),
        ("measures:down:9", ["A", "B", "C"]),
        ("nothing:add", ["A", "B", "C"]),
    ],
)
def test_parts_are_added_removed_and_moved_without_scripts_and_nothing_is_saved(
    nuba: str, editor: Person, deed: str, titles: list[str]
) -> None:
    form = form_on(editor.client.get(EDIT))
    while int(form["measures-count"][0]) > 3:
        last = int(form["measures-count"][0]) - 1
        form = form_on(editor.client.post(EDIT, form | {"do": f"measures:remove:{last}"}))
    form |= {f"measures-{n}-title": [letter] for n, letter in enumerate("ABC")} | {"title": ["Typed"]}
    page = editor.client.post(EDIT, form | {"do": deed})
    assert page.status_code == 200
    now = form_on(page)
    assert [now[f"measures-{n}-title"][0] for n in range(int(now["measures-count"][0]))] == titles
    assert now["title"] == ["Typed"]
    assert not CaseVersion.objects.drafts().exists()


def test_a_part_takes_its_marks_along_when_it_moves(nuba: str, editor: Person) -> None:
    form = form_on(editor.client.get(EDIT))
    now = form_on(editor.client.post(EDIT, form | {"do": "measures:down:0"}))
    for name in ("sectors", "actor_levels", "phases", "verification_method", "year"):
        assert now[f"measures-1-{name}"] == form[f"measures-0-{name}"]


def test_two_editors_see_both_texts_and_lose_none(nuba: str, editor: Person, second_editor: Person) -> None:
    mine = form_on(editor.client.get(EDIT))
    sent(second_editor, title="Theirs", do="save")
    page = editor.client.post(EDIT, mine | {"title": "Mine", "do": "save"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "Theirs" in text
    assert "Second" in text
    assert form_on(page)["title"] == ["Mine"]
    assert CaseVersion.objects.drafts().get().document["title"] == "Theirs"
    assert editor.client.post(EDIT, form_on(page) | {"do": "save"}).status_code == 302
    assert CaseVersion.objects.drafts().get().document["title"] == "Mine"


def test_moving_a_part_does_not_hide_that_somebody_saved(nuba: str, editor: Person, second_editor: Person) -> None:
    mine = form_on(editor.client.get(EDIT))
    sent(second_editor, title="Theirs", do="save")
    moved = form_on(editor.client.post(EDIT, mine | {"do": "measures:down:0"}))
    assert editor.client.post(EDIT, moved | {"do": "save"}).status_code == 409


def test_a_new_case_gets_its_address_from_its_title(editor: Person) -> None:
    address = reverse("cases:new")
    assert sent(editor, address, title="", do="save").status_code == 422
    answer = sent(editor, address, title="Åland: Islands (1921)", do="save")
    assert answer["Location"] == reverse("cases:edit", args=["aland-islands-1921"])
    assert not Case.objects.exists()
    again = sent(editor, address, title="Åland: Islands (1921)", do="save")
    assert "is taken" in again.content.decode()
    assert form_on(again)["title"] == ["Åland: Islands (1921)"]


def test_control_characters_and_strange_counts_do_no_harm(nuba: str, editor: Person) -> None:
    form = form_on(editor.client.get(EDIT))
    answer = editor.client.post(EDIT, form | {"title": "A\x00\x07B", "notes-count": "999999999", "do": "save"})
    assert answer.status_code == 302
    assert CaseVersion.objects.drafts().get().document["title"] == "AB"
    answer = editor.client.post(EDIT, form | {"measures-count": "-1", "seen": "x", "do": "save"})
    assert answer.status_code == 409


def test_the_form_shows_the_open_suggestions_of_its_case(nuba: str, editor: Person, mediator: Person) -> None:
    mediator.client.post(f"/cases/{NUBA}/correction/", {"part": "facts", "wrong": "The year is another"})
    assert "The year is another" in editor.client.get(EDIT).content.decode()


@pytest.mark.parametrize("measures", [1, 3])
def test_queries_do_not_grow_with_the_case(  # type: ignore[no-untyped-def]
    measures: int, nuba: str, editor: Person, django_assert_num_queries
) -> None:
    now = drafts.standing(NUBA)
    assert now is not None
    document = {**now.document, "measures": now.document["measures"][:measures]}
    drafts.save(NUBA, document, by=editor.user, seen=drafts.stamp(now))  # type: ignore[arg-type]
    editor.client.get(EDIT)
    # Session, person, memberships, editor, versions, suggestions, who saved; the other four: transaction and walls.
    with django_assert_num_queries(12):
        editor.client.get(EDIT)
