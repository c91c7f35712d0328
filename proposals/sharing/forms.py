"""Forms of sharing, guest links, comments and transfer."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Workspace
from proposals.models import Comment, GuestLink, Share
from proposals.sharing.links import MOST_DAYS, USUAL_DAYS
from proposals.sharing.places import Places

READS_ALL = "observer_of_all"


class KindForm(forms.Form):
    """What the person may do."""

    may = forms.ChoiceField(
        label=_("What the person may do"),
        choices=[
            (Share.Kind.CO_DRAFTER.value, _("Edit, as a co-drafter")),
            (Share.Kind.OBSERVER.value, _("Read, without the confidential parts")),
            (READS_ALL, _("Read, with the confidential parts")),
        ],
    )

    @property
    def kind(self) -> str:
        """As what the proposal is shared, once the form is right."""
        chosen: str = self.cleaned_data["may"]
        return Share.Kind.OBSERVER if chosen == READS_ALL else chosen

    @property
    def reads_confidential(self) -> bool:
        """Whether the confidential parts are opened to an observer."""
        return bool(self.cleaned_data["may"] == READS_ALL)

    @classmethod
    def of(cls, share: Share) -> KindForm:
        """Filled in as the share is now, with names of its own on a page with several."""
        return cls(initial={"may": READS_ALL if share.reads_confidential else share.kind}, auto_id=f"id_{share.pk}_%s")


class ShareForm(KindForm):
    """With whom a proposal is shared."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ("email", "may")


class LinkForm(forms.ModelForm):  # type: ignore[type-arg]
    """A guest link: whom it is for, what it shows, how long and with which password."""

    days = forms.IntegerField(
        label=_("Good for how many days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    shows = forms.TypedChoiceField(
        label=_("What it shows"), required=False, coerce=int, empty_value=None, choices=[("", _("Always the newest"))]
    )
    password = forms.CharField(
        label=_("Password"),
        min_length=10,
        max_length=128,
        strip=False,
        help_text=_("At least 10 characters. Tell it to the guest by another way than the link, such as by telephone."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("label", "shows", "days", "password")

    class Meta:
        model = GuestLink
        fields = ("label",)
        help_texts = {"label": _("A name for your own list, such as “Adviser of the ministry”.")}  # noqa: RUF012

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(number), _("Revision %(number)s alone") % {"number": number}) for number in numbers]
        cast("forms.TypedChoiceField", self.fields["shows"]).choices = [("", _("Always the newest")), *named]


class PasswordForm(forms.Form):
    """The password of a guest link."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is said."""

    class Meta:
        model = Comment
        fields: tuple[str, ...] = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}  # noqa: RUF012


class CommentForm(AnswerForm):
    """What is said, and of what."""

    about = forms.ChoiceField(label=_("About"), required=False)
    field_order = ("guest_name", "about", "text")

    def __init__(self, *args: Any, places: Places, at: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = cast("forms.ChoiceField", self.fields["about"])
        choices = places.choices()
        for asked in (at, self.data.get("about", "")):
            if asked and places.has(asked) and asked not in dict(choices):
                choices.append((asked, places.told(asked).label))
        about.choices = choices
        about.initial = at if places.has(at) else ""
        about.error_messages["invalid_choice"] = _("The draft no longer has this part. Choose another one.")


class GuestCommentForm(CommentForm):
    """The same, with the name of who says it."""

    class Meta(AnswerForm.Meta):
        fields = ("guest_name", "text")

    def clean_guest_name(self) -> str:
        """A guest has a name."""
        name: str = self.cleaned_data["guest_name"].strip()
        if not name:
            raise ValidationError(_("Write your name, so that the drafters know who says this."))
        return name


class TransferForm(forms.Form):
    """To which workspace a proposal goes."""

    workspace = forms.ModelChoiceField(Workspace.objects.none(), label=_("Workspace"), empty_label=None)

    def __init__(self, *args: Any, workspaces: list[Workspace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = Workspace.objects.filter(pk__in=[each.pk for each in workspaces]).order_by("name")
        cast("forms.ModelChoiceField[Workspace]", self.fields["workspace"]).queryset = allowed


class HandOverForm(forms.Form):
    """Who is responsible from now on."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Responsible from now on"), empty_label=None)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = User.objects.filter(pk__in=[each.pk for each in people]).order_by("name", "email")
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = allowed
