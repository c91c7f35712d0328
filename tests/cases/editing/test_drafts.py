"""What editors do with cases, and who may."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from pydantic import ValidationError

from accounts import walls
from accounts.models import AuditEntry, User
from cases.domain import load_library
from cases.editing import drafts
from cases.models import Case, CaseVersion, Edition
from cases.schema import case_files
from tests.cases.conftest import NUBA, editor_named
from tests.personas import Person

pytestmark = pytest.mark.django_db


def user_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def draft_of(person: Person, case: str = NUBA, **changes: object) -> CaseVersion:
    now = drafts.standing(case)
    assert now is not None
    return drafts.save(case, {**now.document, **changes}, by=user_of(person), seen=drafts.stamp(now))


def test_a_draft_is_found_by_nobody_until_it_is_published(nuba: str, editor: Person) -> None:
    stamp = Edition.objects.get().stamp
    draft = draft_of(editor, title="Zanzibar")
    assert not Case.objects.matching("Zanzibar").exists()
    assert Edition.objects.get().stamp == stamp
    drafts.publish(NUBA, by=user_of(editor), seen=drafts.stamp(draft), summary="Another title")
    assert [case.slug for case in Case.objects.matching("Zanzibar")] == [NUBA]
    assert Edition.objects.get().stamp != stamp


def test_only_editors_change_anything(nuba: str, owner: Person, editor: Person) -> None:
    draft = draft_of(editor, title="A")
    by, seen = user_of(owner), drafts.stamp(draft)
    attempts: list[Callable[[], object]] = [
        lambda: drafts.begin({"slug": "new"}, by=by),
        lambda: drafts.save(NUBA, draft.document, by=by, seen=seen),
        lambda: drafts.publish(NUBA, by=by, seen=seen, summary="x"),
        lambda: drafts.restore(draft, by=by),
        lambda: drafts.set_aside(draft, by=by),
        lambda: drafts.withdraw(NUBA, by=by, seen=seen, because="x"),
        lambda: drafts.import_drafts({}, by=by),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_save_on_a_newer_draft_is_refused_and_names_it(nuba: str, editor: Person, second_editor: Person) -> None:
    first = drafts.standing(NUBA)
    assert first is not None
    mine = {**first.document, "title": "Mine"}
    theirs = draft_of(second_editor, title="Theirs")
    with pytest.raises(drafts.StaleError) as stale:
        drafts.save(NUBA, mine, by=user_of(editor), seen=drafts.stamp(first))
    assert stale.value.now == theirs
    assert CaseVersion.objects.drafts().get().title == "Theirs"


def test_a_half_filled_draft_is_kept_and_not_published(nuba: str, editor: Person) -> None:
    draft = draft_of(editor, summary=None, lat="north")
    with pytest.raises(ValidationError):
        drafts.publish(NUBA, by=user_of(editor), seen=drafts.stamp(draft), summary="x")
    assert CaseVersion.objects.drafts().get().document["lat"] == "north"
    assert CaseVersion.objects.published().get().number == 1


def test_saving_what_is_published_makes_no_draft(nuba: str, editor: Person) -> None:
    assert draft_of(editor).state == "published"
    assert not CaseVersion.objects.drafts().exists()


def test_a_draft_that_says_what_is_published_is_not_published(nuba: str, editor: Person) -> None:
    draft_of(editor, title="Other")
    draft = draft_of(editor, title=case_files()[NUBA].title)
    with pytest.raises(drafts.UnchangedError):
        drafts.publish(NUBA, by=user_of(editor), seen=drafts.stamp(draft), summary="x")


def test_a_new_case_may_change_its_address_until_it_was_published(editor: Person) -> None:
    document = case_files()[NUBA].model_dump(mode="json")
    draft = drafts.begin({**document, "slug": "first-name"}, by=user_of(editor))
    draft = draft_of(editor, "first-name", slug="second-name")
    assert draft.slug == "second-name"
    drafts.publish("second-name", by=user_of(editor), seen=drafts.stamp(draft), summary="New")
    draft = draft_of(editor, "second-name", slug="third-name", title="Other")
    assert (draft.slug, draft.document["slug"]) == ("second-name", "second-name")


@pytest.mark.parametrize("slug", [NUBA, "editing"])
def test_a_new_case_takes_no_address_that_is_in_use(nuba: str, editor: Person, slug: str) -> None:
    with pytest.raises(drafts.SlugError):
        drafts.begin({"slug": slug}, by=user_of(editor))


def test_an_older_version_comes_back_as_a_draft_and_the_history_keeps_all(nuba: str, editor: Person) -> None:
    draft = draft_of(editor, title="Other")
    drafts.publish(NUBA, by=user_of(editor), seen=drafts.stamp(draft), summary="x")
    restored = drafts.restore(CaseVersion.objects.get(number=1), by=user_of(editor))
    assert (restored.number, restored.state, restored.based_on) == (3, "draft", 1)
    with pytest.raises(drafts.StaleError):
        drafts.restore(CaseVersion.objects.get(number=1), by=user_of(editor))
    drafts.publish(NUBA, by=user_of(editor), seen=drafts.stamp(restored), summary="Back")
    assert Case.objects.get().title == case_files()[NUBA].title
    assert CaseVersion.objects.published().get().follows_file, "It says again what the release says."


def test_a_published_offer_is_settled(nuba: str, editor: Person) -> None:
    draft = draft_of(editor, title="Other")
    drafts.publish(NUBA, by=user_of(editor), seen=drafts.stamp(draft), summary="x")
    load_library({NUBA: case_files()[NUBA].model_copy(update={"title": "Release"})})
    taken = drafts.restore(CaseVersion.objects.offered().get(), by=user_of(editor))
    drafts.publish(NUBA, by=user_of(editor), seen=drafts.stamp(taken), summary="As the release")
    assert not CaseVersion.objects.offered().exists()
    assert Case.objects.get().title == "Release"


def test_a_case_that_was_taken_out_is_gone_and_can_come_back(nuba: str, editor: Person) -> None:
    published = CaseVersion.objects.get()
    drafts.withdraw(NUBA, by=user_of(editor), seen=drafts.stamp(published), because="Not a measure")
    assert not Case.objects.exists()
    back = drafts.restore(CaseVersion.objects.get(), by=user_of(editor))
    drafts.publish(NUBA, by=user_of(editor), seen=drafts.stamp(back), summary="Back")
    assert Case.objects.get().slug == NUBA


def test_the_database_lets_a_case_have_one_draft_and_one_published_version(nuba: str, editor: Person) -> None:
    draft_of(editor, title="Other")
    for state in ("draft", "published"):
        copy = CaseVersion.objects.filter(state=state).get()
        copy.pk, copy.number, copy._state.adding = None, 99, True
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save()


def test_what_was_done_is_audited_without_contents(nuba: str, editor: Person) -> None:
    draft = draft_of(editor, title="Unmistakable")
    drafts.publish(NUBA, by=user_of(editor), seen=drafts.stamp(draft), summary="Unmistakable too")
    entries = list(AuditEntry.objects.filter(verb__startswith="cases.", actor=editor.user).order_by("pk"))
    assert [entry.verb for entry in entries] == ["cases.draft_begun", "cases.published"]
    assert [entry.details for entry in entries] == [{"case": NUBA, "version": 2}] * 2
    assert {entry.workspace_id for entry in entries} == {None}


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_who_publish_at_once_one_is_told() -> None:
    load_library({NUBA: case_files()[NUBA]})
    people = [editor_named("one"), editor_named("two")]
    draft = draft_of(people[0], title="Other")
    told: list[str] = []
    barrier = threading.Barrier(2)

    def publish(person: Person) -> None:
        try:
            with walls.lifted():
                barrier.wait(10)
                drafts.publish(NUBA, by=user_of(person), seen=drafts.stamp(draft), summary="x")
                told.append("published")
        except drafts.StaleError:
            told.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == ["published", "stale"]
    assert CaseVersion.objects.published().count() == 1
