"""The case library in the database, for search and pages; the files in ``cases/data`` are its source."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.editing.models import CaseVersion, Correction, Editor
from cases.keeping.models import SavedSearch, ShelvedCase
from cases.maps.countries import names_of
from cases.searching.folding import fold
from guidelines.catalogue import topics

__all__ = [
    "Case",
    "CaseMeasure",
    "CaseVersion",
    "Correction",
    "Edition",
    "Editor",
    "Lesson",
    "SavedSearch",
    "ShelvedCase",
]


class CaseQuerySet(models.QuerySet["Case"]):
    def illustrating(self, key: str) -> Self:
        """Cases with a lesson on a guideline or challenge, by id (G4) or key (verifiable)."""
        ids = [topic.id for topic in topics().values() if key in (topic.id, topic.key)]
        return self.filter(lessons__topic__in=ids).distinct()

    def matching(self, words: str) -> Self:
        """Cases whose texts or measures hold the words, in any of their forms."""
        return self.filter(search=_asked(words))

    def by_relevance(self, words: str) -> Self:
        """Those that match, the nearest first: titles weigh most, then measures; equals by title."""
        rank = SearchRank(models.F("search"), _asked(words), cover_density=True)
        return self.matching(words).order_by(rank.desc(), "title")


def _asked(words: str) -> SearchQuery:
    """Words as people type them: quoted phrases, "or", a minus."""
    return SearchQuery(fold(words), search_type="websearch", config="english")


class Case(models.Model):
    """A historic case. Lists of facts that no query asks for are kept as they are in its file."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200)
    region = models.CharField(_("region"), max_length=100)
    countries = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"))
    years = models.CharField(_("years"), max_length=12)
    begins = models.PositiveSmallIntegerField(_("first year"))
    ends = models.PositiveSmallIntegerField(_("last year, unless it goes on"), null=True)
    conflict_type = models.CharField(_("type of conflict"), max_length=20)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    parties = models.JSONField(_("parties"))
    between = ArrayField(models.CharField(max_length=25), verbose_name=_("whom it is between"), default=list)
    third_party = models.TextField(_("third party"), blank=True)
    phases = ArrayField(models.CharField(max_length=20), verbose_name=_("phases"))
    summary = models.TextField(_("summary"))
    worked = models.TextField(_("what worked"))
    did_not = models.TextField(_("what did not"))
    sources = models.JSONField(_("sources"))
    links = models.JSONField(_("links"), default=list)
    notes = models.JSONField(_("notes"), default=list)
    confidence = models.CharField(_("confidence"), max_length=10)
    checked = models.BooleanField(_("a public page was seen"), default=False)
    checked_on = models.DateField(_("last checked on"), null=True)
    fingerprint = models.CharField(_("fingerprint of the file"), max_length=64)
    search = SearchVectorField(_("words to be found by"), null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title"]
        indexes: ClassVar = [GinIndex(fields=["search"], name="cases_by_words", fastupdate=False)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.slug])

    @property
    def where(self) -> str:
        """Its countries by name, in the language that is spoken."""
        return names_of(self.countries)


class CaseMeasure(models.Model):
    """One measure of a case, with the tags that a proposal's measures have."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"))
    sectors = ArrayField(models.CharField(max_length=40), verbose_name=_("sectors"))
    actor_levels = ArrayField(models.CharField(max_length=40), verbose_name=_("actor levels"))
    tracks = ArrayField(models.CharField(max_length=3), verbose_name=_("tracks"))
    phases = ArrayField(models.CharField(max_length=20), verbose_name=_("phases"))
    purposes = ArrayField(models.CharField(max_length=20), verbose_name=_("purposes"))
    binding = models.CharField(_("binding force"), max_length=10)
    reciprocity = models.CharField(_("reciprocity"), max_length=15)
    verification = models.CharField(_("verification"), max_length=25)
    verification_note = models.TextField(_("note on verification"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    result = models.CharField(_("what came of it"), max_length=10, default="unclear")
    result_note = models.TextField(_("why it is so"), blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "position"], name="one_measure_a_position_in_a_case")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """Where on the page of its case it stands; part of its address, so it stays as it is."""
        return f"measure-{self.position + 1}"


class Lesson(models.Model):
    """A guideline or challenge that the case illustrates, well or badly."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lessons")
    position = models.PositiveSmallIntegerField(_("position"))
    topic = models.CharField(_("guideline or challenge"), max_length=3)
    is_strength = models.BooleanField(_("illustrates it well"))
    why = models.TextField(_("why"))

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "position"], name="one_lesson_a_position_in_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.why}"


class Edition(models.Model):
    """The library as it was last loaded: one row. What a process keeps of the library is kept for its ``stamp``."""

    stamp = models.UUIDField(_("stamp"))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_edition_of_the_library")]

    def __str__(self) -> str:
        return str(self.stamp)
