"""What is done with comments. Their texts are never changed; an answer goes where its comment goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from proposals.drafting.domain import hold
from proposals.models import Comment, Proposal, Revision
from proposals.rules import may

REGRET: Final = timedelta(hours=1)
"""How long authors can take away what they wrote."""


@transaction.atomic
def comment_on(revision: Revision, text: str, *, by: User, address: str = "") -> Comment:
    """A comment on a place of ``revision``, or on the whole. Raises ``PermissionDenied`` if ``by`` may not read it."""
    proposal = revision.proposal
    hold(proposal, by=by, to="read")
    comment = _write(proposal, text, by=by, revision_number=revision.number, address=address)
    _note("commented", comment, proposal, by=by)
    return comment


@transaction.atomic
def answer(comment: Comment, text: str, *, by: User) -> Comment:
    """An answer to a comment, or to the comment that was answered. Raises ``PermissionDenied`` if ``by`` may not read it,
    or if it was taken away."""
    proposal = comment.proposal
    hold(proposal, by=by, to="read")
    first = comment.parent or comment
    if Comment.objects.filter(pk=first.pk, removed_at=None).first() is None:
        raise PermissionDenied
    said = _write(proposal, text, by=by, revision_number=first.revision_number, address=first.address, parent=first)
    _note("comment_answered", first, proposal, by=by)
    return said


@transaction.atomic
def settle(comment: Comment, *, by: User, settled: bool = True) -> None:
    """Marks a comment as settled, or as open again. Raises ``PermissionDenied`` if ``by`` neither edits nor wrote it."""
    hold(comment.proposal, by=by, to="read")
    current = Comment.objects.get(pk=comment.pk, proposal=comment.proposal_id)
    if current.parent_id is not None or not may_settle(by, current, comment.proposal):
        raise PermissionDenied
    if (current.resolved_at is not None) == settled:
        return
    current.resolved_at, current.resolved_by = (timezone.now(), by) if settled else (None, None)
    current.save(update_fields=["resolved_at", "resolved_by"])
    _note("comment_settled" if settled else "comment_reopened", current, comment.proposal, by=by)


@transaction.atomic
def remove(comment: Comment, *, by: User) -> None:
    """Takes away what a comment says; answers stay. Raises ``PermissionDenied`` if ``by`` neither drafts in the workspace
    nor wrote it within the hour."""
    hold(comment.proposal, by=by, to="read")
    current = Comment.objects.select_related("author").get(pk=comment.pk, proposal=comment.proposal_id)
    if current.removed_at is not None:
        return
    if not may_remove(by, current, comment.proposal):
        raise PermissionDenied
    author = current.by
    current.text, current.removed_at = "", timezone.now()
    current.save(update_fields=["text", "removed_at"])
    _note("comment_removed", current, comment.proposal, by=by, author=author)


def may_settle(user: User, comment: Comment, proposal: Proposal) -> bool:
    """Whether ``user`` may say that a comment is settled."""
    return comment.author_id == user.pk or may(user, "edit", proposal)


def may_remove(user: User, comment: Comment, proposal: Proposal) -> bool:
    """Whether ``user`` may take a comment away."""
    own = comment.author_id == user.pk and comment.created_at > timezone.now() - REGRET
    return own or may(user, "share", proposal)


def require_may_remove(user: User, comment: Comment) -> None:
    """Raises ``PermissionDenied`` if ``user`` may not take the comment away."""
    if not may_remove(user, comment, comment.proposal):
        raise PermissionDenied


def _write(
    proposal: Proposal, text: str, *, by: User, revision_number: int, address: str, parent: Comment | None = None
) -> Comment:
    return Comment.objects.create(
        proposal=proposal,
        workspace_id=proposal.workspace_id,
        revision_number=revision_number,
        address=address,
        parent=parent,
        text=text,
        author=by,
    )


def _note(deed: str, comment: Comment, proposal: Proposal, *, by: User, **details: str) -> None:
    audit.record(
        f"proposals.{deed}",
        by=by,
        workspace=proposal.workspace,
        about=proposal,
        revision=comment.revision_number,
        **details,
    )
