"""How a draft becomes a revision: one for each person and minute, until somebody refers to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments.package import document_sha256
from assessments.package.drafts import UNTITLED, DraftReading, without_keys
from proposals.advising.keeping import name_of, read_again
from proposals.drafting.patching import patched
from proposals.listing.describing import describe
from proposals.models import Proposal, Revision

WRITTEN_ON_FOR: Final = timedelta(minutes=1)
LONGEST_TITLE: Final = 200


def fingerprint(draft: Mapping[str, Any], reading: DraftReading) -> str:
    """The sha256 of a draft: that of its package if it is one, else of all that stands in it."""
    if not reading.problems:
        return document_sha256(reading.package)
    written = json.dumps(without_keys(draft), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def title_of(draft: Mapping[str, Any]) -> str:
    """The title of a proposal with this draft."""
    title = draft.get("title")
    said = " ".join(title.split()) if isinstance(title, str) else ""
    return said[:LONGEST_TITLE] or UNTITLED


def write(
    proposal: Proposal,
    newest: Revision | None,
    draft: Mapping[str, Any],
    *,
    by: User,
    reason: str = "",
    is_sealed: bool = True,
) -> tuple[Revision, DraftReading]:
    """``draft`` as the newest revision of a proposal that is held, and what can be read of it.

    ``newest`` is the revision as it stands in the database. With ``is_sealed`` false ``by`` writes on ``draft`` for a
    minute, as one did on ``newest`` if it is not sealed.
    """
    reading = read_again(draft, name_of(proposal.pk, whole=True))
    sha256 = fingerprint(draft, reading)
    proposal.title = title_of(draft)
    now = timezone.now()
    if newest is not None and not is_sealed and not reason and _is_written_on(newest, by):
        unsealed = Revision.objects.filter(pk=newest.pk, is_sealed=False)
        if unsealed.update(document=patched("document", newest.document, draft), sha256=sha256, saved_at=now):
            newest.document, newest.sha256, newest.saved_at = dict(draft), sha256, now
            describe(proposal, reading.package, by=by, number=newest.number)
            return newest, reading
    if newest is not None:
        seal(newest)
    number = newest.number + 1 if newest is not None else 1
    describe(proposal, reading.package, by=by, number=number, at_once=newest is None)
    revision = Revision.objects.create(
        proposal=proposal,
        workspace_id=proposal.workspace_id,
        number=number,
        document=dict(draft),
        sha256=sha256,
        author=by,
        reason=reason,
        saved_at=now,
        is_sealed=is_sealed,
    )
    if newest is not None:
        audit.record("proposals.revision_saved", by=by, workspace=proposal.workspace, about=proposal, revision=number)
    return revision, reading


def _is_written_on(revision: Revision, by: User) -> bool:
    began = revision.created_at
    return not revision.is_sealed and revision.author_id == by.pk and timezone.now() - began < WRITTEN_ON_FOR


def seal(revision: Revision) -> None:
    """Lets nobody change ``revision`` any more, for something refers to it; the next save begins another."""
    if not revision.is_sealed:
        Revision.objects.filter(pk=revision.pk, is_sealed=False).update(is_sealed=True)
        revision.is_sealed = True
