"""Background work: thin, and safe to run twice."""

from __future__ import annotations

from celery import shared_task

from accounts.notifications.domain import clear_away


@shared_task
def clear_old_news() -> None:
    """Removes old notifications; daily."""
    clear_away()
