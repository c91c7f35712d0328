"""Forms of the accounts pages, in our words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as base
from allauth.core import context
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import pending
from accounts.adapters import AccountAdapter
from accounts.invitations import InvitationNotValidError
from accounts.models import User

THEMES = ("system", "light", "dark")
GOOD_PASSWORD = _("At least 12 characters. A sentence that only you would say is best.")
ADDRESS = _("E-mail address")


class ThemeForm(forms.Form):
    """The choice of light or dark."""

    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES])


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the person is called."""

    class Meta:
        model = User
        fields: ClassVar = ["name"]
        widgets: ClassVar = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class InOurWords:
    """A form of allauth's with our labels and help, and without its placeholders."""

    words: ClassVar[dict[str, tuple[Any, Any]]] = {}
    """Label and help by field."""
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class SignInForm(InOurWords, base.LoginForm):
    """E-mail address and password."""

    words: ClassVar = {"login": (ADDRESS, ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocomplete": "username"}


class SignUpForm(InOurWords, base.SignupForm):
    """An account for an invited person: the address is the invited one."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As your team knows you."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order: ClassVar = ["email", "name", "password1"]
    words: ClassVar = {
        "email": (ADDRESS, _("The invitation is for this address.")),
        "password1": (_("Password"), GOOD_PASSWORD),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invitation = pending.invitation_in(context.request)
        self.fields["email"].disabled = True
        self.initial["email"] = invitation.email if invitation else ""

    def clean_email(self) -> str:
        """Says so if there is an account already: who holds the invitation may know."""
        email: str = super().clean_email()
        if self.account_already_exists:
            raise AccountAdapter().validation_error("email_taken")
        return email

    @transaction.atomic
    def save(self, request: Any) -> User:
        """Makes the account and accepts the invitation."""
        user = super().save(request)
        assert isinstance(user, User)
        pending.accept(request, user)
        return user

    def try_save(self, request: Any) -> Any:
        """The person, or the page that says that the invitation is no longer open."""
        try:
            return super().try_save(request)
        except InvitationNotValidError:
            return None, pending.not_open(request)


class ForgottenPasswordForm(InOurWords, base.ResetPasswordForm):
    """Asks for a link to a new password."""

    words: ClassVar = {"email": (ADDRESS, "")}


class _TwicePassword(InOurWords):
    words: ClassVar = {
        "oldpassword": (_("Present password"), ""),
        "password1": (_("New password"), GOOD_PASSWORD),
        "password2": (_("New password, again"), ""),
    }


class NewPasswordForm(_TwicePassword, base.ResetPasswordKeyForm):
    """A new password, for who followed the link."""


class ChangePasswordForm(_TwicePassword, base.ChangePasswordForm):
    """A new password, for who knows the present one."""


class FirstPasswordForm(_TwicePassword, base.SetPasswordForm):
    """A password for who has signed in by other means until now."""


class NewAddressForm(InOurWords, base.AddEmailForm):
    """Another e-mail address instead of the present one, once it is confirmed."""

    words: ClassVar = {"email": (_("New e-mail address"), _("It counts once you have opened the link we send there."))}


class ConfirmByPasswordForm(InOurWords, base.ReauthenticateForm):
    """The password again, before something that matters."""

    words: ClassVar = {"password": (_("Password"), "")}
