"""Bringing files in as proposals, and writing down what was taken along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User, Workspace
from proposals.domain import import_package, save_revision
from proposals.drafting.domain import replace_draft, start_draft
from proposals.exchange.documents import Kind
from proposals.exchange.reading import Incoming
from proposals.models import Proposal, Revision


class Arrival(NamedTuple):
    """A file and the revision that it became; none where it could not be read."""

    incoming: Incoming
    revision: Revision | None


@transaction.atomic
def bring_in(workspace: Workspace, incoming: Sequence[Incoming], *, by: User) -> list[Arrival]:
    """A new proposal in ``workspace`` for each file that could be read, also for those with errors in them.

    Raises ``PermissionDenied`` if ``by`` does not draft there.
    """
    return [Arrival(each, _started(workspace, each, by)) for each in incoming]


def _started(workspace: Workspace, incoming: Incoming, by: User) -> Revision | None:
    reason = _("Uploaded")
    if incoming.document is None:
        return None
    if incoming.package is not None and not incoming.problems:
        return import_package(workspace, incoming.package, by=by, reason=reason)
    return start_draft(workspace, incoming.document, by=by, reason=reason)


def bring_in_revision(proposal: Proposal, incoming: Incoming, *, by: User) -> Revision:
    """The file as the newest revision of ``proposal``, also with errors in it; the newest as it is if it says the same.

    Raises ``PermissionDenied`` if ``by`` may not edit the proposal, ``ValueError`` for a file that could not be read.
    """
    reason = _("Uploaded")
    if incoming.document is None:
        raise ValueError("nothing could be read of the file")
    if incoming.package is not None and not incoming.problems:
        return save_revision(proposal, incoming.package, by=by, reason=reason)
    return replace_draft(proposal, incoming.document, by=by, reason=reason)


@transaction.atomic
def note_export(proposals: Iterable[tuple[Workspace, bool]], kind: Kind, *, by: User) -> None:
    """Writes down that ``by`` took proposals along: one entry a workspace, with how many, and how many of them whole."""
    numbers: dict[Workspace, list[bool]] = {}
    for workspace, whole in proposals:
        numbers.setdefault(workspace, []).append(whole)
    for workspace in sorted(numbers, key=lambda each: each.pk):
        wholes = numbers[workspace]
        number = len(wholes)
        audit.record("proposals.exported", by=by, workspace=workspace, kind=kind, proposals=number, whole=sum(wholes))
