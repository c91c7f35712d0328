"""Fetches what is compared, and decides how much of it the person may read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.http import Http404

from accounts.models import User
from assessments.package import Package, canonical_document
from assessments.package.drafts import read_draft
from proposals.access import proposal_for, proposals_for
from proposals.comparing.choosing import Chosen, Unknown, choose
from proposals.domain import note_view, without_confidential_parts
from proposals.models import Proposal, Revision
from proposals.rules import may


class Shown(NamedTuple):
    """A revision as the person may read it: its document as it stands, and the package to be scored."""

    revision: Revision
    document: dict[str, Any]
    package: Package


class Pair(NamedTuple):
    """What is compared: the revisions to choose from on each side, and the two chosen, or what was not found."""

    left: list[Revision]
    right: list[Revision]
    chosen: Chosen | Unknown


def pair_for(user: User, pk: uuid.UUID, *, other: str, left: str, right: str) -> Pair:
    """Revision ``left`` of the proposal ``pk`` and revision ``right`` of the same, or of the one that ``other`` names.

    404 if ``user`` may not see one of the proposals.
    """
    proposal = proposal_for(user, pk)
    beside = proposal if other in ("", str(pk)) else proposal_for(user, _uuid(other))
    lefts = _revisions(proposal)
    rights = lefts if beside == proposal else _revisions(beside)
    return Pair(lefts, rights, choose(lefts, rights, left, right))


def variants_for(user: User, proposal: Proposal) -> list[Proposal]:
    """The variants of ``proposal`` that ``user`` may see, the newest first."""
    return list(proposals_for(user).filter(variant_of=proposal, workspace=proposal.workspace_id))


def base_for(user: User, proposal: Proposal) -> Proposal | None:
    """The proposal that ``proposal`` is a variant of, if ``user`` may see it."""
    if proposal.variant_of_id is None:
        return None
    return proposals_for(user).filter(pk=proposal.variant_of_id).first()


def newest_revisions(proposals: Sequence[Proposal]) -> list[Revision]:
    """The newest revision of each of ``proposals``, in their order; one query."""
    rows = Revision.objects.filter(proposal__in=proposals).order_by("proposal_id", "-number").distinct("proposal_id")
    newest = {revision.proposal_id: revision for revision in rows}
    for proposal in proposals:
        if proposal.pk in newest:
            newest[proposal.pk].proposal = proposal
    return [newest[proposal.pk] for proposal in proposals if proposal.pk in newest]


def shown_to(user: User, revisions: Iterable[Revision]) -> tuple[list[Shown], bool]:
    """The revisions as ``user`` may read them side by side, and whether they are whole; a whole view is written down.

    Where the confidential parts of one are closed to ``user``, those of all are left out: otherwise what is closed
    would seem to be taken out.
    """
    revisions = list(revisions)
    whole = all(may(user, "read_confidential", revision.proposal) for revision in revisions)
    if whole:
        for revision in revisions:
            note_view(revision, by=user)
    return [_shown(revision, whole=whole) for revision in revisions], whole


def _shown(revision: Revision, *, whole: bool) -> Shown:
    package = read_draft(revision.document).package
    if whole:
        return Shown(revision, revision.document, package)
    bare = without_confidential_parts(package)
    return Shown(revision, canonical_document(bare), bare)


def _revisions(proposal: Proposal) -> list[Revision]:
    revisions = list(proposal.revisions.select_related("author").defer("document"))
    if not revisions:
        raise Http404
    return revisions


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None
