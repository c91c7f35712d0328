"""Background work: thin, and safe to run twice."""

from __future__ import annotations

from celery import shared_task

from accounts import walls
from cases import shelf


@shared_task
@walls.lifted()
def clear_shelves() -> None:
    """Removes for good what was taken off shelves long ago; daily."""
    shelf.clear_away()
