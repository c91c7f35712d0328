"""What is done with proposals is written down, and nothing of what they say."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from redis.exceptions import ConnectionError as RedisAway

from accounts.models import AuditEntry, Workspace
from assessments.calibration import worked_example
from proposals.domain import note_view, save_revision
from proposals.models import Revision
from tests.personas import Person


def entries(verb: str) -> list[Any]:
    """Who did it, to which proposal, with which details."""
    found = AuditEntry.objects.filter(verb=f"proposals.{verb}").order_by("number")
    return list(found.values("actor", "workspace", "subject_type", "subject_id", "details"))


def told(revision: Revision, person: Person, /, **details: Any) -> dict[str, Any]:
    assert person.user is not None
    return {
        "actor": person.user.pk,
        "workspace": revision.proposal.workspace_id,
        "subject_type": "proposals.proposal",
        "subject_id": str(revision.proposal_id),
        "details": details,
    }


def test_import_and_revision_are_told(mediator: Person, revision: Revision) -> None:
    assert mediator.user is not None
    changed = worked_example().package.model_copy(update={"title": "Second"})
    for _ in range(2):
        save_revision(revision.proposal, changed, by=mediator.user)
    assert entries("imported") == [told(revision, mediator)]
    assert entries("revision_saved") == [told(revision, mediator, revision=2)]


def test_who_sees_confidential_parts_is_told_once_an_hour(
    mediator: Person,
    observer: Person,
    revision: Revision,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for person in (mediator, observer, mediator):
        with django_capture_on_commit_callbacks(execute=True):
            person.client.get(reverse("proposals:proposal", args=[revision.proposal_id]))
    assert entries("confidential_viewed") == [told(revision, mediator, revision=1)]


def test_view_whose_entry_was_undone_is_told_the_next_time(mediator: Person, revision: Revision) -> None:
    assert mediator.user is not None
    for _ in range(2):
        note_view(revision, by=mediator.user)  # nothing is committed, so nothing is remembered
    assert len(entries("confidential_viewed")) == 2


def test_every_view_is_told_while_redis_is_away(
    mediator: Person,
    revision: Revision,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def away(*_: Any) -> None:
        raise RedisAway

    monkeypatch.setattr(cache, "get", away)
    monkeypatch.setattr(cache, "add", away)
    assert mediator.user is not None
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            note_view(revision, by=mediator.user)
    assert len(entries("confidential_viewed")) == 2


def test_download_is_told_and_whether_it_was_the_whole_package(
    mediator: Person, observer: Person, revision: Revision
) -> None:
    for person in (mediator, observer):
        person.client.get(reverse("proposals:download", args=[revision.proposal_id, 1, "json"]))
    assert entries("downloaded") == [
        told(revision, mediator, revision=1, kind="json", whole=True),
        told(revision, observer, revision=1, kind="json", whole=False),
    ]


def test_no_entry_holds_the_title(mediator: Person, revision: Revision, workspace: Workspace) -> None:
    mediator.client.get(reverse("proposals:proposal", args=[revision.proposal_id]))
    said = str(list(AuditEntry.objects.filter(workspace=workspace).values()))
    assert revision.proposal.title not in said
