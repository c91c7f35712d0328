"""Background work: thin, and safe to run twice."""

from __future__ import annotations

from celery import shared_task

from accounts import walls
from proposals import purging


@shared_task
@walls.lifted()
def purge_deleted_proposals() -> None:
    """Removes for good what has been deleted for long enough; daily."""
    purging.purge_deleted_proposals()
