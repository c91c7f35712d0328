"""Forms of the reports pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from proposals.models import Proposal, Revision, RevisionQuerySet
from proposals.rules import may
from reports.asking import Wanted
from reports.kinds.registry import KINDS
from reports.models import OF_A_PERSON, Report
from reports.words import PAPERS

OF_A_REVISION: Final = tuple(kind for kind in Report.Kind if kind in KINDS and kind not in OF_A_PERSON)
"""The kinds that tell of a revision, in the order in which they are offered."""

OF_EACH_OF_MANY: Final = tuple(
    kind for kind in OF_A_REVISION if kind not in (Report.Kind.COMPARISON, Report.Kind.DOSSIER)
)


def _limit(report_field: str) -> int:
    length = Report._meta.get_field(report_field).max_length  # type: ignore[union-attr]
    assert length is not None
    return length


class ReportForm(forms.Form):
    """How a report of one kind is wanted; it offers what the kind has and the person may have."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": gettext_lazy("There is no report of this kind.")},
    )
    against = forms.ModelChoiceField(
        Revision.objects.none(), label=gettext_lazy("Compared with"), empty_label=gettext_lazy("Choose a draft")
    )
    format = forms.ChoiceField(label=gettext_lazy("Format"))
    audience = forms.ChoiceField(label=gettext_lazy("For whom"), widget=forms.RadioSelect)
    party = forms.ChoiceField(
        label=gettext_lazy("Commitments of"),
        required=False,
        help_text=gettext_lazy(
            "Only for a report to share: a version for one party, without what the others commit to."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    paper = forms.ChoiceField(label=gettext_lazy("Paper"), choices=list(PAPERS.items()))
    classification = forms.CharField(
        label=gettext_lazy("Classification"),
        required=False,
        max_length=_limit("classification"),
        help_text=gettext_lazy("Stands at the head of each page."),
    )
    watermark = forms.CharField(
        label=gettext_lazy("Watermark"),
        required=False,
        max_length=_limit("watermark"),
        help_text=gettext_lazy("Pale, across each page: for instance “Draft”."),
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[Report.Kind] = OF_A_REVISION,
        audiences: Iterable[Report.Audience],
        parties: Mapping[str, str],
        others: RevisionQuerySet,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.kinds = tuple(kinds)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in self.kinds]  # type: ignore[attr-defined]
        asked = str((self.data if self.is_bound else self.initial).get("kind", ""))
        self.chosen = Report.Kind(asked) if asked in self.kinds else self.kinds[0]
        self.initial["kind"] = self.chosen
        kind = KINDS[self.chosen]
        self._choose("format", kind.formats)
        self._choose("audience", [each for each in kind.audiences if each in audiences])
        self._choose_party(parties if kind.takes_party else {})
        if self.chosen == Report.Kind.COMPARISON:
            self.fields["against"].queryset = others  # type: ignore[attr-defined]
            self.fields["against"].label_from_instance = _described  # type: ignore[attr-defined]
        else:
            del self.fields["against"]
        self.initial.setdefault("language", get_language() or settings.LANGUAGE_CODE)
        if len(settings.LANGUAGES) == 1:
            self.fields["language"].widget = forms.HiddenInput()

    def _choose(self, name: str, offered: Iterable[Any]) -> None:
        """Offers these; one alone needs no choice."""
        choices = [(each.value, each.label) for each in offered]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages["invalid_choice"] = _("It comes as: %(offered)s.") % {
            "offered": ", ".join(str(label) for _value, label in choices)
        }
        if choices and self.initial.get(name) not in dict(choices):
            self.initial[name] = choices[0][0]
        if len(choices) == 1:
            field.widget = forms.HiddenInput()

    def _choose_party(self, parties: Mapping[str, str]) -> None:
        if parties and Report.Audience.PARTIES in dict(self.fields["audience"].choices):  # type: ignore[attr-defined]
            self.fields["party"].choices = [("", _("All parties")), *parties.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["party"]

    def clean_valid_until(self) -> Any:
        """A day that is not over."""
        day = self.cleaned_data["valid_until"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        """A version for one party is for the parties."""
        cleaned = super().clean() or {}
        if cleaned.get("party") and cleaned.get("audience") != Report.Audience.PARTIES:
            self.add_error("party", _("A version for one party is one to share: choose that, or all parties."))
        return cleaned

    def wanted(self, revision: Revision | None = None) -> Wanted:
        """What was asked for, after ``is_valid`` has said yes."""
        return Wanted(revision=revision, **self.cleaned_data)


class BatchForm(ReportForm):
    """How the reports of several proposals are wanted."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(
            *args,
            kinds=OF_EACH_OF_MANY,
            audiences=list(Report.Audience),
            parties={},
            others=Revision.objects.none(),
            **more,
        )
        self.fields["kind"].widget = forms.RadioSelect(choices=self.fields["kind"].choices)  # type: ignore[attr-defined]


def _described(revision: Revision) -> str:
    said = {"number": revision.number, "day": timezone.localdate(revision.created_at).isoformat()}
    return f"{revision.proposal.title} · " + _("revision %(number)s of %(day)s") % said


def audiences_for(user: User, proposal: Proposal) -> list[Report.Audience]:
    """For whom ``user`` may have reports of a proposal that they may read."""
    whole = may(user, "read_confidential", proposal)
    return [each for each in Report.Audience if whole or each != Report.Audience.INTERNAL]


class ListFilter(forms.Form):
    """What the list of reports is narrowed to; what is not known is left out."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    format = forms.ChoiceField(label=gettext_lazy("Format"), required=False)
    audience = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("Asked for by"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        anything = ("", _("any"))
        for name in ("kind", "format", "audience", "state"):
            choices = Report._meta.get_field(name).choices  # type: ignore[union-attr]
            self.fields[name].choices = [anything, *choices]  # type: ignore[attr-defined, misc]
        self.fields["by"].choices = [("", _("anybody")), ("me", _("me"))]  # type: ignore[attr-defined]

    def narrowed(self, user: User) -> dict[str, Any]:
        """The conditions on reports."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        mine = {"asked_by__contains": [user.pk]} if chosen.pop("by", "") else {}
        return {**chosen, **mine}
