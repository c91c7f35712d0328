"""What is said to the workers, and where files go, without workers."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from pytest_django import Settings

from cbm_advisor.celery import app
from tests.reports.rows import Message
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
