"""Background work: thin, and safe to run twice."""

from __future__ import annotations

import uuid
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from accounts import walls
from proposals import purging
from proposals.listing import describing


@shared_task
@walls.lifted()
def purge_deleted_proposals() -> None:
    """Removes for good what has been deleted for long enough; daily."""
    purging.purge_deleted_proposals()


@shared_task(name=describing.TASK)
@walls.lifted()
def describe_proposal(pk: str) -> None:
    """Makes what lists show of the proposal with this id."""
    describing.catch_up(uuid.UUID(pk))


@shared_task
@walls.lifted()
def sweep() -> None:
    """Describes proposals whose message was lost, and after a new release all; every minute."""
    describing.catch_up_with_lost()


@worker_ready.connect
def catch_up(**_: Any) -> None:
    """A worker that starts sees to it soon, beside its first work."""
    sweep.delay()
