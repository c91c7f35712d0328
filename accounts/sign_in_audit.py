"""What the audit log keeps of signing in and of changes to accounts."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.audit import record, record_of_person
from accounts.models import User


@receiver(account.user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """``method``: all steps that were taken, such as ``password+totp``."""
    steps = [entry.get("type") or entry["method"] for entry in get_authentication_records(request, user)]
    record_of_person("accounts.signed_in", user, method="+".join(steps) or "sign-up")


@receiver(user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    """Nobody signs out who was not signed in."""
    if user is not None:
        record_of_person("accounts.signed_out", user)


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], **_: Any) -> None:
    """``address``: a part of its digest, so that attempts on one address can be seen to belong together."""
    record("accounts.sign_in_failed", by=None, address=_digest(str(credentials.get("email", ""))), step="password")


@receiver(mfa.authentication_failed)
def second_step_failed(user: User, authenticator: Authenticator, **_: Any) -> None:
    """The password was right, the code was not."""
    record("accounts.sign_in_failed", by=None, address=_digest(user.email), step=str(authenticator.type))


@receiver([account.password_changed, account.password_set])
def password_changed(user: User, **_: Any) -> None:
    """Also if it is the first one."""
    record_of_person("accounts.password_changed", user)


@receiver(account.password_reset)
def password_reset(user: User, **_: Any) -> None:
    """By a link that came by e-mail."""
    record_of_person("accounts.password_reset", user)


@receiver(account.email_changed)
def email_changed(user: User, **_: Any) -> None:
    """The new address was confirmed."""
    record_of_person("accounts.email_changed", user)


@receiver(mfa.authenticator_added)
def second_step_added(user: User, authenticator: Authenticator, **_: Any) -> None:
    """Recovery codes come with the first second step."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record_of_person("accounts.recovery_codes_made", user)
    else:
        record_of_person("accounts.second_factor_added", user, kind=str(authenticator.type))


@receiver(mfa.authenticator_reset)
def recovery_codes_made(user: User, **_: Any) -> None:
    """The old ones do not work any more."""
    record_of_person("accounts.recovery_codes_made", user)


@receiver(mfa.authenticator_removed)
def second_step_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    """Recovery codes go with the last second step."""
    record_of_person("accounts.second_factor_removed", user, kind=str(authenticator.type))


def _digest(address: str) -> str:
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:16]
