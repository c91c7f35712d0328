"""Forms of the proposals pages."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from proposals.models import READING


class ConfidentialForm(forms.Form):
    """Who beside the drafters may read the confidential parts."""

    roles = forms.MultipleChoiceField(
        label=_("Who else may read them"),
        choices=[(role.value, role.label) for role in READING],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All members of the workspace with this role. Take the mark away to close them again."),
    )


class WorkspaceForm(forms.Form):
    """Asks for the workspace of what is started, where there is a choice."""

    workspace = forms.ModelChoiceField(Workspace.objects.none(), label=_("Workspace"), empty_label=None)

    def __init__(self, *args: Any, workspaces: list[Workspace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._workspaces = workspaces
        if len(workspaces) < 2:
            del self.fields["workspace"]
        else:
            allowed = Workspace.objects.filter(pk__in=[workspace.pk for workspace in workspaces])
            cast("forms.ModelChoiceField[Workspace]", self.fields["workspace"]).queryset = allowed
            self.fields["workspace"].initial = workspaces[0]

    @property
    def chosen_workspace(self) -> Workspace:
        """The one that was chosen, after ``is_valid`` has said yes; without a choice the only one there is."""
        chosen = self.cleaned_data.get("workspace", self._workspaces[0])
        assert isinstance(chosen, Workspace)
        return chosen
