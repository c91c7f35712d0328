"""Forms for what a person keeps of the library."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.keeping.models import LONGEST_NAME, LONGEST_NOTE


class SearchNameForm(forms.Form):
    """The name of a saved search."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give the search a name, so that you find it again.")},
    )


class NoteForm(forms.Form):
    """A note on a case, and the number of the note that its writer had before them."""

    note = forms.CharField(
        label=_("Your note"), max_length=LONGEST_NOTE, required=False, strip=False, widget=forms.Textarea
    )
    read = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_note(self) -> str:
        """With plain line ends, whatever the browser sends."""
        return str(self.cleaned_data["note"]).replace("\r\n", "\n").replace("\r", "\n")
