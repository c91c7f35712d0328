"""What a person keeps of the library: saved searches, and cases on a shelf. Nobody else in the workspace sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Workspace

LONGEST_NAME = 120
LONGEST_NOTE = 5000
KEPT_FOR = timedelta(days=7)
"""How long a case that was taken off a shelf can be put back with its note."""


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, person: User, workspace: Workspace) -> Self:
        """The person's own in this workspace, by name."""
        return self.filter(person=person, workspace=workspace).order_by("name", "pk")


class SavedSearch(models.Model):
    """A search of the library under a name. ``found``: how many cases it had when it was saved or last opened."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    query = models.TextField(_("what it looks for, as in the address"))
    found = models.PositiveIntegerField(_("cases found"))
    opened_at = models.DateTimeField(_("last opened"), default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("workspace", "person", MD5("query"), name="one_saved_search_for_a_query")
        ]

    def __str__(self) -> str:
        return self.name


class ShelvedCaseQuerySet(models.QuerySet["ShelvedCase"]):
    def of(self, person: User, workspace: Workspace) -> Self:
        """The person's own in this workspace, those taken off included."""
        return self.filter(person=person, workspace=workspace)

    def standing(self) -> Self:
        """Those that are on the shelf, in the person's order."""
        return self.filter(taken_off_at=None).order_by("position", "pk")

    def due(self) -> Self:
        """Taken off for so long that they are not to be put back any more."""
        return self.filter(taken_off_at__lt=timezone.now() - KEPT_FOR)


class ShelvedCase(models.Model):
    """A case on a person's shelf. It is kept by its slug, so that the note outlives a case that leaves the library.

    ``note_number`` counts the changes of the note: who writes says which one they had read.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(_("slug"), max_length=100)
    title = models.CharField(_("title when it was put there"), max_length=200)
    position = models.PositiveIntegerField(_("position"))
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    note_number = models.PositiveIntegerField(_("changes of the note"), default=0)
    taken_off_at = models.DateTimeField(_("taken off"), null=True, blank=True)

    objects = ShelvedCaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "person", "slug"], name="a_case_once_on_a_shelf")
        ]
        indexes: ClassVar = [
            models.Index(F("taken_off_at"), condition=Q(taken_off_at__isnull=False), name="cases_taken_off_a_shelf")
        ]

    def __str__(self) -> str:
        return self.title
