"""Forms for files that come in, and for those that are taken along."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from cbm_advisor.lib.documents import LARGEST
from proposals.exchange.archives import MOST_FILES, ArchiveError, Packed, is_archive, unpacked
from proposals.exchange.reading import Incoming, read_file
from proposals.forms import WorkspaceForm

ACCEPTED: Final = ".json,.yaml,.yml,.zip,application/json,application/yaml,application/zip"


class SeveralFilesInput(forms.FileInput):
    """Lets choose several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A list of files."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        """The files, each as a field for one would take it. Raises ``ValidationError``."""
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(each, initial) for each in chosen if each]


class TextForm(forms.Form):
    """A package as text. After ``is_valid`` it is in ``incoming``; one that cannot be read is an error at the text."""

    text = forms.CharField(
        label=_("Or paste it here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "code", "spellcheck": "false", "dir": "auto"}),
    )
    incoming: list[Incoming]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.incoming = []
        files = cleaned.get("file") or []
        text = cleaned.get("text", "")
        if files:
            self.incoming = [each for file in files for each in self._of(file)]
        elif text.strip():
            self.incoming = [read_file(str(_("The text")), text.encode("utf-8", "surrogatepass"))]
        elif not self.errors:
            raise ValidationError(_("Choose a file, or paste the package as text."))
        if len(self.incoming) == 1 and self.incoming[0].unreadable:
            self._give_back(self.incoming[0])
        return cleaned

    def _of(self, file: File[bytes]) -> list[Incoming]:
        content = bytes(file.read())
        return [read_file(str(file.name), content)]

    def _give_back(self, incoming: Incoming) -> None:
        """What was in the file stands in the text field, so that it can be mended on the page."""
        if incoming.text and len(incoming.text) <= LARGEST:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("text")] = incoming.text  # type: ignore[index]
        self.add_error("text", f"{incoming.name}: {incoming.unreadable} {_('Mend it here, or send the mended file.')}")


class ImportForm(TextForm, WorkspaceForm):
    """Packages as files or as text: JSON, YAML, or a ZIP file with several."""

    file = SeveralFilesField(
        label=_("Files"),
        help_text=_("JSON or YAML, up to 2 MB each, or a ZIP file of them. You can choose several."),
        required=False,
        widget=SeveralFilesInput(attrs={"accept": ACCEPTED}),
    )
    field_order = ("workspace", "file", "text")

    def _of(self, file: File[bytes]) -> list[Incoming]:
        content = bytes(file.read())
        if not is_archive(content):
            return [read_file(str(file.name), content)]
        try:
            packed = unpacked(content)
        except ArchiveError as error:
            self.add_error("file", f"{file.name}: {error}")
            return []
        if not packed:
            self.add_error("file", _("%(name)s: there is no package in this ZIP file.") % {"name": file.name})
        return [_of_packed(str(file.name), each) for each in packed]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if len(self.incoming) > MOST_FILES:
            message = _("These are %(number)s files; the most at once is %(most)s. Send a part of them.")
            self.add_error("file", message % {"number": len(self.incoming), "most": MOST_FILES})
        return cleaned


class RevisionFileForm(TextForm):
    """One package, as a file or as text."""

    file = SeveralFilesField(
        label=_("A package file"),
        help_text=_("JSON or YAML, in the format cbm-package/1, up to 2 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED.replace(".zip,", "").replace(",application/zip", "")}),
    )
    field_order = ("file", "text")


class ExportForm(forms.Form):
    """How packages are written into the archive."""

    kind = forms.ChoiceField(
        label=_("Written as"),
        choices=[("json", _("JSON, for programs")), ("yaml", _("YAML, easier to read and to edit"))],
        initial="json",
        widget=forms.RadioSelect,
    )


def _of_packed(archive: str, packed: Packed) -> Incoming:
    name = f"{archive} / {packed.name}"
    if packed.refused:
        return Incoming(name, None, unreadable=packed.refused)
    return read_file(name, packed.content)
