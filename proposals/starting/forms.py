"""Forms with which packages are started."""

from __future__ import annotations

import uuid
from typing import Any, Final, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidelines.taxonomy import LABELS
from proposals.forms import WorkspaceForm
from proposals.models import Proposal
from proposals.starting.documents import Document, blank

NEW: Final = "new"
LONGEST_AGREEMENT: Final = 200_000


class BlankForm(WorkspaceForm):
    """The little that a blank package begins with."""

    title = forms.CharField(label=_("Title of the package"), max_length=200)
    one_side = forms.CharField(label=_("One party"), max_length=200, required=False)
    other_side = forms.CharField(label=_("Another party"), max_length=200, required=False)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    field_order = ("title", "one_side", "other_side", "phase", "workspace")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases = [(code, gettext(label)) for code, label in LABELS["phase"].items()]
        cast("forms.ChoiceField", self.fields["phase"]).choices = [("", _("I will say later")), *phases]

    @property
    def document(self) -> Document:
        """The document to start with, after ``is_valid`` has said yes."""
        said = self.cleaned_data
        return blank(title=said["title"], parties=[said["one_side"], said["other_side"]], phase=said["phase"])


class ShelfForm(WorkspaceForm):
    """The title of a package that begins with historic measures."""

    title = forms.CharField(label=_("Title of the package"), max_length=200)
    field_order = ("title", "workspace")


class InspireForm(WorkspaceForm):
    """Which draft a historic measure is taken into. ``drafts``: those to choose from."""

    into = forms.ChoiceField(label=_("Into which draft"))
    title = forms.CharField(
        label=_("Title, if it is a new package"),
        max_length=200,
        required=False,
        help_text=_("It can be changed later."),
    )
    field_order = ("into", "title", "workspace")

    def __init__(self, *args: Any, drafts: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(draft.pk), draft.title) for draft in drafts]
        cast("forms.ChoiceField", self.fields["into"]).choices = [*offered, (NEW, _("A new package"))]
        if "workspace" in self.fields:
            self.fields["workspace"].label = _("Workspace, if it is a new package")

    @property
    def proposal_id(self) -> uuid.UUID | None:
        """The draft that was chosen; ``None`` for a new one."""
        into = self.cleaned_data["into"]
        return None if into == NEW else uuid.UUID(into)


class AgreementForm(WorkspaceForm):
    """The text of an agreement, and whom it is between."""

    text = forms.CharField(
        label=_("Text of the agreement"),
        max_length=LONGEST_AGREEMENT,
        strip=False,
        help_text=_("Up to 200,000 characters. It is only cut into clauses; no word is added or lost."),
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
        error_messages={"required": _("Paste the text of the agreement.")},
    )
    parties = forms.CharField(
        label=_("The parties, one on each line"),
        max_length=5000,
        required=False,
        help_text=_("So that you can say of each clause who commits to it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    language = forms.CharField(
        label=_("Language of the text"),
        initial="en",
        max_length=35,
        help_text=_("A tag such as en, fr or ar. Loose words are marked in English texts."),
        validators=[RegexValidator(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", _("Write a tag such as en, fr or ar-SD."))],
    )
    field_order = ("text", "parties", "language", "workspace")

    def clean_text(self) -> str:
        """Refuses a text without a word."""
        text: str = self.cleaned_data["text"]
        if not any(map(str.isalnum, text)):
            raise forms.ValidationError(_("There is no word in this text. Paste the text of the agreement."))
        return text

    @property
    def names(self) -> list[str]:
        """The parties by name."""
        return [name.strip()[:200] for name in self.cleaned_data["parties"].splitlines() if name.strip()][:30]
