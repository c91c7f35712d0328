"""How the versions of the library's cases are kept: numbers, fingerprints, and what a release's files do to them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from cases.models import CaseVersion
from cases.schema import CaseFile

LOCK: Final = "the case library"
State = CaseVersion.State


def lock_library() -> None:
    """Whoever changes versions or the library waits here for whoever does so already; held to the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])


def fingerprint_of(case: CaseFile) -> str:
    """The sha256 of what the case says."""
    return hashlib.sha256(case.model_dump_json().encode()).hexdigest()


def next_number(slug: str) -> int:
    """The number that the next version of a case gets."""
    newest = CaseVersion.objects.filter(slug=slug).aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


@dataclass
class Standing:
    """How the versions of one case stand, without their documents."""

    newest: int = 0
    published: CaseVersion | None = None
    withdrawn: CaseVersion | None = None
    """The newest one, if nothing is published."""
    offered: CaseVersion | None = None
    from_release: CaseVersion | None = None
    """The newest one that came with a release, whatever became of it."""

    @property
    def is_edited(self) -> bool:
        """Editors decided how the case stands; a release no longer does."""
        last = self.published or self.withdrawn
        return last is not None and not last.follows_file


def standings() -> dict[str, Standing]:
    """How every case stands; one query."""
    found: dict[str, Standing] = {}
    for version in CaseVersion.objects.defer("document").order_by("slug", "number"):
        standing = found.setdefault(version.slug, Standing())
        standing.newest = version.number
        if version.made_by_id is None:
            standing.from_release = version
        if version.state == State.PUBLISHED:
            standing.published = version
        elif version.state == State.WITHDRAWN:
            standing.withdrawn = version
        elif version.state == State.OFFERED:
            standing.offered = version
    return found


@dataclass
class Release:
    """What the files of a release do to the versions. ``publish``: slugs whose case follows its file to a new version;
    ``offer``: edited here, so the file's version waits for the editors; ``keep``: edited here, and the release brings
    nothing new; ``withdraw``: cases that followed a file that is gone; ``follow``: versions that are now as their file.
    """

    publish: list[str] = field(default_factory=list)
    offer: list[str] = field(default_factory=list)
    keep: list[str] = field(default_factory=list)
    withdraw: list[CaseVersion] = field(default_factory=list)
    follow: list[CaseVersion] = field(default_factory=list)


def compare(files: Mapping[str, str], standing: Mapping[str, Standing]) -> Release:
    """What to do, from the fingerprints of the files and how the cases stand. Reads and writes nothing."""
    release = Release()
    for slug, fingerprint in files.items():
        known = standing.get(slug, Standing())
        if known.published is not None and known.published.fingerprint == fingerprint:
            if not known.published.follows_file:
                release.follow.append(known.published)
        elif not known.is_edited:
            release.publish.append(slug)
        elif known.from_release is not None and known.from_release.fingerprint == fingerprint:
            release.keep.append(slug)
        else:
            release.offer.append(slug)
    for slug, known in standing.items():
        if slug not in files and known.published is not None:
            if known.published.follows_file:
                release.withdraw.append(known.published)
            else:
                release.keep.append(slug)
    return release


def carry_out(release: Release, files: Mapping[str, CaseFile], standing: Mapping[str, Standing]) -> None:
    """Writes the versions that a release brings."""
    _set(State.SUPERSEDED, [standing[slug].published for slug in release.publish if slug in standing])
    settled = [*release.publish, *release.offer, *(version.slug for version in release.follow)]
    _set(State.SET_ASIDE, [standing[slug].offered for slug in settled if slug in standing])
    _set(State.WITHDRAWN, release.withdraw)
    if release.follow:
        CaseVersion.objects.filter(pk__in=[each.pk for each in release.follow]).update(follows_file=True)
    made = [_from_file(files[slug], standing.get(slug), State.PUBLISHED) for slug in release.publish]
    made += [_from_file(files[slug], standing.get(slug), State.OFFERED) for slug in release.offer]
    CaseVersion.objects.bulk_create(made)


def _set(state: str, versions: list[CaseVersion | None] | list[CaseVersion]) -> None:
    ids = [version.pk for version in versions if version is not None]
    if ids:
        CaseVersion.objects.filter(pk__in=ids).update(state=state)


def _from_file(case: CaseFile, known: Standing | None, state: str) -> CaseVersion:
    return CaseVersion(
        slug=case.slug,
        number=(known.newest if known else 0) + 1,
        document=case.model_dump(mode="json"),
        fingerprint=fingerprint_of(case),
        state=state,
        follows_file=state == State.PUBLISHED,
        published_at=timezone.now() if state == State.PUBLISHED else None,
    )


def parts_that_differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields of a case file, such as measures, in which two documents differ."""
    return [key for key in {**before, **after} if (before.get(key) or None) != (after.get(key) or None)]
