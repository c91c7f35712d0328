"""Cases side by side: what they have in common, and where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.maps.countries import name_of
from cases.models import Case, Lesson
from cases.presentation import parties_of
from cases.searching.facets import BETWEEN
from cases.years import years_of
from guidelines.catalogue import Topic, topics
from guidelines.taxonomy import LABELS, label

MOST: Final = 4
LONGEST: Final = 24
"""How many cases an address may name; more are not looked at."""


class Value(NamedTuple):
    """A value in words, and whether every case compared has it."""

    text: str
    in_all: bool


class Row(NamedTuple):
    """One thing compared: a list of values for each case, and whether they are the same in all."""

    name: str
    cells: list[list[Value]]
    is_same: bool


class LessonRow(NamedTuple):
    """A guideline or challenge, and the lessons of each case on it; ``is_same``: all illustrate it, and alike."""

    topic: Topic
    cells: list[list[Lesson]]
    is_same: bool


class Rest(NamedTuple):
    """A case that is named in the address and does not fit any more, with the address that shows it instead."""

    case: Case
    instead: str


@dataclass(frozen=True)
class Comparison:
    """The cases that an address names, in its order, with measures and lessons. ``unknown``: slugs that lead nowhere."""

    found: tuple[Case, ...]
    unknown: tuple[str, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        return self.found[:MOST]

    @property
    def is_full(self) -> bool:
        return len(self.found) >= MOST

    def rest(self) -> list[Rest]:
        """The cases beyond ``MOST``: nothing chosen is lost."""
        kept = [case.slug for case in self.cases[:-1]]
        moved = self.cases[-1].slug if self.cases else ""
        beyond = [case.slug for case in self.found[MOST:]]
        return [
            Rest(case, address([*kept, case.slug, moved, *(slug for slug in beyond if slug != case.slug)]))
            for case in self.found[MOST:]
        ]

    def without(self, case: Case) -> str:
        """The address of the same without a case."""
        return address(each.slug for each in self.found if each != case)

    def with_slug(self, slug: str) -> str:
        """The address of the same with one more."""
        return address([*(each.slug for each in self.found), slug])

    @cached_property
    def facts(self) -> list[Row]:
        """What is known of conflict, sides and circumstances."""
        return [
            self._row(_("Conflict"), lambda case: [_(label("conflict_type", case.conflict_type))]),
            self._row(_("Countries"), lambda case: [name_of(code) for code in case.countries]),
            self._row(_("Region"), lambda case: [case.region]),
            self._row(_("Years"), lambda case: [years_of(case)]),
            self._row(_("Between"), lambda case: [_(BETWEEN[code]) for code in case.between]),
            self._row(_("Parties and their power"), _parties),
            self._row(_("Third party"), lambda case: [case.third_party] if case.third_party else []),
            self._row(_("Phases of the process"), lambda case: _words("phase", case.phases)),
            self._row(_("How sure the facts are"), lambda case: [_(label("confidence", case.confidence))]),
        ]

    @cached_property
    def forms(self) -> list[Row]:
        """What kinds of measures there are, all measures of a case taken together."""
        kinds = [
            (_("Sectors"), "sector", "sectors"),
            (_("Actor levels"), "actor_level", "actor_levels"),
            (_("Tracks"), "track", "tracks"),
            (_("Phases of the measures"), "phase", "phases"),
            (_("Purposes"), "purpose", "purposes"),
            (_("Binding force"), "binding", "binding"),
            (_("Reciprocity"), "reciprocity", "reciprocity"),
            (_("Verified by"), "verification", "verification"),
        ]
        return [self._row(name, _of_measures(kind, field)) for name, kind, field in kinds]

    def lessons(self) -> list[LessonRow]:
        """The lessons, aligned by guideline or challenge in the order of the handbook; without those of no case."""
        by_case = [_lessons_by_topic(case) for case in self.cases]
        rows = []
        for topic_id, topic in topics().items():
            cells = [lessons.get(topic_id, []) for lessons in by_case]
            if any(cells):
                shown = [{lesson.is_strength for lesson in cell} for cell in cells]
                rows.append(LessonRow(topic, cells, all(each == shown[0] for each in shown)))
        return rows

    def in_common(self) -> list[str]:
        """One sentence or two on what all of them share; empty for fewer than two cases."""
        if len(self.cases) < 2:
            return []
        shared = [f"{name}: {_joined(values)}" for name, row in self._telling() if (values := _shared(row))]
        what = _("All have in common: %(what)s.") % {"what": "; ".join(shared)}
        said = [what if shared else _("Of conflict, sides and measures nothing is common to all.")]
        alike = [f"{row.topic.id} {_(row.topic.name)}" for row in self.lessons() if row.is_same]
        if alike:
            said.append(_("All show the same of %(topics)s.") % {"topics": _joined(alike)})
        return said

    def _telling(self) -> list[tuple[str, Row]]:
        """What is worth a word if it is common to all."""
        conflict, between = self.facts[0], self.facts[4]
        sectors, _levels, _tracks, phases, *_others, verified = self.forms
        return [
            (_("conflict"), conflict),
            (_("between"), between),
            (_("sectors"), sectors),
            (_("phases"), phases),
            (_("verified by"), verified),
        ]

    def _row(self, name: str, said: Callable[[Case], list[str]]) -> Row:
        cells = [said(case) for case in self.cases]
        in_all = set(cells[0]).intersection(*cells) if cells else set()
        shown = [[Value(text, text in in_all) for text in cell] for cell in cells]
        return Row(name, shown, all(set(cell) == in_all for cell in cells))


def compare(slugs: Iterable[str]) -> Comparison:
    """The cases with these slugs, each once; three queries, none without slugs."""
    asked = list(dict.fromkeys(slug for slug in slugs if slug))[:LONGEST]
    if not asked:
        return Comparison((), ())
    known = Case.objects.defer("search").prefetch_related("measures", "lessons").in_bulk(asked, field_name="slug")
    found = tuple(known[slug] for slug in asked if slug in known)
    return Comparison(found, tuple(slug for slug in asked if slug not in known))


def address(slugs: Iterable[str]) -> str:
    """Where these cases are compared."""
    return f"{reverse('cases:compare')}?{urlencode([('case', slug) for slug in slugs])}"


def _shared(row: Row) -> list[str]:
    """What all cases have, as within a sentence."""
    return [value.text[:1].lower() + value.text[1:] for value in row.cells[0] if value.in_all]


def _joined(values: Sequence[str]) -> str:
    """The values as a sentence lists them."""
    *most, last = values
    return _("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def _parties(case: Case) -> list[str]:
    return [f"{party.name} ({party.kind.lower()}, {party.power.lower()})" for party in parties_of(case)]


def _words(kind: str, codes: Iterable[str]) -> list[str]:
    """The labels in the order of the taxonomy, each once."""
    given = set(codes)
    ordered = [code for code in LABELS[kind] if code in given]
    return [_(LABELS[kind][code]) for code in ordered] + sorted(given.difference(ordered))


def _of_measures(kind: str, field: str) -> Callable[[Case], list[str]]:
    def said(case: Case) -> list[str]:
        values: list[str | Sequence[str]] = [getattr(measure, field) for measure in case.measures.all()]
        return _words(kind, [code for each in values for code in ([each] if isinstance(each, str) else each)])

    return said


def _lessons_by_topic(case: Case) -> dict[str, list[Lesson]]:
    found: dict[str, list[Lesson]] = {}
    for lesson in case.lessons.all():
        found.setdefault(lesson.topic, []).append(lesson)
    return found
