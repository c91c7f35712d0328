"""What is done with people, workspaces and sign-in links."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, SignInLink, User, Workspace

LINK_LASTS: Final = timedelta(hours=12)
DEMO_EMAIL: Final = "mediator@demonstration.invalid"


class LinkNotValidError(Exception):
    """The sign-in link is unknown, used or too old."""


@transaction.atomic
def create_workspace(name: str, *, owner: User) -> Workspace:
    """A new workspace with its owner."""
    workspace = Workspace.objects.create(name=name)
    Membership.objects.create(user=owner, workspace=workspace, role=Membership.Role.OWNER)
    return workspace


@transaction.atomic
def demonstration_workspace(*, person: str, workspace: str) -> tuple[User, Workspace]:
    """The demonstration's mediator and workspace, made on the first call under the names given."""
    mediator = User.objects.filter(email=DEMO_EMAIL).first()
    if mediator is None:
        mediator = User.objects.create_user(DEMO_EMAIL, name=person)
    owned = Workspace.objects.filter(memberships__user=mediator, memberships__role=Membership.Role.OWNER).first()
    return mediator, owned or create_workspace(workspace, owner=mediator)


@transaction.atomic
def issue_sign_in_link(user: User) -> str:
    """The token of a new one-time link for ``user``. Links that are used or too old are cleared away."""
    SignInLink.objects.filter(expires_at__lt=timezone.now()).delete()
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(user=user, token_sha256=_digest(token), expires_at=timezone.now() + LINK_LASTS)
    return token


@transaction.atomic
def redeem_sign_in_link(token: str) -> User:
    """The person whom ``token`` signs in; the link is used up. Of two who come at once, one gets in.

    Raises ``LinkNotValidError``.
    """
    now = timezone.now()
    link = SignInLink.objects.select_for_update().filter(token_sha256=_digest(token)).select_related("user").first()
    if link is None or link.used_at is not None or link.expires_at < now or not link.user.is_active:
        raise LinkNotValidError
    link.used_at = now
    link.save(update_fields=["used_at"])
    return link.user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
