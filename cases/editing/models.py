"""The library's editors, the versions of its cases, and what readers suggest."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Editor(models.Model):
    """A person who edits the library, which is one for the whole installation: no role in a workspace leads here."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="editor", verbose_name=_("person")
    )
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """``None``: the operator did."""
    at = models.DateTimeField(_("since"), auto_now_add=True)

    def __str__(self) -> str:
        return str(self.person)


class CaseVersionQuerySet(models.QuerySet["CaseVersion"]):
    def of(self, slug: str) -> Self:
        """Every version of a case, the newest first."""
        return self.filter(slug=slug).order_by("-number")

    def published(self) -> Self:
        return self.filter(state=CaseVersion.State.PUBLISHED)

    def documents(self, slugs: Collection[str]) -> dict[str, dict[str, Any]]:
        """What is published of these cases, by slug."""
        return dict(self.published().filter(slug__in=slugs).values_list("slug", "document"))

    def drafts(self) -> Self:
        return self.filter(state=CaseVersion.State.DRAFT)

    def offered(self) -> Self:
        return self.filter(state=CaseVersion.State.OFFERED)

    def from_releases(self) -> Self:
        return self.filter(made_by=None)


class CaseVersion(models.Model):
    """A case as it was, is, or may become. The tables that are searched are derived from what is published.

    ``document`` is what a case file holds; a draft's may be half filled.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Brought by a release, not looked at yet")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Replaced by a newer version")
        WITHDRAWN = "withdrawn", _("Taken out of the library")
        SET_ASIDE = "set_aside", _("Set aside")

    slug = models.SlugField(_("slug"), max_length=100)
    number = models.PositiveIntegerField(_("number"))
    document = models.JSONField(_("case"))
    fingerprint = models.CharField(_("fingerprint of the case"), max_length=64, blank=True)
    """Of what a file would say; none for a draft."""
    state = models.CharField(_("state"), max_length=10, choices=State)
    follows_file = models.BooleanField(_("what a release brings replaces it"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """``None``: it came with a release."""
    based_on = models.PositiveIntegerField(_("number of the version that it began from"), null=True, blank=True)
    summary = models.CharField(_("what changed"), max_length=300, blank=True)
    withdrawn_because = models.CharField(_("why it was taken out"), max_length=300, blank=True)
    saves = models.PositiveIntegerField(_("times saved"), default=1)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    saved_at = models.DateTimeField(_("last saved"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = CaseVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["slug", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug", "number"], name="one_version_a_number_in_a_case"),
            *(
                models.UniqueConstraint(fields=["slug"], condition=Q(state=state), name=f"one_{state}_version_a_case")
                for state in ("draft", "offered", "published")
            ),
            models.CheckConstraint(condition=~Q(state="draft") | Q(made_by__isnull=False), name="drafts_are_somebodys"),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(made_by__isnull=True), name="releases_offer_versions"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded", "withdrawn"]) | Q(published_at__isnull=False),
                name="what_was_published_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("cases:version", args=[self.slug, self.number])

    @property
    def title(self) -> str:
        """Its title, or what stands in for one that is not written yet."""
        return str(self.document.get("title") or self.slug)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self) -> Self:
        return self.filter(state=Correction.State.OPEN)

    def by_person(self, person: Any) -> Self:
        return self.filter(person=person)


class Correction(models.Model):
    """What a reader thinks is wrong in a case. Only they and the editors see it."""

    class State(models.TextChoices):
        OPEN = "open", _("Not answered yet")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    class Part(models.TextChoices):
        FACTS = "facts", _("Facts: place, years, parties, third party")
        SUMMARY = "summary", _("Summary")
        MEASURES = "measures", _("Measures")
        OUTCOME = "outcome", _("What worked and what did not")
        LESSONS = "lessons", _("Lessons")
        SOURCES = "sources", _("Sources and links")
        OTHER = "other", _("Something else")

    slug = models.SlugField(_("slug"), max_length=100)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="corrections")
    part = models.CharField(_("which part"), max_length=10, choices=Part)
    wrong = models.TextField(_("what is wrong"))
    right = models.TextField(_("what would be right"), blank=True)
    source = models.TextField(_("where that stands"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    created_at = models.DateTimeField(_("suggested"), auto_now_add=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["person", "slug"], name="corrections_of_a_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True) | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="answered_corrections_say_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug} · {self.part} · {self.state}"
