"""Forms of the proposals pages."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from assessments.package import Package, PackageError, load_package
from cbm_advisor.lib.documents import LARGEST
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


class PackageForm(forms.Form):
    """A package as a file or as text, JSON or YAML. After ``is_valid`` it is in ``ready_package``.

    When something is wrong, what was in the file stands in the text field, so that it can be mended on the page.
    """

    workspace = forms.ModelChoiceField(Workspace.objects.none(), label=_("Workspace"), empty_label=None)
    file = forms.FileField(
        label=_("A package file"),
        help_text=_("JSON or YAML, in the format cbm-package/1, up to 2 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,.yaml,.yml,application/json,application/yaml"}),
    )
    text = forms.CharField(
        label=_("Or paste it here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "code", "spellcheck": "false", "dir": "auto"}),
    )

    def __init__(self, *args: Any, workspaces: list[Workspace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.package: Package | None = None
        if len(workspaces) < 2:
            del self.fields["workspace"]
        else:
            allowed = Workspace.objects.filter(pk__in=[workspace.pk for workspace in workspaces])
            cast("forms.ModelChoiceField[Workspace]", self.fields["workspace"]).queryset = allowed
            self.fields["workspace"].initial = workspaces[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        content = _read(file) if file else text.encode()
        if not content.strip():
            raise ValidationError(_("Choose a file, or paste the package as text."))
        try:
            self.package = load_package(content)
        except PackageError as error:
            if file:
                self._show(content)
            self.add_error("text", [ValidationError(str(problem)) for problem in error.problems])
        return cleaned

    @property
    def ready_package(self) -> Package:
        """The package, after ``is_valid`` has said yes."""
        assert self.package is not None
        return self.package

    def _show(self, content: bytes) -> None:
        filled = cast(QueryDict, self.data).copy()
        filled[self.add_prefix("text")] = content.decode("utf-8", "replace")
        self.data = filled


def _read(file: File[bytes]) -> bytes:
    return bytes(file.read(LARGEST + 1))
