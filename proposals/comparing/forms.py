"""The form for a new variant."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from proposals.comparing.saying import Draft, rows_of, title_of


class VariantForm(forms.Form):
    """What a variant tries out, and which measures it does without."""

    note = forms.CharField(
        label=_("What does it try out?"),
        max_length=200,
        help_text=_("A few words that tell it from the others, such as: what if we drop the patrols."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    left_out = forms.MultipleChoiceField(
        label=_("Measures to leave out"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Verification, “what if” clauses and links that are about these alone go with them."),
    )

    def __init__(self, *args: Any, document: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = [
            (row["id"], f"{number}. {title_of(row, 'measures', row['id'])}")
            for number, row in enumerate(rows_of(document.get("measures")), 1)
            if isinstance(row.get("id"), str)
        ]
        if len(self.measures) > 1:
            cast("forms.MultipleChoiceField", self.fields["left_out"]).choices = self.measures
        else:
            del self.fields["left_out"]

    def clean_left_out(self) -> list[str]:
        left_out: list[str] = self.cleaned_data["left_out"]
        if len(set(left_out)) == len(self.measures):
            raise ValidationError(_("Leave at least one measure in: a package without measures cannot be assessed."))
        return left_out
