"""The form of a whole case, and the small forms of the editors' pages.

The form shows a document and its problems; what was typed is read as a document (``documents.read``), so a half-filled
case is never lost. ``cases.schema`` alone says what is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.editing.documents import Document, empty, get, members, read, shown
from cases.editing.fields import BY_NAME, CASE, GROUPS, Field, Group
from cases.editing.problems import Problem
from cases.models import Correction

MOST: Final = 40
"""How many parts of a kind the form takes."""


class PartForm(forms.Form):
    """The fields of a case or of one part of it, filled in, with what is wrong beside each."""

    def __init__(self, fields: Iterable[Field], part: Any, problems: Iterable[Problem], prefix: str | None) -> None:
        super().__init__(prefix=prefix, use_required_attribute=False)
        for field in fields:
            value = shown(field, get(part, field.path))
            self.fields[field.name or "text"] = form_field(field, value)
        told: dict[str, list[str]] = {}
        for problem in problems:
            if problem.field is not None:
                told.setdefault(problem.field.name or "text", []).append(problem.message)
        self._errors = ErrorDict({name: ErrorList(messages) for name, messages in told.items()})


def form_field(field: Field, value: Any) -> forms.Field:
    """A field of the form. Boxes that are marked stand first, in their order: the first one weighs most."""
    said: dict[str, Any] = {"label": _(field.label), "required": False, "initial": value}
    said["help_text"] = _(field.help) if field.help else ""
    if not field.is_needed and field.kind != "flag":
        said["label"] = _("%(label)s (if there is one)") % {"label": said["label"]}
    options = [(code, _(label)) for code, label in field.vocabulary.items()]
    if field.kind == "flag":
        return forms.BooleanField(**said)
    if field.kind == "choice":
        return forms.ChoiceField(choices=[("", "—"), *options], **said)
    if field.kind == "choices":
        options.sort(key=lambda option: value.index(option[0]) if option[0] in value else len(value))
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **said)
    rows = {"rows": 4, "dir": "auto"} if field.kind == "text" else {"dir": "auto"}
    number = {"inputmode": "decimal" if field.kind == "decimal" else "numeric"}
    attrs = number if field.kind in ("whole", "decimal") else rows
    return forms.CharField(widget=(forms.Textarea if field.kind == "text" else forms.TextInput)(attrs=attrs), **said)


class Member(NamedTuple):
    """One part of a group in the form."""

    position: int
    title: str
    form: PartForm
    is_open: bool
    is_first: bool
    is_last: bool


class GroupForm(NamedTuple):
    """All parts of a group in the form; ``problems`` are those of the group as a whole."""

    group: Group
    members: list[Member]
    problems: list[str]
    may_grow: bool


class CaseForm:
    """The form of a case: ``own`` for the case itself, ``groups`` for its parts."""

    def __init__(self, document: Mapping[str, Any], problems: Iterable[Problem] = (), opened: str = "") -> None:
        self.document = document
        self.problems = list(problems)
        self.opened = opened
        """The part to show open: ``measures-2``."""
        self.own = PartForm(CASE, document, [each for each in self.problems if each.group is None], None)
        self.groups = [self._group(group) for group in GROUPS]

    def _group(self, group: Group) -> GroupForm:
        parts = members(self.document, group)
        found = []
        for n, part in enumerate(parts):
            own = [each for each in self.problems if each.group is group and each.position == n]
            prefix = f"{group.name}-{n}"
            form = PartForm(group.own_fields, part, own, prefix)
            if prefix == self.opened:
                next(iter(form.fields.values())).widget.attrs["autofocus"] = True
            is_open = bool(own) or prefix == self.opened
            found.append(Member(n, _title(group, part), form, is_open, n == 0, n == len(parts) - 1))
        whole = [each.message for each in self.problems if each.group is group and each.position is None]
        return GroupForm(group, found, whole, len(parts) < MOST)


def _title(group: Group, part: Any) -> str:
    first = next((field for field in group.own_fields if field.path in ("name", "title", "key", "")), None)
    value = get(part, first.path) if first is not None else ""
    if first is None or not value:
        return ""
    return _(first.vocabulary.get(value, "")) or str(value)


def typed(data: QueryDict) -> Document:
    """The document that was typed into the form."""

    def asked(prefix: str, field: Field) -> Any:
        name = f"{prefix}-{field.name or 'text'}" if prefix else field.name
        return data.getlist(name) if field.kind == "choices" else data.get(name, "")

    counts = {}
    for group in GROUPS:
        number = data.get(f"{group.name}-count", "")
        counts[group.name] = (
            min(int(number), 2 * MOST) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        )
    return read(asked, counts)


def rearranged(document: Document, deed: str) -> tuple[Document, str]:
    """The document after a deed such as ``measures:up:2``, and the part to show open; unknown deeds change nothing."""
    name, _sep, rest = deed.partition(":")
    what, _sep, number = rest.partition(":")
    group = BY_NAME.get(name)
    if group is None:
        return document, ""
    parts = members(document, group)
    n = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    if what == "add" and len(parts) < MOST:
        parts.append(empty(group))
        n = len(parts) - 1
    elif what == "remove" and 0 <= n < len(parts):
        del parts[n]
        n = -1
    elif what == "up" and 0 < n < len(parts):
        parts[n - 1 : n + 1] = [parts[n], parts[n - 1]]
        n -= 1
    elif what == "down" and 0 <= n < len(parts) - 1:
        parts[n : n + 2] = [parts[n + 1], parts[n]]
        n += 1
    return {**document, name: parts}, f"{name}-{n}" if n >= 0 else name


class PublishForm(forms.Form):
    """What changed, in a sentence."""

    summary = forms.CharField(
        label=gettext_lazy("What changed, in a sentence"),
        help_text=gettext_lazy("It stands in the history of the case. “Corrected the year of the second measure.”"),
        max_length=300,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class WithdrawForm(forms.Form):
    """Why a case leaves the library."""

    because = forms.CharField(
        label=gettext_lazy("Why"), help_text=gettext_lazy("It stands in the history of the case."), max_length=300
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class AppointForm(forms.Form):
    """Who else is to edit the library."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Of a person who has an account here."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def _longer(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=5000, widget=widget)


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a reader thinks is wrong."""

    part = forms.ChoiceField(label=gettext_lazy("Which part"), choices=[("", "—"), *Correction.Part.choices])
    wrong = _longer(gettext_lazy("What is wrong"))
    right = _longer(gettext_lazy("What would be right"), required=False)
    source = _longer(
        gettext_lazy("Where that stands"),
        gettext_lazy("A title or an address. With a source the editors can follow you sooner."),
        required=False,
    )

    class Meta:
        model = Correction
        fields = ("part", "wrong", "right", "source")


class AnswerForm(forms.Form):
    """The editors' answer to a suggestion."""

    state = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[choice for choice in Correction.State.choices if choice[0] != Correction.State.OPEN],
        widget=forms.RadioSelect,
    )
    words = _longer(gettext_lazy("In your words"), gettext_lazy("Whoever suggested it reads this."), required=False)


class UploadForm(forms.Form):
    """A file with cases."""

    file = forms.FileField(
        label=gettext_lazy("A file with cases"),
        help_text=gettext_lazy(
            "YAML as in the library’s files, one case or a list of them, or the filled-in spreadsheet. Up to 2 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )
