"""Releases and editors: a load never takes away what editors published."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from cases import domain as domain_module
from cases.domain import load_library
from cases.editing import drafts
from cases.models import Case, CaseVersion, Edition
from cases.schema import CaseFile, case_files
from tests.cases.conftest import NUBA
from tests.personas import Person

pytestmark = pytest.mark.django_db


def titled(title: str) -> CaseFile:
    return case_files()[NUBA].model_copy(update={"title": title})


def publish(person: Person, title: str, slug: str = NUBA) -> CaseVersion:
    """An editor changes the title of a case and publishes that."""
    assert person.user is not None
    now = drafts.standing(slug)
    assert now is not None
    draft = drafts.save(slug, {**now.document, "title": title}, by=person.user, seen=drafts.stamp(now))
    return drafts.publish(slug, by=person.user, seen=drafts.stamp(draft), summary="Another title")


def state_of(slug: str = NUBA) -> list[tuple[int, str, bool]]:
    return [(each.number, each.state, each.follows_file) for each in CaseVersion.objects.of(slug)]


def test_a_case_that_nobody_edited_follows_its_file(nuba: str) -> None:
    changes = load_library({NUBA: titled("As the next release says")})
    assert (changes.updated, changes.parts) == ([NUBA], {NUBA: ["title"]})
    assert Case.objects.get().title == "As the next release says"
    assert state_of() == [(2, "published", True), (1, "superseded", True)]


def test_an_edited_case_stays_and_the_release_is_offered_once(nuba: str, editor: Person) -> None:
    publish(editor, "As the editors say")
    stamp = Edition.objects.get().stamp
    assert load_library({NUBA: case_files()[NUBA]}).kept == [NUBA]
    changes = load_library({NUBA: titled("As the next release says")})
    assert (changes.offered, changes.kept, changes.updated, changes.unchanged) == ([NUBA], [], [], 1)
    again = load_library({NUBA: titled("As the next release says")})
    assert (again.offered, again.kept) == ([], [NUBA])
    assert Case.objects.get().title == "As the editors say"
    assert Edition.objects.get().stamp == stamp
    assert state_of() == [(3, "offered", False), (2, "published", False), (1, "superseded", True)]


def test_a_newer_release_replaces_an_offer_that_nobody_took(nuba: str, editor: Person) -> None:
    publish(editor, "As the editors say")
    load_library({NUBA: titled("One")})
    load_library({NUBA: titled("Two")})
    assert [state for _n, state, _f in state_of()] == ["offered", "set_aside", "published", "superseded"]


def test_an_offer_that_was_set_aside_does_not_come_back(nuba: str, editor: Person) -> None:
    publish(editor, "As the editors say")
    load_library({NUBA: titled("As the next release says")})
    drafts.set_aside(CaseVersion.objects.offered().get(), by=editor.user)  # type: ignore[arg-type]
    assert load_library({NUBA: titled("As the next release says")}).kept == [NUBA]
    assert not CaseVersion.objects.offered().exists()


def test_what_came_home_into_the_release_follows_its_file_again(nuba: str, editor: Person) -> None:
    exported = CaseFile.model_validate(publish(editor, "As the editors say").document)
    assert load_library({NUBA: exported}).unchanged == 1
    assert state_of()[0] == (2, "published", True)
    assert load_library({NUBA: titled("Corrected in the file")}).updated == [NUBA]


def test_a_case_that_editors_added_or_changed_is_not_removed_with_its_file(nuba: str, editor: Person) -> None:
    publish(editor, "As the editors say")
    document = case_files()["korea-cma-2018"].model_dump(mode="json")
    draft = drafts.begin(document, by=editor.user)  # type: ignore[arg-type]
    drafts.publish(draft.slug, by=editor.user, seen=drafts.stamp(draft), summary="New")  # type: ignore[arg-type]
    changes = load_library({})
    assert (sorted(changes.kept), changes.removed) == (["korea-cma-2018", NUBA], [])
    assert Case.objects.count() == 2


def test_a_removed_file_takes_its_untouched_case_along_until_it_comes_back(nuba: str) -> None:
    assert load_library({}).removed == [NUBA]
    assert state_of() == [(1, "withdrawn", True)]
    assert load_library({NUBA: case_files()[NUBA]}).added == [NUBA]


def test_a_case_that_editors_took_out_is_not_brought_back(nuba: str, editor: Person) -> None:
    published = CaseVersion.objects.get()
    drafts.withdraw(NUBA, by=editor.user, seen=drafts.stamp(published), because="Not a measure")  # type: ignore[arg-type]
    assert load_library({NUBA: case_files()[NUBA]}).kept == [NUBA]
    assert load_library({NUBA: titled("As the next release says")}).offered == [NUBA]
    assert not Case.objects.exists()


def test_a_load_leaves_a_draft_alone(nuba: str, editor: Person) -> None:
    now = drafts.standing(NUBA)
    assert now is not None
    document = {**now.document, "title": "Half", "summary": None}
    drafts.save(NUBA, document, by=editor.user, seen=drafts.stamp(now))  # type: ignore[arg-type]
    load_library({NUBA: titled("As the next release says")})
    assert [(v.state, v.title) for v in CaseVersion.objects.of(NUBA)] == [
        ("published", "As the next release says"),
        ("draft", "Half"),
        ("superseded", case_files()[NUBA].title),
    ]


def test_an_installation_without_versions_gets_them_and_reports_no_change(nuba: str) -> None:
    CaseVersion.objects.all().delete()
    changes = load_library({NUBA: case_files()[NUBA]})
    assert (changes.added, changes.updated, changes.unchanged) == ([], [], 1)
    assert state_of() == [(1, "published", True)]


def test_a_new_way_of_indexing_stores_edited_cases_anew_as_the_editors_left_them(
    nuba: str, editor: Person, monkeypatch: Any
) -> None:
    publish(editor, "As the editors say")
    Case.objects.update(between=[])
    monkeypatch.setattr(domain_module, "INDEXED_AS", -1)
    load_library({NUBA: case_files()[NUBA]})
    case = Case.objects.get()
    assert case.title == "As the editors say"
    assert case.between


def test_the_command_names_what_changed_in_each_case(nuba: str, editor: Person, monkeypatch: Any) -> None:
    publish(editor, "As the editors say")
    files = {NUBA: titled("New"), "korea-cma-2018": case_files()["korea-cma-2018"]}
    monkeypatch.setattr("cases.management.commands.load_cases.case_files", lambda: files)
    said = StringIO()
    call_command("load_cases", stdout=said)
    assert "added: korea-cma-2018" in said.getvalue()
    assert f"kept: {NUBA}: edited here; what the release brings waits for the editors (title)" in said.getvalue()
