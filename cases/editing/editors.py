"""Who edits the library: appointed by the operator, then by each other."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from accounts.models import User
from cases.editing.versions import lock_library
from cases.models import Editor
from cases.rules import is_editor


class LastEditorError(Exception):
    """The library would be left without an editor."""


@transaction.atomic
def appoint(person: User, *, by: User | None) -> Editor:
    """``person`` edits the library from now on; twice changes nothing. ``by``: an editor, or ``None`` for the operator.

    Raises ``PermissionDenied`` if ``by`` is somebody else.
    """
    _require(by)
    editor, is_new = Editor.objects.get_or_create(person=person, defaults={"appointed_by": by})
    if is_new:
        audit.record("cases.editor_appointed", by=by, about=person)
    return editor


@transaction.atomic
def release(editor: Editor, *, by: User | None, even_the_last: bool = False) -> None:
    """The person no longer edits the library; what they wrote stays.

    Raises ``PermissionDenied`` if ``by`` is neither an editor nor the operator (``None``), ``LastEditorError`` unless
    that is said to be meant.
    """
    _require(by)
    if not even_the_last and not Editor.objects.exclude(pk=editor.pk).exists():
        raise LastEditorError
    deleted, _ = Editor.objects.filter(pk=editor.pk).delete()
    if deleted:
        audit.record("cases.editor_released", by=by, about=editor.person)


def _require(by: User | None) -> None:
    """Under the library's lock: of two editors who release each other at once, the second is refused."""
    lock_library()
    if by is not None and not is_editor(by):
        raise PermissionDenied
