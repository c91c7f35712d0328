"""Who edits the library: the operator begins, editors go on."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from cases.editing import editors
from cases.models import Editor
from tests.personas import Person

pytestmark = pytest.mark.django_db
EDITORS = "/cases/editing/editors/"


def test_an_owner_of_a_workspace_cannot_make_themselves_an_editor(owner: Person) -> None:
    with pytest.raises(PermissionDenied):
        editors.appoint(owner.user, by=owner.user)  # type: ignore[arg-type]
    assert owner.client.post(EDITORS, {"email": "owner@example.org"}).status_code == 403
    assert not Editor.objects.exists()


def test_the_operator_appoints_and_releases_by_command(owner: Person) -> None:
    call_command("appoint_editor", "OWNER@example.org")
    call_command("appoint_editor", "owner@example.org")
    assert owner.client.get(EDITORS).status_code == 200
    call_command("appoint_editor", "owner@example.org", "--resign")
    assert owner.client.get(EDITORS).status_code == 403
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("appoint_editor", "nobody@example.org")
    verbs = AuditEntry.objects.filter(verb__startswith="cases.").values_list("verb", flat=True).order_by("pk")
    assert list(verbs) == ["cases.editor_appointed", "cases.editor_released"]


def test_editors_appoint_each_other_by_address(editor: Person, mediator: Person) -> None:
    page = editor.client.post(EDITORS, {"email": "nobody@example.org"})
    assert page.status_code == 422
    assert "nobody@example.org" in page.content.decode()
    assert editor.client.post(EDITORS, {"email": "Mediator@example.org"}).status_code == 302
    assert mediator.client.get(EDITORS).status_code == 200


def test_the_last_editor_leaves_only_if_that_is_said(editor: Person) -> None:
    address = f"{EDITORS}{Editor.objects.get().pk}/release/"
    assert "There is no other editor" in editor.client.get(address).content.decode()
    assert editor.client.post(address).status_code == 422
    assert Editor.objects.exists()
    assert editor.client.post(address, {"even_the_last": "yes"}).status_code == 302
    assert not Editor.objects.exists()


def test_an_editor_releases_another(editor: Person, second_editor: Person) -> None:
    other = Editor.objects.get(person=second_editor.user)
    assert editor.client.post(f"{EDITORS}{other.pk}/release/").status_code == 302
    assert second_editor.client.get(EDITORS).status_code == 403
