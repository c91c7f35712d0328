"""What is done with drafts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from accounts.models import User, Workspace
from assessments.package import document_sha256
from assessments.package.changes import Operation, apply
from assessments.package.drafts import UNTITLED, read_draft, with_keys, without_keys
from assessments.package.versions import CURRENT
from proposals.domain import hold
from proposals.models import Proposal, Revision
from proposals.rules import may_start_in

Draft = Mapping[str, Any]


class Saved(NamedTuple):
    """A draft after a save."""

    revision: Revision


@transaction.atomic
def start_draft(
    workspace: Workspace, document: Draft, *, by: User, reason: str = "", verb: str = "proposals.imported"
) -> Revision:
    """A new proposal in ``workspace`` whose first revision is ``document``, whole or half filled; ``verb`` is audited.

    Raises ``PermissionDenied`` if ``by`` does not draft there.
    """
    if not may_start_in(by, workspace):
        raise PermissionDenied
    proposal = Proposal.objects.create(workspace=workspace, title=_title_of(document), created_by=by)
    audit.record(verb, by=by, workspace=workspace, about=proposal)
    return _write(proposal, with_keys({"format": CURRENT, **document}), number=1, by=by, reason=reason)


@transaction.atomic
def replace_draft(proposal: Proposal, document: Draft, *, by: User, reason: str = "") -> Revision:
    """``document`` in the place of the whole draft, as a new revision; the newest one as it is if it says the same."""
    hold(proposal, by=by)
    newest = proposal.revisions.all()[:1].get()
    if without_keys(newest.document) == without_keys(document):
        return newest
    return _add(proposal, newest, with_keys(document), by=by, reason=reason)


@transaction.atomic
def change_rows(proposal: Proposal, operations: Sequence[Operation], *, base: int, client: str, by: User) -> Saved:
    """Puts rows in, takes them out, moves them."""
    hold(proposal, by=by)
    newest = proposal.revisions.all()[:1].get()
    draft, _ = apply(with_keys(newest.document), operations)
    return Saved(_add(proposal, newest, draft, by=by, reason=""))


def _add(proposal: Proposal, newest: Revision, draft: Draft, *, by: User, reason: str) -> Revision:
    if proposal.title != _title_of(draft):
        proposal.title = _title_of(draft)
        proposal.save(update_fields=["title"])
    number = newest.number + 1
    audit.record("proposals.revision_saved", by=by, workspace=proposal.workspace, about=proposal, revision=number)
    return _write(proposal, draft, number=number, by=by, reason=reason)


def _write(proposal: Proposal, draft: Draft, *, number: int, by: User, reason: str) -> Revision:
    return Revision.objects.create(
        proposal=proposal,
        workspace_id=proposal.workspace_id,
        number=number,
        document=draft,
        sha256=_identity_of(draft),
        author=by,
        reason=reason,
    )


def _title_of(draft: Draft) -> str:
    said = draft.get("title")
    return said.strip()[:200] if isinstance(said, str) and said.strip() else UNTITLED


def _identity_of(draft: Draft) -> str:
    reading = read_draft(draft)
    if not reading.problems:
        return document_sha256(reading.package)
    said = json.dumps(without_keys(draft), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(said.encode()).hexdigest()
