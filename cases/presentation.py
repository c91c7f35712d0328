"""A case in words: tags and lessons with their labels."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from cases.models import Case, CaseMeasure, Lesson
from guidelines.catalogue import Topic, topic
from guidelines.taxonomy import LABELS, label

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


class ShownParty(NamedTuple):
    """A side of the conflict, with its kind and power in words."""

    name: str
    kind: str
    power: str


def facts_of(case: Case) -> list[tuple[str, str]]:
    """What stands beside the summary, each under its name."""
    facts = [
        (_("Conflict"), _(label("conflict_type", case.conflict_type))),
        (_("Region"), case.region),
        (_("Years"), case.years.replace("-ongoing", _(" until today")).replace("-", "–")),
        (_("Third party"), case.third_party),
        (_("Phases"), ", ".join(_(LABELS["phase"].get(phase, phase)) for phase in case.phases)),
        (_("How sure the facts are"), _(label("confidence", case.confidence))),
    ]
    return [fact for fact in facts if fact[1]]


def parties_of(case: Case) -> list[ShownParty]:
    """The sides in the order of the case's file."""
    return [
        ShownParty(party["name"], _(label("party_kind", party["kind"])), _(label("power", party["relative_power"])))
        for party in case.parties
    ]


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
