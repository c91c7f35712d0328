"""Forms of the accounts pages."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

THEMES = ("system", "light", "dark")


class SignInForm(AuthenticationForm):
    """E-mail address and password."""

    username = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    error_messages = {  # noqa: RUF012  an instance variable in the base class
        "invalid_login": _("No account has this e-mail address and password. Check both and try again."),
        "inactive": _("This account is closed. Ask the owner of your workspace."),
    }


class ThemeForm(forms.Form):
    """The choice of light or dark."""

    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES])
