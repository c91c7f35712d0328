"""A draft put in as a whole, from a file or from the library, and what identifies one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from assessments.package import document_sha256
from assessments.package.drafts import UNTITLED, read_draft, with_keys, without_keys
from proposals.domain import hold
from proposals.models import Proposal, Revision

Draft = Mapping[str, Any]


@transaction.atomic
def change_draft(
    proposal: Proposal, change: Callable[[dict[str, Any]], Draft], *, by: User, reason: str = ""
) -> Revision:
    """What ``change`` makes of the newest draft, as the newest revision; the newest one as it is if nothing has changed.

    Nobody else saves meanwhile. Raises ``PermissionDenied`` if ``by`` may not edit the proposal, and what ``change`` raises.
    """
    hold(proposal, by=by)
    newest = proposal.revisions.first()
    draft = with_keys(change(dict(newest.document) if newest else {}))
    if newest is not None and newest.document == draft:
        return newest
    if proposal.title != title_of(draft):
        proposal.title = title_of(draft)
        proposal.save(update_fields=["title"])
    number = newest.number + 1 if newest else 1
    audit.record("proposals.revision_saved", by=by, workspace=proposal.workspace, about=proposal, revision=number)
    return Revision.objects.create(
        proposal=proposal,
        workspace_id=proposal.workspace_id,
        number=number,
        document=draft,
        sha256=identity_of(draft),
        author=by,
        reason=reason,
    )


def title_of(draft: Draft) -> str:
    """The title by which lists show a draft."""
    said = draft.get("title")
    return said.strip()[:200] if isinstance(said, str) and said.strip() else UNTITLED


def identity_of(draft: Draft) -> str:
    """The sha256 of the package that a draft is; of what it says as it stands while it is none."""
    reading = read_draft(draft)
    if not reading.problems:
        return document_sha256(reading.package)
    said = json.dumps(without_keys(draft), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(said.encode()).hexdigest()
