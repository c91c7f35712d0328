"""A case in words: tags and lessons with their labels."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from cases.models import Case, CaseMeasure, Lesson
from guidelines.catalogue import Topic, topic
from guidelines.taxonomy import label

SECTOR_CLASSES = {
    "political": "political",
    "security": "security",
    "economic_environmental": "economic",
    "social_humanitarian_cultural": "social",
}


class Tag(NamedTuple):
    """A label and the CSS class that goes with it."""

    label: str
    css: str


class ShownMeasure(NamedTuple):
    """A measure of a case with its tags."""

    measure: CaseMeasure
    tags: list[Tag]
    verified_by: str


class ShownLesson(NamedTuple):
    """A lesson and the guideline or challenge that it is about."""

    lesson: Lesson
    topic: Topic


def measures_of(case: Case) -> list[ShownMeasure]:
    """The measures in their order."""
    return [
        ShownMeasure(measure, _tags(measure), _(label("verification", measure.verification)))
        for measure in case.measures.all()
    ]


def lessons_of(case: Case) -> list[ShownLesson]:
    """The lessons in their order."""
    return [ShownLesson(lesson, topic(lesson.topic)) for lesson in case.lessons.all()]


def _tags(measure: CaseMeasure) -> list[Tag]:
    sectors = [Tag(_(label("sector", s)), SECTOR_CLASSES[s]) for s in measure.sectors]
    plain = [
        *(label("actor_level", level) for level in measure.actor_levels),
        *(label("track", track) for track in measure.tracks),
        *(label("phase", phase) for phase in measure.phases),
        label("reciprocity", measure.reciprocity),
        label("binding", measure.binding),
    ]
    return [*sectors, *(Tag(_(text), "plain") for text in plain)]
