"""Archiving: out of the lists and read-only, until somebody puts it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from proposals.models import Proposal, ProposalQuerySet
from proposals.rules import may


@transaction.atomic
def archive_proposals(proposals: Sequence[Proposal], *, by: User) -> tuple[int, datetime]:
    """Archives all of ``proposals`` in one moment; returns how many were not archived before, and that moment.

    Raises ``PermissionDenied`` if ``by`` does not draft in the workspace of each, and then archives none.
    """
    moment = timezone.now()
    held = _held(proposals, Proposal.objects.live(), by=by)
    Proposal.objects.filter(pk__in=[each.pk for each in held]).update(archived_at=moment, archived_by=by)
    for proposal in held:
        audit.record("proposals.archived", by=by, workspace=proposal.workspace, about=proposal)
    return len(held), moment


@transaction.atomic
def put_back_from_archive(proposals: Sequence[Proposal], *, by: User) -> int:
    """Makes all of ``proposals`` drafts again; returns how many were archived.

    Raises ``PermissionDenied`` if ``by`` does not draft in the workspace of each, and then puts none back.
    """
    held = _held(proposals, Proposal.objects.archived(), by=by)
    Proposal.objects.filter(pk__in=[each.pk for each in held]).update(archived_at=None, archived_by=None)
    for proposal in held:
        audit.record("proposals.unarchived", by=by, workspace=proposal.workspace, about=proposal)
    return len(held)


def _held(proposals: Sequence[Proposal], among: ProposalQuerySet, *, by: User) -> list[Proposal]:
    """Those that are still among these, locked in one order so that two who choose the same do not wait in a circle."""
    if not all(may(by, "archive", proposal) for proposal in proposals):
        raise PermissionDenied
    chosen = among.kept().filter(pk__in=[proposal.pk for proposal in proposals])
    # The chains of the audit log are locked in the order of the workspaces.
    return list(
        chosen.select_for_update(of=["self"], no_key=True).select_related("workspace").order_by("workspace_id", "pk")
    )
