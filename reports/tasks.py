"""Background work: thin, and safe to run twice."""

from __future__ import annotations

import uuid
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from accounts import walls
from reports import keeping, making, queueing


@shared_task(name=queueing.TASK)
@walls.lifted()
def render_report(report_id: str) -> None:
    """Makes the report with this id."""
    making.render(uuid.UUID(report_id))


@shared_task
@walls.lifted()
def sweep() -> None:
    """Queues reports again whose message was lost; every minute."""
    queueing.resume_lost_reports()


@shared_task
@walls.lifted()
def expire() -> None:
    """Removes the files of reports whose time is over; every hour."""
    keeping.expire_reports()


@worker_ready.connect
@walls.lifted()
def resume(**_: Any) -> None:
    """A worker that starts takes up what one before it left."""
    queueing.resume_lost_reports()
