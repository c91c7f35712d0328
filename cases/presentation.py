"""A case in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Case, CaseMeasure, Lesson
from cases.years import years_of
from guidelines.catalogue import Topic, topic
from guidelines.taxonomy import LABELS, label


class ResultWord(NamedTuple):
    """What came of a measure: a class for its colour, a mark and a word, always together."""

    band: str
    mark: str
    label: str


BANDS: Final = {"held": ("strong", "✓"), "partly": ("adequate", "~"), "failed": ("weak", "!")}
UNCLEAR: Final = ("insufficient", "?")


class ShownMeasure(NamedTuple):
    """A measure of a case in words: who verified it, what came of it, sectors and phases for the table."""

    measure: CaseMeasure
    verified_by: str
    word: ResultWord
    sectors: str
    phases: str


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
        (_("Countries"), case.where),
        (_("Region"), case.region),
        (_("Years"), years_of(case)),
        (_("Third party"), case.third_party),
        (_("Phases"), ", ".join(_(LABELS["phase"].get(phase, phase)) for phase in case.phases)),
        (_("How sure the facts are"), _(label("confidence", case.confidence))),
        (_("Last checked"), date_format(case.checked_on, "j F Y") if case.checked_on else ""),
    ]
    return [fact for fact in facts if fact[1]]


def parties_of(case: Case) -> list[ShownParty]:
    """The sides in the order of the case's file."""
    return [
        ShownParty(party["name"], _(label("party_kind", party["kind"])), _(label("power", party["relative_power"])))
        for party in case.parties
    ]


def shown_measures(measures: Iterable[CaseMeasure]) -> list[ShownMeasure]:
    """Measures in words."""
    return [
        ShownMeasure(
            measure,
            _(label("verification", measure.verification)),
            result_word(measure.result),
            "; ".join(_(label("sector", sector)) for sector in measure.sectors),
            ", ".join(_(label("phase", phase)) for phase in measure.phases),
        )
        for measure in measures
    ]


def result_word(result: str) -> ResultWord:
    """What came of a measure, in a word."""
    return ResultWord(*BANDS.get(result, UNCLEAR), _(label("result", result)))


def shown_lessons(lessons: Iterable[Lesson]) -> list[ShownLesson]:
    """Lessons with what they are about."""
    return [ShownLesson(lesson, topic(lesson.topic)) for lesson in lessons]
