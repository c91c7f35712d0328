"""What workers are told. The rows are the truth and a message is only a nudge, so a lost one is sent again."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts import walls
from reports.models import Report

log = logging.getLogger(__name__)

TASK = "reports.tasks.render_report"
AT_ONCE, IN_ITS_TURN = 0, 6
"""Priorities: somebody who waits for one report goes before the parts of an archive."""


def nudge(*ids: uuid.UUID, after: timedelta = timedelta(), priority: int = AT_ONCE) -> int:
    """Tells the workers of reports that wait; of how many the broker took the message. They wait in any case.

    It is called on commit, when the walls of the request stand no more and nothing can be seen.
    """
    if not ids:
        return 0
    with transaction.atomic(), walls.lifted():
        Report.objects.filter(pk__in=ids).update(nudged_at=timezone.now())
    return send(ids, after=after, priority=priority)


def send(ids: Iterable[uuid.UUID], *, after: timedelta = timedelta(), priority: int = AT_ONCE) -> int:
    """Sends messages without noting it; at the first that the broker does not take it is given up on."""
    taken = 0
    for pk in ids:
        try:
            current_app.send_task(TASK, args=[str(pk)], countdown=after.total_seconds(), priority=priority, retry=False)
        except (OperationalError, OSError) as error:
            log.warning("The broker did not take report %s: %s", pk, error)
            break
        taken += 1
    return taken


def complete_archives_with(*parts: Report) -> list[uuid.UUID]:
    """The archives that wait, and no longer for one of their parts, of which these are some."""
    wholes = Report.objects.claimable().filter(parts__report__in=parts, state=Report.State.QUEUED)
    return list(wholes.values_list("pk", flat=True).distinct())


def resume_lost_reports() -> int:
    """Queues every report again whose message or worker was lost; returns how many."""
    return nudge(*Report.objects.lost().values_list("pk", flat=True))


def resume_if_lost(report: Report) -> None:
    """Queues this report again if its message or worker was lost; of an archive also its parts."""
    if not report.is_under_way:
        return
    parts = Report.objects.lost().filter(wholes__whole=report).values_list("pk", flat=True)
    lost = [*Report.objects.lost().filter(pk=report.pk).values_list("pk", flat=True)]
    if report.kind == Report.Kind.BATCH:
        lost += parts
    if lost:
        nudge(*lost)
