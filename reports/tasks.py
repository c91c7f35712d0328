"""Background work: thin, and safe to run twice."""

from __future__ import annotations

import uuid
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from accounts import walls
from reports import domain


@shared_task(name=domain.TASK)
@walls.lifted()
def render_report(report_id: str) -> None:
    """Makes the report with this id."""
    domain.render(uuid.UUID(report_id))


@worker_ready.connect
@walls.lifted()
def resume(**_: Any) -> None:
    """A worker that starts takes up what one before it left."""
    domain.resume_lost_reports()
