"""The form of the look of reports."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.branding import logos
from reports.branding.colours import LEAST_CONTRAST, contrast_on_white, darkened
from reports.branding.domain import Wish
from reports.formats.word_template import problems_of
from reports.models import Branding
from reports.words import PAPERS

MOST_OF_A_TEMPLATE: Final = 5_000_000
COLOUR: Final = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


class LookForm(forms.Form):
    """What owners decide on how reports look. Files that are there and not replaced stay, unless they are taken away."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.svg,image/png,image/jpeg,image/svg+xml"}),
        help_text=gettext_lazy("PNG, JPEG or SVG, up to 2 MB. It stands on the first page of a report."),
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)
    accent = forms.CharField(
        label=gettext_lazy("Colour"),
        max_length=7,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "class": "colour"}),
        help_text=gettext_lazy("Of titles and rules, as # and six digits, such as #0b5a61."),
    )
    header = forms.CharField(
        label=gettext_lazy("Line at the head"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("On every page, for instance the name of your organisation."),
    )
    footer = forms.CharField(
        label=gettext_lazy("Line at the foot"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("On every page, for instance an address."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("That of the person who asks")), *settings.LANGUAGES],
        help_text=gettext_lazy("Offered first; another can be chosen for each report."),
    )
    paper = forms.ChoiceField(
        label=gettext_lazy("Paper"),
        choices=list(PAPERS.items()),
        help_text=gettext_lazy("Offered first; another can be chosen for each report."),
    )
    template = forms.FileField(
        label=gettext_lazy("Word template"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=gettext_lazy("A .docx file up to 5 MB. Its tags say where the report goes; begin with ours."),
    )
    remove_template = forms.BooleanField(label=gettext_lazy("Take the template away and use ours"), required=False)

    def __init__(self, data: QueryDict | None = None, files: Any = None, *, before: Branding) -> None:
        as_it_is = {name: getattr(before, name) for name in ("accent", "header", "footer", "language", "paper")}
        super().__init__(data, files, initial={"seen": before.number, **as_it_is})
        for name in ("logo", "template"):
            if not getattr(before, name).name:
                del self.fields[f"remove_{name}"]
        if len(settings.LANGUAGES) == 1:
            self.fields["language"].widget = forms.HiddenInput()

    def clean_logo(self) -> bytes | None:
        """The logo as it is kept."""
        brought: UploadedFile[bytes] | None = self.cleaned_data["logo"]
        if brought is None:
            return None
        if (brought.size or 0) > logos.MOST_BYTES:
            raise forms.ValidationError(logos.too_large())
        try:
            return logos.cleaned(brought.read())
        except logos.LogoError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_accent(self) -> str:
        """A colour that can be read on white paper."""
        typed = COLOUR.fullmatch(self.cleaned_data["accent"])
        if typed is None:
            raise forms.ValidationError(_("This is no colour. Write # and six digits or letters from a to f."))
        digits = typed[1].lower()
        colour = "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
        contrast = contrast_on_white(colour)
        if contrast < LEAST_CONTRAST:
            said = {"contrast": f"{contrast:.1f}", "least": LEAST_CONTRAST, "darker": darkened(colour)}
            raise forms.ValidationError(
                _(
                    "This colour is too pale to be read on white: its contrast is %(contrast)s to 1, and %(least)s to 1 "
                    "is needed. The same colour, just dark enough, is %(darker)s."
                )
                % said
            )
        return colour

    def clean_header(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["header"].split())

    def clean_footer(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["footer"].split())

    def clean_template(self) -> bytes | None:
        """The template as it was brought, if reports can be made with it."""
        brought: UploadedFile[bytes] | None = self.cleaned_data["template"]
        if brought is None:
            return None
        if (brought.size or 0) > MOST_OF_A_TEMPLATE:
            raise forms.ValidationError(_("The template may have up to 5 MB. Take large pictures out of it."))
        content: bytes = brought.read()
        if problems := problems_of(content):
            raise forms.ValidationError(problems)
        return content

    def wish(self) -> Wish:
        """What was asked for, after ``is_valid`` has said yes. A file that was brought counts for more than the wish to have
        none."""
        said = {name: self.cleaned_data[name] for name in Wish._fields}
        for name in ("logo", "template"):
            if said[name] is None and self.cleaned_data.get(f"remove_{name}"):
                said[name] = b""
        return Wish(**said)

    def show_newest(self, number: int) -> None:
        """The form as it was filled in, to be saved over the look of this number."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": str(number)}
