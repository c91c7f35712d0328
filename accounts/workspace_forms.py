"""Forms of the workspace pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Workspace


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.DRAFTER)


class RoleForm(forms.Form):
    """A member's new role."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)


class NewWorkspaceForm(forms.Form):
    """Name and kind of a workspace."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Workspace.Kind.choices)


class SettingsForm(NewWorkspaceForm):
    """What owners decide about their workspace."""

    second_factor_for = forms.MultipleChoiceField(
        label=_("Who needs a second step at sign-in"),
        choices=Membership.Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A code from an authenticator app, or a passkey. Those who have none yet set it up when they enter."
        ),
    )
    keep_deleted_days = forms.IntegerField(
        label=_("Days that deleted proposals are kept"),
        min_value=1,
        max_value=3650,
        help_text=_("Until then the drafters can put them back. Afterwards they are gone for good, reports included."),
    )

    @classmethod
    def of(cls, workspace: Workspace) -> SettingsForm:
        """Filled in as the workspace is now."""
        fields: dict[str, Any] = {name: getattr(workspace, name) for name in cls.base_fields}
        return cls(initial=fields)
