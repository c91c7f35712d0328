"""Loading the case library: the files are the source, the database follows."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.db import transaction

from cases.facets import between
from cases.models import Case, CaseMeasure, Edition, Lesson
from cases.schema import CaseFile
from cases.words import vector_of

INDEXED_AS: Final = 1
"""Raise it when what is derived from a file changes; every case is then stored anew."""


class Changes(NamedTuple):
    """Slugs by what a load did with them."""

    added: list[str]
    updated: list[str]
    removed: list[str]
    unchanged: int


@transaction.atomic
def load_library(files: Mapping[str, CaseFile]) -> Changes:
    """Makes the library in the database equal to the files, in one transaction; loading twice changes nothing."""
    known = dict(Case.objects.select_for_update().values_list("slug", "fingerprint"))
    wanted = {slug: _fingerprint(case) for slug, case in files.items()}
    removed = sorted(set(known) - set(wanted))
    Case.objects.filter(slug__in=removed).delete()
    added = [slug for slug in wanted if slug not in known]
    updated = [slug for slug in wanted if slug in known and known[slug] != wanted[slug]]
    for slug in (*added, *updated):
        _store(files[slug], wanted[slug])
    if added or updated or removed:
        new_edition()
    return Changes(added, updated, removed, len(wanted) - len(added) - len(updated))


def new_edition() -> None:
    """Says that the library changed, so that no process goes on with what it kept of it."""
    Edition.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4()})


def _fingerprint(case: CaseFile) -> str:
    return hashlib.sha256(f"{INDEXED_AS} {case.model_dump_json()}".encode()).hexdigest()


def _store(file: CaseFile, fingerprint: str) -> None:
    source = file.model_dump(mode="json")
    case, _created = Case.objects.update_or_create(
        slug=file.slug,
        defaults={
            **{key: source[key] for key in ("title", "region", "countries", "years", "conflict_type", "parties")},
            **{key: source[key] for key in ("summary", "sources", "links", "notes", "confidence")},
            "checked": file.checked,
            "checked_on": file.checked_on,
            "begins": int(file.years[:4]),
            "ends": None if file.years.endswith("ongoing") else int(file.years[-4:]),
            "between": between(party.kind for party in file.parties),
            "latitude": file.lat,
            "longitude": file.lon,
            "third_party": file.third_party or "",
            "phases": list(file.process_phases),
            "worked": file.outcome.worked,
            "did_not": file.outcome.did_not,
            "fingerprint": fingerprint,
        },
    )
    case.measures.all().delete()
    case.lessons.all().delete()
    _store_measures_and_lessons(case, file)
    Case.objects.filter(pk=case.pk).update(search=vector_of(file))


def _store_measures_and_lessons(case: Case, file: CaseFile) -> None:
    CaseMeasure.objects.bulk_create(
        CaseMeasure(
            case=case,
            position=n,
            verification=measure.verification.method,
            verification_note=measure.verification.note or "",
            result_note=measure.result_note or "",
            **measure.model_dump(exclude={"verification", "result_note"}),
        )
        for n, measure in enumerate(file.measures)
    )
    Lesson.objects.bulk_create(
        Lesson(
            case=case,
            position=n,
            topic=lesson.key,
            is_strength=lesson.direction == "illustrates_strength",
            why=lesson.why,
        )
        for n, lesson in enumerate(file.lessons)
    )
