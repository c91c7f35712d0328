"""Forms of the second steps: codes and passkeys."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import InOurWords
from accounts.models import User

SECONDS_OF_A_CODE = 180
"""Longer than an app's code is taken for: the present one, the one before and the one after."""


class _WorksOnce(InOurWords):
    user: User
    words: ClassVar = {"code": (_("Code"), _("Six digits from your app, or one of your recovery codes."))}

    def clean_code(self) -> str:
        """No code opens twice, also not for who looked over a shoulder."""
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"code:{self.user.pk}:{code.strip()}", 1, timeout=SECONDS_OF_A_CODE):
            raise ValidationError(_("This code was used already. Wait for the next one."))
        return code


class CodeForm(_WorksOnce, codes.AuthenticateForm):
    """The second step at sign-in."""


class ConfirmByCodeForm(_WorksOnce, codes.ReauthenticateForm):
    """A code, before something that matters."""


class FirstCodeForm(InOurWords, ActivateTOTPForm):
    """The first code of a new app, which shows that the app has the key."""

    words: ClassVar = {"code": (_("Code from the app"), "")}


class NewPasskeyForm(InOurWords, passkeys.AddWebAuthnForm):
    """A name for a passkey, and whether it is enough by itself."""

    words: ClassVar = {
        "name": (_("Name"), _("So that you know it again, such as the device it is on.")),
        "passwordless": (
            _("Sign in with this passkey alone"),
            _("Without a password. The device then asks for your fingerprint, face or PIN."),
        ),
    }
    field_order = ["name", "passwordless", "credential"]  # noqa: RUF012  as in the base class

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["passwordless"] = True


class RenamePasskeyForm(InOurWords, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    words: ClassVar = {"name": (_("Name"), "")}
