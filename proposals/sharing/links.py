"""Guest links: somebody without an account reads a proposal and comments on it, by a secret link and a password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from accounts import audit, walls
from accounts.models import User
from proposals.drafting.domain import hold
from proposals.models import Comment, GuestLink, Proposal, Revision

USUAL_DAYS: Final = 14
MOST_DAYS: Final = 90


class LinkNotOpenError(Exception):
    """The link is unknown, taken back or too old, or its proposal is deleted."""


@transaction.atomic
def make_link(
    proposal: Proposal, *, by: User, label: str, password: str, days: int = USUAL_DAYS, revision: int | None = None
) -> tuple[GuestLink, str]:
    """The link and its token, which is told this once. ``revision``: the one that it shows; ``None`` for the newest.

    Raises ``PermissionDenied`` if ``by`` does not draft in the proposal's workspace, ``ValueError`` if ``days`` are not
    between 1 and 90.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"A guest link lasts 1 to {MOST_DAYS} days, not {days}.")
    hold(proposal, by=by, to="share")
    token = secrets.token_urlsafe(32)
    link = GuestLink.objects.create(
        proposal=proposal,
        workspace_id=proposal.workspace_id,
        label=label,
        token_sha256=_digest(token),
        password=make_password(password),
        revision_number=revision,
        expires_at=timezone.now() + timedelta(days=days),
        created_by=by,
    )
    audit.record("proposals.link_made", by=by, workspace=proposal.workspace, about=proposal, label=label, days=days)
    return link, token


@transaction.atomic
def revoke_link(link: GuestLink, *, by: User) -> None:
    """The link leads nowhere from now on. Taking back twice changes nothing. Raises ``PermissionDenied``."""
    hold(link.proposal, by=by, to="share")
    if GuestLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        _note("link_revoked", link, by=by)


def open_link(token: str) -> GuestLink:
    """The open link with its proposal. Raises ``LinkNotOpenError``."""
    with transaction.atomic(), walls.lifted():
        found = GuestLink.objects.open().select_related("proposal__workspace").filter(token_sha256=_digest(token))
        link = found.first()
    if link is None:
        raise LinkNotOpenError
    return link


def is_password(link: GuestLink, password: str) -> bool:
    """Whether a guest knows the password; a wrong one is written down."""
    if check_password(password, link.password):
        return True
    _note("link_refused", link)
    return False


def note_visit(link: GuestLink) -> None:
    """Writes down that somebody came by the link."""
    _note("link_opened", link)


def revision_shown_by(link: GuestLink) -> Revision:
    """The revision that guests of a link read."""
    revisions = Revision.objects.filter(proposal=link.proposal_id)
    if link.revision_number is not None:
        revisions = revisions.filter(number=link.revision_number)
    return revisions.order_by("-number")[:1].get()


@transaction.atomic
def comment_as_guest(link: GuestLink, revision: Revision, *, name: str, text: str, address: str = "") -> Comment:
    """What a guest says. Raises ``LinkNotOpenError`` if the link was taken back meanwhile or the proposal moved on."""
    as_fetched = Proposal.objects.kept().filter(pk=link.proposal_id, workspace=link.workspace_id)
    if not as_fetched.select_for_update(no_key=True).exists():
        raise LinkNotOpenError
    with walls.lifted():
        if not GuestLink.objects.open().filter(pk=link.pk).exists():
            raise LinkNotOpenError
    comment = Comment.objects.create(
        proposal_id=link.proposal_id,
        workspace_id=link.workspace_id,
        revision_number=revision.number,
        address=address,
        text=text,
        link=link,
        guest_name=name,
    )
    _note("link_commented", link, guest=name)
    return comment


def note_seen(proposal: Proposal, *, by: User) -> None:
    """``by`` has seen what came by the links that they made."""
    GuestLink.objects.filter(proposal=proposal, created_by=by).update(comments_seen_at=timezone.now())


def fingerprint(link: GuestLink) -> str:
    """What a guest's session keeps of a password that was right: another password makes it worthless."""
    return _digest(link.password)


def _note(deed: str, link: GuestLink, *, by: User | None = None, **details: str) -> None:
    proposal = link.proposal
    audit.record(f"proposals.{deed}", by=by, workspace=proposal.workspace, about=proposal, label=link.label, **details)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
