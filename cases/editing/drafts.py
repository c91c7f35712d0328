"""What editors do with cases: write drafts, publish them, take cases out, go back to older versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from accounts import audit
from accounts.models import User
from cases.domain import put_in, take_out
from cases.editing.versions import fingerprint_of, lock_library, next_number
from cases.models import Case, CaseVersion
from cases.rules import is_editor
from cases.schema import CaseFile

State = CaseVersion.State


class StaleError(Exception):
    """Somebody saved, published or set aside since. ``now``: how the case stands, if it does."""

    def __init__(self, now: CaseVersion | None) -> None:
        super().__init__()
        self.now = now


class SlugError(Exception):
    """The slug is another case's, or an address of another page."""


class UnchangedError(Exception):
    """What is to be published is what is published."""


def standing(slug: str) -> CaseVersion | None:
    """What an editor goes on from: the draft, else what is published."""
    found = {
        version.state: version for version in CaseVersion.objects.of(slug).filter(state__in=["draft", "published"])
    }
    return found.get(State.DRAFT) or found.get(State.PUBLISHED)


def stamp(version: CaseVersion | None) -> str:
    """Names a version as it was when it was shown; a later save has another stamp."""
    return f"{version.state} {version.number} {version.saves}" if version is not None else ""


@transaction.atomic
def begin(document: Mapping[str, Any], *, by: User) -> CaseVersion:
    """A draft of a new case under the document's slug.

    Raises ``SlugError``, ``PermissionDenied`` if ``by`` is no editor.
    """
    _as_editor(by)
    slug = document["slug"]
    _require_free(slug)
    return _new_draft(slug, document, by=by, based_on=None)


@transaction.atomic
def save(slug: str, document: Mapping[str, Any], *, by: User, seen: str) -> CaseVersion:
    """Saves the draft of a case, which begins with the first save; the document may be half filled.

    ``seen``: the stamp of what the person began from. A case that was never published takes on the document's slug.
    Raises ``StaleError``, ``SlugError``, ``PermissionDenied`` if ``by`` is no editor.
    """
    _as_editor(by)
    now = standing(slug)
    if now is None or stamp(now) != seen:
        raise StaleError(now)
    document = {**document, "slug": _slug_to_keep(now, document)}
    if document == now.document:
        return now
    if now.state == State.PUBLISHED:
        return _new_draft(slug, document, by=by, based_on=now.number)
    if document["slug"] != slug:
        _require_free(document["slug"])
        CaseVersion.objects.filter(slug=slug).update(slug=document["slug"])
        now.slug = document["slug"]
    now.document, now.saves, now.saved_by, now.saved_at = dict(document), now.saves + 1, by, timezone.now()
    now.save(update_fields=["document", "saves", "saved_by", "saved_at"])
    audit.record("cases.draft_saved", by=by, about=now, case=now.slug, version=now.number)
    return now


@transaction.atomic
def publish(slug: str, *, by: User, seen: str, summary: str) -> CaseVersion:
    """The draft becomes what the library shows. ``summary``: what changed, for the history.

    Raises ``pydantic.ValidationError`` if it is not ready, ``StaleError`` if it is not the draft that the person saw,
    ``SlugError``, ``UnchangedError``, ``PermissionDenied`` if ``by`` is no editor.
    """
    _as_editor(by)
    draft = standing(slug)
    if draft is None or draft.state != State.DRAFT or stamp(draft) != seen:
        raise StaleError(draft)
    case = CaseFile.model_validate(draft.document)
    if is_an_address(slug):
        raise SlugError
    before = CaseVersion.objects.of(slug).published().first()
    if before is not None:
        if before.fingerprint == fingerprint_of(case):
            raise UnchangedError
        _set_state(before, State.SUPERSEDED)
    draft.document = case.model_dump(mode="json")
    draft.fingerprint = fingerprint_of(case)
    draft.state, draft.summary = State.PUBLISHED, summary
    draft.published_by, draft.published_at = by, timezone.now()
    brought = CaseVersion.objects.of(slug).from_releases().first()
    draft.follows_file = brought is not None and brought.fingerprint == draft.fingerprint
    draft.save()
    if draft.based_on is not None:
        CaseVersion.objects.of(slug).offered().filter(number=draft.based_on).update(state=State.SET_ASIDE)
    put_in(case)
    audit.record("cases.published", by=by, about=draft, case=slug, version=draft.number)
    return draft


@transaction.atomic
def restore(version: CaseVersion, *, by: User) -> CaseVersion:
    """A draft with what ``version`` says: an older one, or what a release brought.

    Raises ``StaleError`` if there is a draft, ``PermissionDenied`` if ``by`` is no editor.
    """
    _as_editor(by)
    draft = CaseVersion.objects.of(version.slug).drafts().first()
    if draft is not None:
        raise StaleError(draft)
    return _new_draft(version.slug, version.document, by=by, based_on=version.number)


@transaction.atomic
def set_aside(version: CaseVersion, *, by: User) -> None:
    """Puts away a draft, or what a release brought; the history keeps it. Twice changes nothing.

    Raises ``PermissionDenied`` if ``by`` is no editor, ``StaleError`` if it was published since.
    """
    _as_editor(by)
    now = CaseVersion.objects.get(pk=version.pk)
    if now.state == State.SET_ASIDE:
        return
    if now.state not in (State.DRAFT, State.OFFERED) or now.saves != version.saves:
        raise StaleError(now)
    _set_state(now, State.SET_ASIDE)
    audit.record("cases.set_aside", by=by, about=now, case=now.slug, version=now.number)


@transaction.atomic
def withdraw(slug: str, *, by: User, seen: str, because: str) -> None:
    """Takes a case out of the library, also for later releases; its versions stay.

    Raises ``StaleError`` if what is published is not what the person saw, ``PermissionDenied`` if ``by`` is no editor.
    """
    _as_editor(by)
    published = CaseVersion.objects.of(slug).published().first()
    if published is None or stamp(published) != seen:
        raise StaleError(published)
    published.state, published.follows_file, published.withdrawn_because = State.WITHDRAWN, False, because
    published.save(update_fields=["state", "follows_file", "withdrawn_because"])
    take_out(slug)
    audit.record("cases.withdrawn", by=by, about=published, case=slug, version=published.number)


@transaction.atomic
def import_drafts(documents: Mapping[str, Mapping[str, Any]], *, by: User) -> list[CaseVersion]:
    """Drafts of these cases by slug, new ones and changes of published ones, all or none.

    Raises ``StaleError`` if one of them has a draft, ``SlugError``, ``PermissionDenied`` if ``by`` is no editor.
    """
    _as_editor(by)
    made = []
    for slug, document in documents.items():
        now = standing(slug)
        if now is None:
            _require_free(slug)
        elif now.state == State.DRAFT:
            raise StaleError(now)
        made.append(_new_draft(slug, document, by=by, based_on=now.number if now else None))
    return made


def is_an_address(slug: str) -> bool:
    """Whether another page of the library has the address that the case would have."""
    try:
        return resolve(reverse("cases:case", args=[slug])).url_name != "case"
    except Resolver404:
        return True


def _as_editor(by: User) -> None:
    lock_library()
    if not is_editor(by):
        raise PermissionDenied


def _slug_to_keep(now: CaseVersion, document: Mapping[str, Any]) -> str:
    """A slug is fixed once the case was in the library or a release knows it: addresses lead there."""
    versions = CaseVersion.objects.of(now.slug)
    if versions.exclude(published_at=None).exists() or versions.from_releases().exists():
        return now.slug
    return str(document.get("slug") or now.slug)


def _require_free(slug: str) -> None:
    taken = CaseVersion.objects.of(slug).exists() or Case.objects.filter(slug=slug).exists()
    if taken or is_an_address(slug):
        raise SlugError


def _new_draft(slug: str, document: Mapping[str, Any], *, by: User, based_on: int | None) -> CaseVersion:
    draft = CaseVersion.objects.create(
        slug=slug,
        number=next_number(slug),
        document=dict(document),
        state=State.DRAFT,
        made_by=by,
        saved_by=by,
        based_on=based_on,
    )
    audit.record("cases.draft_begun", by=by, about=draft, case=slug, version=draft.number)
    return draft


def _set_state(version: CaseVersion, state: str) -> None:
    version.state = state
    version.save(update_fields=["state"])
