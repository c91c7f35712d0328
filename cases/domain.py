"""Loading the case library: the tables follow the files, and what editors published here."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.db import transaction

from cases.editing import versions
from cases.models import Case, CaseMeasure, CaseVersion, Edition, Lesson
from cases.schema import CaseFile
from cases.searching.facets import between
from cases.searching.words import vector_of
from cases.years import read_years

INDEXED_AS: Final = 1
"""Raise it when what is derived from a file changes; every case is then stored anew."""


class Changes(NamedTuple):
    """Slugs by what a load did with them.

    ``kept``: edited here, so they stay; ``offered``: edited here, and what the release brings waits for the editors;
    ``parts``: for each that was updated or offered, the fields in which it differs from what stood before.
    """

    added: list[str]
    updated: list[str]
    removed: list[str]
    unchanged: int
    offered: list[str]
    kept: list[str]
    parts: dict[str, list[str]]


@transaction.atomic
def load_library(files: Mapping[str, CaseFile]) -> Changes:
    """Brings the library up to the files of a release, in one transaction; loading twice changes nothing.

    A case that nobody edited here follows its file. One that editors changed, added or took out stays as it is; what
    the release says of it instead is offered to them.
    """
    versions.lock_library()
    standing = versions.standings()
    release = versions.compare({slug: versions.fingerprint_of(case) for slug, case in files.items()}, standing)
    known = dict(Case.objects.select_for_update().values_list("slug", "fingerprint"))
    parts = _parts(release, files)
    versions.carry_out(release, files, standing)
    stands = {slug: case for slug, case in files.items() if slug not in {*release.offer, *release.keep}}
    stands |= _edited(standing)
    wanted = {slug: _fingerprint(case) for slug, case in stands.items()}
    removed = sorted(set(known) - set(wanted))
    Case.objects.filter(slug__in=removed).delete()
    added = [slug for slug in wanted if slug not in known]
    updated = [slug for slug in wanted if slug in known and known[slug] != wanted[slug]]
    for slug in (*added, *updated):
        store(stands[slug], wanted[slug])
    if added or updated or removed:
        new_edition()
    told = [slug for slug in (*release.offer, *release.keep) if slug in updated]
    updated = [slug for slug in updated if slug not in told]
    unchanged = len(wanted) - len(added) - len(updated)
    return Changes(added, updated, removed, unchanged, release.offer, release.keep, parts)


def _parts(release: versions.Release, files: Mapping[str, CaseFile]) -> dict[str, list[str]]:
    """In which fields the published cases that a release touches differ from their files."""
    slugs = [*release.publish, *release.offer]
    before = CaseVersion.objects.published().filter(slug__in=slugs).values_list("slug", "document") if slugs else []
    return {slug: versions.parts_that_differ(old, files[slug].model_dump(mode="json")) for slug, old in before}


def _edited(standing: Mapping[str, versions.Standing]) -> dict[str, CaseFile]:
    """The published cases that editors decide on."""
    if not any(each.is_edited for each in standing.values()):
        return {}
    documents = CaseVersion.objects.published().filter(follows_file=False).values_list("slug", "document")
    return {slug: CaseFile.model_validate(document) for slug, document in documents}


def new_edition() -> None:
    """Says that the library changed, so that no process goes on with what it kept of it."""
    Edition.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4()})


def _fingerprint(case: CaseFile) -> str:
    return hashlib.sha256(f"{INDEXED_AS} {case.model_dump_json()}".encode()).hexdigest()


def put_in(case: CaseFile) -> None:
    """What the library shows and finds of a case is this from now on."""
    store(case, _fingerprint(case))
    new_edition()


def take_out(slug: str) -> None:
    """The library no longer has the case."""
    Case.objects.filter(slug=slug).delete()
    new_edition()


def store(file: CaseFile, fingerprint: str) -> None:
    """Derives the tables from what a case says."""
    case, _created = Case.objects.update_or_create(
        slug=file.slug, defaults={**_columns(file), "fingerprint": fingerprint}
    )
    case.measures.all().delete()
    case.lessons.all().delete()
    CaseMeasure.objects.bulk_create(_measures(case, file))
    Lesson.objects.bulk_create(_lessons(case, file))
    Case.objects.filter(pk=case.pk).update(search=vector_of(file))


def unsaved(file: CaseFile) -> tuple[Case, list[CaseMeasure], list[Lesson]]:
    """The rows that a case would have, to be shown before they are stored."""
    case = Case(slug=file.slug, **_columns(file))
    return case, _measures(case, file), _lessons(case, file)


def _columns(file: CaseFile) -> dict[str, Any]:
    source = file.model_dump(mode="json")
    return {
        **{key: source[key] for key in ("title", "region", "countries", "years", "conflict_type", "parties")},
        **{key: source[key] for key in ("summary", "sources", "links", "notes", "confidence")},
        "checked": file.checked,
        "checked_on": file.checked_on,
        **read_years(file.years)._asdict(),
        "between": between(party.kind for party in file.parties),
        "latitude": file.lat,
        "longitude": file.lon,
        "third_party": file.third_party or "",
        "phases": list(file.process_phases),
        "worked": file.outcome.worked,
        "did_not": file.outcome.did_not,
    }


def _measures(case: Case, file: CaseFile) -> list[CaseMeasure]:
    return [
        CaseMeasure(
            case=case,
            position=n,
            verification=measure.verification.method,
            verification_note=measure.verification.note or "",
            result_note=measure.result_note or "",
            **measure.model_dump(exclude={"verification", "result_note"}),
        )
        for n, measure in enumerate(file.measures)
    ]


def _lessons(case: Case, file: CaseFile) -> list[Lesson]:
    return [
        Lesson(
            case=case,
            position=n,
            topic=lesson.key,
            is_strength=lesson.direction == "illustrates_strength",
            why=lesson.why,
        )
        for n, lesson in enumerate(file.lessons)
    ]
