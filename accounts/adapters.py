"""Where the sign-in (django-allauth) is bent to this site: who may sign up, what its letters say, how secrets are kept."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import audit, mail
from accounts.models import User
from accounts.pending import invitation_in
from accounts.words import MESSAGES, NOTICES, WAYS


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation only; links in letters never take their host from a request."""

    error_messages = {  # noqa: RUF012  as in the base class
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the owner of your workspace."),
        "email_password_mismatch": _("No account has this e-mail address and password. Check both and try again."),
        "email_taken": _("This address has an account already. Sign in with it; the invitation stays open."),
        "enter_current_password": _("This is not your password. Check it and try again."),
        "incorrect_password": _("This is not your password. Check it and try again."),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
        "rate_limited": _("That was tried too often. Wait five minutes, then try again."),
        "duplicate_email": _("This is your address already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only for who holds an open invitation."""
        return invitation_in(request) is not None

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """The invited address is: the link came by e-mail to it."""
        invitation = invitation_in(request)
        return invitation is not None and invitation.email.lower() == email.lower()

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Not for an address that is another person's by now."""
        others = User.objects.filter(email__iexact=email_address.email).exclude(pk=email_address.user_id)
        return not others.exists() and super().confirm_email(request, email_address)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """With the name that was given."""
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """To what the invitation leads to."""
        return getattr(request, "leads_to", "") or super().get_signup_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("accounts:home")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link to a new password, at the address of the site."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return mail.link(path.replace("UID-KEY", key), self.request)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link that confirms an address, at the address of the site."""
        return mail.link(reverse("account_confirm_email", args=[emailconfirmation.key]), request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Our sentence instead of allauth's template; nothing where we have none."""
        text = kwargs.get("message") or MESSAGES.get(message_template or "")
        context = kwargs.get("message_context") or (args[0] if args else None) or {}
        if text:
            messages.add_message(request, level, text % context if context else text)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """In our words."""
        return [{**way, "description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Plain text, from our templates; all short notices come from one."""
        notice = NOTICES.get(template_prefix)
        template = "accounts/mail/notice" if notice else template_prefix
        home = mail.link(reverse("accounts:home"), self.request)
        mail.send(template, email, {**context, "notice": notice, "account_url": home})

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # The same for all names of the site: failed attempts count together.
        return str(credentials.get("email", "")).lower()


class SecondStepAdapter(DefaultMFAAdapter):
    """Keys of apps and recovery codes lie encrypted in the database."""

    error_messages = {  # noqa: RUF012  as in the base class
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This did not work. Codes change every 30 seconds: try the present one."),
    }

    def encrypt(self, text: str) -> str:
        """With a key made from SECRET_KEY."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ``cryptography.fernet.InvalidToken`` if SECRET_KEY is another than when it was encrypted."""
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A name to begin with."""
        number = user.authenticator_set.filter(type=type).count() + 1
        return str(_("Passkey %(number)d") % {"number": number})

    def _get_site_name(self) -> str:
        return "CBM Advisor"


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ended sessions are told to the audit log."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """Signs the browsers of these sessions out."""
        for session in sessions:
            session.end()
            audit.record_of_person("accounts.session_ended", session.user)


def _fernet() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"accounts.second-step:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
