"""What is said to the workers, and where files go, without workers."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from pytest_django import Settings

from accounts.models import User
from assessments.package import load_package
from cbm_advisor.celery import app
from proposals.domain import import_package
from proposals.models import Proposal, Revision
from proposals.sharing.comments import answer, comment_on
from tests.personas import Person
from tests.reports.planting import secret, with_secrets
from tests.reports.rows import Message, user_of
from tests.running import free_port


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> Path:
    """Where the files of the test go."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """The messages that would have been sent; none reaches a worker."""
    messages: list[Message] = []

    def send_task(name: str, args: list[str], countdown: float = 0, **_: Any) -> None:
        messages.append(Message(uuid.UUID(args[0]), countdown))

    monkeypatch.setattr(app, "send_task", send_task)
    return messages


@pytest.fixture
def unreachable_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application's settings with a broker that nobody listens for."""
    away = Celery("away", set_as_current=False)
    away.config_from_object("django.conf:settings", namespace="CELERY")
    away.conf.update(broker_url=f"redis://127.0.0.1:{free_port()}/0")
    monkeypatch.setattr(app, "send_task", away.send_task)


@pytest.fixture
def secret_people(mediator: Person, reviewer: Person) -> tuple[User, User]:
    """The people whose names are secrets too."""
    people = user_of(mediator), user_of(reviewer)
    for number, person in enumerate(people, 900):
        person.name, person.email = secret(number), f"{secret(number + 10)}@example.org"
        person.save()
    return people


@pytest.fixture
def secret_revisions(secret_people: tuple[User, User]) -> tuple[Revision, Revision]:
    """A revision full of secrets with comments on it, and one beside it."""
    drafter, commenter = secret_people
    assert drafter.workspace is not None
    document, _ = with_secrets()
    against = import_package(drafter.workspace, load_package(document), by=drafter)
    revision = import_package(drafter.workspace, load_package(document), by=drafter)
    Proposal.objects.filter(pk=revision.proposal_id).update(variant_of=against.proposal, variant_note=secret(930))
    thread = comment_on(revision, f"Is {secret(940)} right?", by=commenter, address="/measures/truce")
    answer(thread, f"No, {secret(941)}.", by=drafter)
    return Revision.objects.with_proposal().get(pk=revision.pk), Revision.objects.with_proposal().get(pk=against.pk)
