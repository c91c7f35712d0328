"""What a worker does with a report. A worker that dies leaves a report that another takes over."""

from __future__ import annotations

import errno
import logging
import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.notifications import notify
from reports.branding.domain import look_of
from reports.files import stored
from reports.formats.archive import archive
from reports.formats.errors import FormatError
from reports.formats.registry import SUFFIXES, file_of
from reports.kinds.registry import Packed, circumstances, kind_of
from reports.models import LEASE, Report, ReportQuerySet
from reports.queueing import complete_archives_with, nudge, send

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
A_MOMENT = timedelta(seconds=1)


class StoppedError(Exception):
    """Somebody cancelled the report or took it away while it was made."""


def render(report_id: uuid.UUID) -> None:
    """Makes the report, unless it is made or cancelled or another worker is at it."""
    try:
        _render(report_id)
    except (OperationalError, InterfaceError):
        # The database is away or restarts. The report is as it was, and is taken over when the lease has ended.
        log.warning("The database went away from report %s", report_id)
        send([report_id], after=LEASE + A_MOMENT)


def _render(report_id: uuid.UUID) -> None:
    taken = Report.objects.claimable().filter(pk=report_id)
    if not taken.update(state=Report.State.RUNNING, lease_until=timezone.now() + LEASE, attempts=F("attempts") + 1):
        _keep_message(report_id)
        return
    report = Report.objects.select_related("revision__proposal", "against__proposal", "workspace", "branding").get(
        pk=report_id
    )
    if report.attempts > MOST_ATTEMPTS:
        _fail(report, _("The report was begun %(count)s times and never finished.") % {"count": MOST_ATTEMPTS})
    else:
        _try(report)
    _tell_archives(report)


def _try(report: Report) -> None:
    try:
        with override(report.language):
            _store(report, _made(report))
    except StoppedError:
        log.info("Report %s was stopped", report.pk)
    except FormatError as error:
        _fail(report, str(error))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("Report %s failed", report.pk)
        _fail(report, _why(error))


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return _("There is no room left for the file. Tell whoever runs this installation, and try again then.")
    return _("Something went wrong on our side. Nothing you wrote is lost; try again.")


def _keep_message(report_id: uuid.UUID) -> None:
    """A message that came back from a dead worker comes too early while that one's lease holds: sends it for later."""
    lease = (
        Report.objects.filter(pk=report_id, state=Report.State.RUNNING).values_list("lease_until", flat=True).first()
    )
    if lease is not None:
        nudge(report_id, after=lease - timezone.now() + A_MOMENT)


def _made(report: Report) -> bytes:
    kind = kind_of(report)
    _enter(report, Report.Step.COLLECT)
    if isinstance(kind, Packed):
        return archive(_paced(report, kind.files(report)), report.requested_at)
    collected = kind.collect(report)
    _enter(report, Report.Step.COMPOSE)
    model = kind.compose(collected, circumstances(report))
    _enter(report, Report.Step.RENDER)
    return file_of(model, report.format, look_of(report))


def _paced(report: Report, files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files of an archive as they come, each with a new lease."""
    for each in files:
        _enter(report, Report.Step.RENDER)
        yield each


def _held(report: Report) -> ReportQuerySet:
    """The report as long as nobody has taken it over since we took it."""
    return Report.objects.filter(pk=report.pk, state=Report.State.RUNNING, attempts=report.attempts)


def _enter(report: Report, step: Report.Step) -> None:
    """Raises ``StoppedError`` when it is no longer to be made. One that another worker has taken over is: its file is the
    same whoever makes it, so one that was thought dead may finish too."""
    held = _held(report).update(step=step, lease_until=timezone.now() + LEASE)
    if not held and not Report.objects.filter(pk=report.pk, state=Report.State.RUNNING).exists():
        raise StoppedError


def _store(report: Report, content: bytes) -> None:
    _enter(report, Report.Step.STORE)
    # What stands in an archive may have changed for who took it over; every other report is the same.
    under_way = _held(report)
    if not isinstance(kind_of(report), Packed):
        under_way = Report.objects.filter(pk=report.pk, state=Report.State.RUNNING)
    with transaction.atomic():
        if under_way.select_for_update().exists():
            with stored(content, SUFFIXES[report.format]) as name:
                now = timezone.now()
                under_way.update(
                    file=name,
                    size=len(content),
                    state=Report.State.DONE,
                    finished_at=now,
                    expires_at=now + settings.REPORTS_KEPT_FOR,
                )
                _tell_people(report.pk)


def _fail(report: Report, why: str) -> None:
    with transaction.atomic():
        if _held(report).update(state=Report.State.FAILED, error=why, finished_at=timezone.now()):
            _tell_people(report.pk)


def _tell_people(report_id: uuid.UUID) -> None:
    """Tells those who asked for it that a report is ready or failed, without a word of what it is about."""
    report = Report.objects.get(pk=report_id)
    assert report.finished_at is not None
    said = _("A report is ready: %(kind)s, %(format)s.")
    if report.state == Report.State.FAILED:
        said = _("A report could not be made: %(kind)s, %(format)s.")
    text = said % {"kind": report.get_kind_display(), "format": report.get_format_display()}
    key = f"report {report_id} {report.finished_at.isoformat()}"
    for person in User.objects.filter(pk__in=report.asked_by):
        notify(person, text=text, address=report.get_absolute_url(), key=key)


def _tell_archives(report: Report) -> None:
    """Tells the workers of the archives that this was the last open part of."""
    nudge(*complete_archives_with(report))
