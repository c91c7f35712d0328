"""Changes, publishing, preview, history; and the desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.domain import load_library
from cases.models import Case, CaseVersion
from cases.schema import case_files
from tests.cases.conftest import NUBA
from tests.cases.editing.sent import form_on
from tests.cases.editing.test_draft_views import EDIT, sent
from tests.personas import Person

pytestmark = pytest.mark.django_db
CHANGES = f"{EDIT}changes/"


def stamp_on(person: Person) -> str:
    page = person.client.get(CHANGES)
    return str(page.context["form"]["seen"].value())


def test_a_change_is_shown_word_by_word_and_published_with_a_sentence(
    nuba: str, editor: Person, mediator: Person
) -> None:
    before = case_files()[NUBA].outcome.worked
    sent(editor, outcome_worked=f"{before} Zanzibar.", do="review")
    page = editor.client.get(CHANGES).content.decode()
    assert "<ins> Zanzibar.</ins>" in page
    assert "<del>" not in page.split('class="small quiet difference-key"')[0]
    seen = stamp_on(editor)
    assert editor.client.post(CHANGES, {"seen": seen, "summary": ""}).status_code == 422
    answer = editor.client.post(CHANGES, {"seen": seen, "summary": "What worked, more fully"})
    assert answer["Location"] == f"/cases/{NUBA}/"
    assert "Zanzibar" in mediator.client.get("/cases/", {"words": "Zanzibar"}).content.decode()
    history = editor.client.get(f"{EDIT}history/?before=1&after=2").content.decode()
    assert "What worked, more fully" in history
    assert "<ins> Zanzibar.</ins>" in history


def test_a_draft_that_changed_since_is_not_published(nuba: str, editor: Person, second_editor: Person) -> None:
    sent(editor, title="One", do="save")
    seen = stamp_on(editor)
    sent(second_editor, title="Two", do="save")
    page = editor.client.post(CHANGES, {"seen": seen, "summary": "One"})
    assert page.status_code == 422
    assert "Somebody saved this draft" in page.content.decode()
    assert Case.objects.get().title == case_files()[NUBA].title


def test_an_incomplete_draft_says_what_is_lacking_and_offers_no_publishing(nuba: str, editor: Person) -> None:
    sent(editor, summary="", do="save")
    page = editor.client.get(CHANGES).content.decode()
    assert "Summary: Fill this in." in page
    assert 'name="summary"' not in page
    assert editor.client.post(CHANGES, {"seen": stamp_on(editor), "summary": "x"}).status_code == 422
    assert "Fill this in." in editor.client.get(f"{EDIT}2/").content.decode()


def test_a_preview_is_the_page_of_the_case(nuba: str, editor: Person) -> None:
    sent(editor, title="Zanzibar", do="save")
    page = editor.client.get(f"{EDIT}2/").content.decode()
    for words in ("Zanzibar", "Joint Military Commission", "Illustrates it well", "as its page would look"):
        assert words in page


def test_the_desk_shows_drafts_offers_and_suggestions(nuba: str, editor: Person, mediator: Person) -> None:
    sent(editor, title="Published here", do="save")
    editor.client.post(CHANGES, {"seen": stamp_on(editor), "summary": "A better title"})
    load_library({NUBA: case_files()[NUBA].model_copy(update={"title": "From the release"})})
    sent(editor, title="Under way", do="save")
    mediator.client.post(f"/cases/{NUBA}/correction/", {"part": "facts", "wrong": "The year is another"})
    page = editor.client.get(reverse("cases:desk")).content.decode()
    for words in ("Under way", "From the release", "The year is another", "A better title"):
        assert words in page


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_desk_do_not_grow(  # type: ignore[no-untyped-def]
    number: int, editor: Person, mediator: Person, django_assert_num_queries
) -> None:
    slugs = list(case_files())[:number]
    load_library({slug: case_files()[slug] for slug in slugs})
    for slug in slugs:
        sent(editor, reverse("cases:edit", args=[slug]), title="Other", do="save")
        mediator.client.post(f"/cases/{slug}/correction/", {"part": "facts", "wrong": "x"})
    editor.client.get(reverse("cases:desk"))
    # Session, person, memberships, editor, drafts, offers, suggestions, published, gone; four: transaction and
    # walls.
    with django_assert_num_queries(14):
        editor.client.get(reverse("cases:desk"))


def test_what_a_release_brought_is_taken_over_or_set_aside(nuba: str, editor: Person) -> None:
    sent(editor, title="Published here", do="save")
    editor.client.post(CHANGES, {"seen": stamp_on(editor), "summary": "A better title"})
    load_library({NUBA: case_files()[NUBA].model_copy(update={"title": "From the release"})})
    assert editor.client.post(f"{EDIT}3/restore/")["Location"] == CHANGES
    assert CaseVersion.objects.drafts().get().title == "From the release"
    editor.client.post(f"{EDIT}4/set-aside/")
    editor.client.post(f"{EDIT}3/set-aside/")
    assert not CaseVersion.objects.drafts().exists()
    assert not CaseVersion.objects.offered().exists()
    assert Case.objects.get().title == "Published here"


def test_a_case_is_taken_out_with_a_reason(nuba: str, editor: Person) -> None:
    address = f"{EDIT}withdraw/"
    form = form_on(editor.client.get(address), "")
    assert editor.client.post(address, form | {"because": ""}).status_code == 422
    seen = editor.client.get(address).context["form"]["seen"].value()
    assert editor.client.post(address, {"because": "Not a measure", "seen": seen}).status_code == 302
    assert editor.client.get(f"/cases/{NUBA}/").status_code == 404
    assert "Not a measure" in editor.client.get(f"{EDIT}history/").content.decode()
    assert f'href="{EDIT}history/"' in editor.client.get(reverse("cases:desk")).content.decode()


def test_only_editors_see_the_ways_in(nuba: str, editor: Person, mediator: Person) -> None:
    for address, words in (("/cases/", "Editors’ desk"), (f"/cases/{NUBA}/", "Edit this case")):
        assert words in editor.client.get(address).content.decode()
        assert words not in mediator.client.get(address).content.decode()
    assert "Suggest a correction" in mediator.client.get(f"/cases/{NUBA}/").content.decode()
