"""The shelf as files: CSV with a row a measure, and JSON (``docs/shelf-shape.md``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.keeping.shelf import Shelved
from cases.models import Case, CaseMeasure, CaseVersion
from cases.presentation import parties_of
from cbm_advisor.lib.csv_text import as_csv
from guidelines.catalogue import topic
from guidelines.taxonomy import LABELS, label

FORMAT: Final = "cbm-shelf/1"


def shelf_as_json(shelf: Sequence[Shelved], address_of: Callable[[str], str]) -> dict[str, Any]:
    """The shelf with the full records of its cases, one query; ``address_of`` gives the address of a case by its slug."""
    records = CaseVersion.objects.documents([each.shelved.slug for each in shelf])
    return {"format": FORMAT, "cases": [_entry(n, each, records, address_of) for n, each in enumerate(shelf, 1)]}


def _entry(number: int, kept: Shelved, records: Mapping[str, Any], address_of: Callable[[str], str]) -> dict[str, Any]:
    return {
        "position": number,
        "slug": kept.shelved.slug,
        "title": kept.case.title if kept.case else kept.shelved.title,
        "note": kept.shelved.note,
        "address": address_of(kept.shelved.slug) if kept.case else None,
        "case": records.get(kept.shelved.slug),
    }


def shelf_as_csv(shelf: Sequence[Shelved], address_of: Callable[[str], str]) -> Iterator[str]:
    """The lines of a file with a row for each measure; a case that is gone has one row with title and note."""
    heading = [
        _("Place"), _("Case"), _("Note"), _("Region"), _("Years"), _("Conflict"), _("Parties"), _("Third party"),
        _("What worked"), _("What did not"), _("Lessons"), _("How sure the facts are"), _("Address"), _("Measure"),
        _("Description"), _("Year"), _("Sectors"), _("Actor levels"), _("Tracks"), _("Phases"), _("Purposes"),
        _("Binding force"), _("Reciprocity"), _("Verified by"), _("Note on verification"), _("What came of it"), _("Why"),
    ]  # fmt: skip
    return as_csv(heading, _rows(shelf, address_of, len(heading)))


def _rows(shelf: Sequence[Shelved], address_of: Callable[[str], str], columns: int) -> Iterator[list[object]]:
    for number, (shelved, case) in enumerate(shelf, 1):
        if case is None:
            gone = [number, shelved.title, shelved.note, _("No longer in the library")]
            yield [*gone, *[""] * (columns - len(gone))]
            continue
        facts = [number, case.title, shelved.note, *_facts(case), address_of(case.slug)]
        for measure in case.measures.all():
            yield [*facts, *_measure(measure)]


def _facts(case: Case) -> list[object]:
    parties = "; ".join(f"{party.name} ({party.kind}, {party.power.lower()})" for party in parties_of(case))
    lessons = "; ".join(
        f"{lesson.topic} {_(topic(lesson.topic).name)}, {_('well') if lesson.is_strength else _('badly')}: {lesson.why}"
        for lesson in case.lessons.all()
    )
    conflict = _(label("conflict_type", case.conflict_type))
    sure = _(label("confidence", case.confidence))
    return [
        case.region, case.years, conflict, parties, case.third_party, case.worked, case.did_not, lessons, sure,
    ]  # fmt: skip


def _measure(measure: CaseMeasure) -> list[object]:
    return [
        measure.title,
        measure.description,
        measure.year or "",
        _said("sector", measure.sectors),
        _said("actor_level", measure.actor_levels),
        _said("track", measure.tracks),
        _said("phase", measure.phases),
        _said("purpose", measure.purposes),
        _(label("binding", measure.binding)),
        _(label("reciprocity", measure.reciprocity)),
        _(label("verification", measure.verification)),
        measure.verification_note,
        _(label("result", measure.result)),
        measure.result_note,
    ]


def _said(kind: str, codes: Sequence[str]) -> str:
    return "; ".join(_(LABELS[kind].get(code, code)) for code in codes)
