"""What is done with the look of a workspace's reports. A look never changes: another one is another row."""

from __future__ import annotations

import contextlib
import logging
from typing import Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.fields.files import FieldFile

from accounts import audit, walls
from accounts.models import User, Workspace
from accounts.rules import is_owner
from reports.files import stored
from reports.look import Look
from reports.models import Branding, Report

log = logging.getLogger(__name__)

FIELDS: Final = ("logo", "accent", "header", "footer", "language", "paper", "template")
SUFFIXES: Final = {"logo": "png", "template": "docx"}


class Wish(NamedTuple):
    """A look that is wanted. ``logo``, ``template``: their files, ``None`` for those in force, b"" for none."""

    accent: str
    header: str
    footer: str
    language: str
    paper: str
    logo: bytes | None = None
    template: bytes | None = None


class OvertakenError(Exception):
    """Somebody else changed the look since it was shown."""


@walls.lifted()
def branding_in_force(workspace: Workspace) -> Branding | None:
    """How reports of the workspace look now, ``None`` if as ours. Also for those with whom a proposal there is shared, whom
    the walls show nothing else of it: their reports look the same. The caller has checked their right to the report.
    """
    return Branding.objects.filter(workspace=workspace).first()


def look_of(report: Report) -> Look:
    """What formats ask for, with the files; one that is missing is left out and logged."""
    return look(report.branding) if report.branding is not None else Look()


def look(branding: Branding) -> Look:
    """The same of a look that may not be saved."""
    return Look(
        logo=file_of_look(branding.logo),
        accent=branding.accent,
        header=branding.header,
        footer=branding.footer,
        template=file_of_look(branding.template),
    )


def file_of_look(file: FieldFile) -> bytes:
    """The content of a logo or template, b"" if there is none or it is gone."""
    if not file.name:
        return b""
    try:
        with file.open("rb") as opened:
            return bytes(opened.read())
    except FileNotFoundError:
        log.error("The file %s of a look of reports is gone", file.name)
        return b""


@transaction.atomic
def change_look(workspace: Workspace, wish: Wish, *, by: User, seen: int) -> Branding:
    """The look that is wanted, in force from now on; the one in force if it is the same. ``seen``: its number as it was shown.

    Raises ``PermissionDenied`` if ``by`` does not own the workspace, ``OvertakenError``.
    """
    before = _held(workspace, by)
    if before.number != seen:
        raise OvertakenError
    with contextlib.ExitStack() as files:
        said = wish._asdict()
        for name, suffix in SUFFIXES.items():
            content = said[name]
            said[name] = getattr(before, name).name or ""
            if content is not None:
                said[name] = files.enter_context(stored(content, suffix)) if content else ""
        changed = [name for name in FIELDS if said[name] != (str(getattr(before, name)) or "")]
        if not changed:
            return before
        after = Branding.objects.create(workspace=workspace, number=before.number + 1, made_by=by, **said)
    told = ", ".join(changed)
    audit.record("reports.look_changed", by=by, workspace=workspace, about=after, number=after.number, fields=told)
    return after


@transaction.atomic
def restore_look(former: Branding, *, by: User) -> Branding:
    """A look as a former one, in force from now on. Raises ``PermissionDenied`` if ``by`` does not own the workspace."""
    before = _held(former.workspace, by)
    as_former = {name: getattr(former, name) for name in FIELDS}
    if all(getattr(before, name) == value for name, value in as_former.items()):
        return before
    after = Branding.objects.create(workspace=former.workspace, number=before.number + 1, made_by=by, **as_former)
    told = {"number": after.number, "restored": former.number}
    audit.record("reports.look_restored", by=by, workspace=former.workspace, about=after, **told)
    return after


def note_download(branding: Branding, *, by: User) -> None:
    """Writes down that ``by`` took the Word template along."""
    told = {"number": branding.number}
    audit.record("reports.template_downloaded", by=by, workspace=branding.workspace, about=branding, **told)


def ours(workspace: Workspace) -> Branding:
    """How reports look as long as the workspace has said nothing; number 0, not saved."""
    return Branding(workspace=workspace, number=0)


def _held(workspace: Workspace, by: User) -> Branding:
    """The look in force; until the transaction ends nobody else changes it."""
    locked = Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    by.forget_memberships()
    if not is_owner(by, locked):
        raise PermissionDenied
    return branding_in_force(locked) or ours(locked)
