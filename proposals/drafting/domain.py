"""What is done with drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit as audit_log
from accounts.models import User, Workspace
from assessments.package.drafts import with_keys
from proposals.drafting.whole import identity_of, title_of
from proposals.models import Proposal, Revision
from proposals.rules import may_start_in


@transaction.atomic
def start_draft(
    workspace: Workspace, document: Mapping[str, Any], *, by: User, reason: str = "", audit: str = "imported"
) -> Revision:
    """A new proposal in ``workspace`` whose first revision holds ``document``, be it half filled or wrong.

    ``audit`` says how it came about. Raises ``PermissionDenied`` if ``by`` does not draft there.
    """
    if not may_start_in(by, workspace):
        raise PermissionDenied
    draft = with_keys(document)
    proposal = Proposal.objects.create(workspace=workspace, title=title_of(draft), created_by=by)
    audit_log.record(f"proposals.{audit}", by=by, workspace=workspace, about=proposal)
    return Revision.objects.create(
        proposal=proposal,
        workspace_id=workspace.pk,
        number=1,
        document=draft,
        sha256=identity_of(draft),
        author=by,
        reason=reason,
    )
