"""Inviting people by a link that works once and for a time: into a workspace, or to what is shared with them alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from accounts import audit
from accounts.models import Invitation, Membership, User, Workspace
from accounts.rules import is_owner

LASTS: Final = timedelta(days=7)

accepted: Final = Signal()
"""Sent in the transaction in which ``person`` accepts ``invitation``: what waits for the address is theirs now."""


class InvitationNotValidError(Exception):
    """The invitation is unknown, accepted, withdrawn or too old, or for another address."""


class AlreadyMemberError(Exception):
    """The person is in the workspace already."""


@transaction.atomic
def invite(workspace: Workspace, email: str, role: str, *, by: User) -> tuple[Invitation, str]:
    """An invitation and the token of its link. One that was pending for this address is withdrawn.

    Raises ``PermissionDenied`` if ``by`` does not own the workspace, ``AlreadyMemberError``.
    """
    if not is_owner(by, workspace):
        raise PermissionDenied
    if workspace.memberships.filter(user__email__iexact=email).exists():
        raise AlreadyMemberError
    pending = workspace.invitations.filter(email__iexact=email, accepted_at=None, withdrawn_at=None)
    pending = pending.to_membership()
    pending.update(withdrawn_at=timezone.now())
    return _issue(workspace, email, role, by=by)


def invite_to(page: str, workspace: Workspace, email: str, *, by: User) -> tuple[Invitation, str]:
    """An invitation that makes nobody a member, and the token of its link: to an account, and to ``page``.

    Whoever shares something of ``workspace`` checks the right to, and writes it into the audit log.
    """
    return _make(workspace, email, by=by, leads_to=page)


@transaction.atomic
def found_workspace(name: str, owner: str, *, kind: str) -> tuple[Workspace, str]:
    """A workspace that the operator makes, and the token of the link by which the person with the address ``owner``
    comes to own it."""
    workspace = Workspace.objects.create(name=name, kind=kind)
    audit.record("accounts.workspace_created", by=None, workspace=workspace, about=workspace)
    return workspace, _issue(workspace, owner, Membership.Role.OWNER, by=None)[1]


def _issue(workspace: Workspace, email: str, role: str, *, by: User | None) -> tuple[Invitation, str]:
    invitation, token = _make(workspace, email, by=by, role=role)
    audit.record("accounts.invited", by=by, workspace=workspace, about=invitation, email=email, role=role)
    return invitation, token


def _make(workspace: Workspace, email: str, *, by: User | None, **fields: str) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        workspace=workspace,
        email=email,
        token_sha256=_digest(token),
        invited_by=by,
        expires_at=timezone.now() + LASTS,
        **fields,
    )
    return invitation, token


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Makes the link useless. Raises ``PermissionDenied`` if ``by`` does not own the workspace."""
    if not is_owner(by, invitation.workspace):
        raise PermissionDenied
    if Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        audit.record("accounts.invitation_withdrawn", by=by, workspace=invitation.workspace, about=invitation)


def pending(token: str) -> Invitation:
    """The open invitation of a link. Raises ``InvitationNotValidError``."""
    found = Invitation.objects.open().select_related("workspace", "invited_by").filter(token_sha256=_digest(token))
    invitation = found.first()
    if invitation is None:
        raise InvitationNotValidError
    return invitation


@transaction.atomic
def accept(token: str, *, by: User) -> Invitation:
    """``by`` becomes a member, if the invitation is to that; the link is used up. Of two who come at once, one gets in.

    Raises ``InvitationNotValidError``, also if the invitation is for another address than the person's.
    """
    invitation = Invitation.objects.open().select_for_update(no_key=True).filter(token_sha256=_digest(token)).first()
    if invitation is None or invitation.email.lower() != by.email.lower():
        raise InvitationNotValidError
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    if invitation.role:
        _join(invitation, by)
    accepted.send(Invitation, invitation=invitation, person=by)
    return invitation


def _join(invitation: Invitation, person: User) -> None:
    membership, _ = Membership.objects.get_or_create(
        user=person, workspace=invitation.workspace, defaults={"role": invitation.role}
    )
    person.chosen_workspace = invitation.workspace
    person.save(update_fields=["chosen_workspace"])
    person.forget_memberships()
    audit.record("accounts.joined", by=person, workspace=invitation.workspace, about=invitation, role=membership.role)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
