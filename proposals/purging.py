"""Removing deleted proposals for good when their time is over."""

from __future__ import annotations

import logging
import uuid
from functools import partial

from django.db import transaction

from accounts import audit
from assessments.domain import forget
from assessments.package import document_sha256
from assessments.package.drafts import read_draft
from assessments.pages import forget_parts
from proposals.domain import without_confidential_parts
from proposals.models import Proposal, Revision

log = logging.getLogger(__name__)


def purge_deleted_proposals() -> int:
    """Removes every proposal whose time is over, with all that hangs on it; returns how many.

    Each is a transaction of its own; one that cannot be removed is told in the log and tried again at the next call.
    """
    return sum(_purge_or_tell(pk) for pk in Proposal.objects.due().values_list("pk", flat=True))


def _purge_or_tell(pk: uuid.UUID) -> bool:
    try:
        return _purge(pk)
    except Exception as error:
        # Its message could quote the proposal.
        log.error("Proposal %s could not be purged: %s", pk, type(error).__name__)
        return False


@transaction.atomic
def _purge(pk: uuid.UUID) -> bool:
    """Removes a proposal unless it was put back meanwhile. The files of its reports go with their rows."""
    proposal = Proposal.objects.due().select_for_update(of=["self"]).select_related("workspace").filter(pk=pk).first()
    if proposal is None:
        return False
    for revision in proposal.revisions.all():
        _forget_scorecards(revision)
    _, removed = proposal.delete()
    proposal.pk = pk  # deleting takes it away, and the entry names it
    audit.record(
        "proposals.purged",
        by=None,
        workspace=proposal.workspace,
        about=proposal,
        revisions=removed.get("proposals.Revision", 0),
        reports=removed.get("reports.Report", 0),
    )
    return True


def _forget_scorecards(revision: Revision) -> None:
    """Removes what was scored and shown of a revision, whole and without its confidential parts."""
    package = read_draft(revision.document).package
    for read in (package, without_confidential_parts(package)):
        forget(document_sha256(read))
    for content in (revision.sha256, f"{revision.sha256}:open"):
        transaction.on_commit(partial(forget_parts, content), robust=True)
