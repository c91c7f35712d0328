"""One-time links that sign a person in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import SignInLink, User

LINK_LASTS: Final = timedelta(hours=12)


class LinkNotValidError(Exception):
    """The sign-in link is unknown, used or too old."""


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
