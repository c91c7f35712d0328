"""Making reports. Every verb can be called twice; a worker that dies leaves a report that another takes over."""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from datetime import timedelta

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from kombu.exceptions import OperationalError

from accounts import audit, walls
from accounts.models import User, Workspace
from proposals.drafting.revising import seal
from proposals.models import Revision
from reports.files import stored
from reports.formats.errors import FormatError
from reports.formats.registry import file_of
from reports.kinds import assessment, shelf
from reports.kinds.registry import circumstances, kind_of
from reports.look import Look
from reports.models import LEASE, Report, ReportQuerySet

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
TASK = "reports.tasks.render_report"
DECISIVE = (
    "kind", "format", "audience", "party", "revision_id", "against_id", "rubric_version", "content", "language", "paper",
    "classification", "watermark", "valid_until", "branding_id",
)  # fmt: skip


def request_report(revision: Revision, *, by: User, language: str = "en") -> Report:
    """The report of ``revision``: a new one, or the one that is there or under way.

    Raises ``PermissionDenied`` if ``by`` may not read the whole package.
    """
    seal(revision)
    workspace = revision.proposal.workspace
    return _request(Report(workspace=workspace, requested_by=by, language=language, **assessment.of(revision)))


def request_shelf_report(workspace: Workspace, *, by: User, language: str = "en") -> Report:
    """The report of what ``by`` has on their shelf now: a new one, or the one of the same that is there or under way.

    Raises ``EmptyShelfError``, and ``PermissionDenied`` for who is no member.
    """
    return _request(Report(workspace=workspace, requested_by=by, language=language, **shelf.of(by, workspace)))


def _request(wanted: Report) -> Report:
    kind = kind_of(wanted)
    if not kind.may_open(wanted.requested_by, wanted):
        raise PermissionDenied
    wanted.fingerprint = fingerprint(wanted)
    with transaction.atomic():
        live = _live_twin(wanted)
        if live is not None:
            return live
        wanted.save(force_insert=True)
        _note("requested", wanted, by=wanted.requested_by)
        transaction.on_commit(lambda: nudge(wanted.pk))
    return wanted


def _live_twin(report: Report) -> Report | None:
    """The report of the same that is made or under way; until the transaction ends nobody else asks for one."""
    kind_of(report).hold(report)
    return Report.objects.live().filter(workspace=report.workspace_id, fingerprint=report.fingerprint).first()


def fingerprint(report: Report) -> str:
    """The sha256 of all that decides on the file of a report, and on who shares it."""
    decisive = {name: getattr(report, name) for name in DECISIVE}
    if kind_of(report).is_personal:
        decisive["requested_by"] = report.requested_by_id
    written = json.dumps(decisive, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def retry(report: Report, *, by: User) -> Report:
    """Another try at a failed report. Raises ``PermissionDenied`` if ``by`` may not read all that it tells."""
    if not kind_of(report).may_open(by, report):
        raise PermissionDenied
    with transaction.atomic():
        failed = Report.objects.select_for_update().get(pk=report.pk)
        if failed.state != Report.State.FAILED:
            return failed
        live = _live_twin(failed)
        if live is not None:
            return live
        failed.state, failed.error, failed.step, failed.attempts = Report.State.QUEUED, "", "", 0
        failed.save(update_fields=["state", "error", "step", "attempts"])
        _note("retried", report, by=by)
        transaction.on_commit(lambda: nudge(failed.pk))
    return failed


def note_download(report: Report, *, by: User) -> None:
    """Writes down that ``by`` took the file along."""
    _note("downloaded", report, by=by)


def _note(deed: str, report: Report, *, by: User) -> None:
    prefix, details = kind_of(report).audited(report)
    audit.record(f"reports.{prefix}{deed}", by=by, workspace=report.workspace, about=report, **details)


def nudge(report_id: uuid.UUID, *, after: timedelta = timedelta()) -> bool:
    """Tells the workers of a report that waits; whether the broker took the message. The report waits in any case.

    It is called on commit, when the walls of the request stand no more and nothing can be seen.
    """
    with transaction.atomic(), walls.lifted():
        Report.objects.filter(pk=report_id).update(nudged_at=timezone.now())
    try:
        current_app.send_task(TASK, args=[str(report_id)], countdown=after.total_seconds(), retry=False)
    except (OperationalError, OSError) as error:
        log.warning("The broker did not take report %s: %s", report_id, error)
        return False
    return True


def resume_lost_reports() -> int:
    """Queues every report again whose message or worker was lost; returns how many."""
    lost = list(Report.objects.lost().values_list("pk", flat=True))
    return sum(nudge(pk) for pk in lost)


def resume_if_lost(report: Report) -> None:
    """Queues this report again if its message or worker was lost."""
    if report.is_under_way and Report.objects.lost().filter(pk=report.pk).exists():
        nudge(report.pk)


def render(report_id: uuid.UUID) -> None:
    """Makes the report, unless it is made or another worker is at it."""
    taken = Report.objects.claimable().filter(pk=report_id)
    if not taken.update(state=Report.State.RUNNING, lease_until=timezone.now() + LEASE, attempts=F("attempts") + 1):
        _keep_message(report_id)
        return
    report = Report.objects.select_related("revision__proposal", "workspace").get(pk=report_id)
    if report.attempts > MOST_ATTEMPTS:
        _fail(report, _("The report was begun %(count)s times and never finished.") % {"count": MOST_ATTEMPTS})
        return
    try:
        with override(report.language):
            _store(report, _made(report))
    except FormatError as error:
        _fail(report, str(error))
    except Exception:
        log.exception("Report %s failed", report_id)
        _fail(report, _("Something went wrong on our side. Nothing you wrote is lost; try again."))


def _keep_message(report_id: uuid.UUID) -> None:
    """A message that came back from a dead worker comes too early while that one's lease holds: sends it for later."""
    lease = (
        Report.objects.filter(pk=report_id, state=Report.State.RUNNING).values_list("lease_until", flat=True).first()
    )
    if lease is not None:
        nudge(report_id, after=lease - timezone.now() + timedelta(seconds=1))


def _made(report: Report) -> bytes:
    kind = kind_of(report)
    _enter(report, Report.Step.COLLECT)
    collected = kind.collect(report)
    _enter(report, Report.Step.COMPOSE)
    model = kind.compose(collected, circumstances(report))
    _enter(report, Report.Step.RENDER)
    return file_of(model, report.format, Look())


def _held(report: Report) -> ReportQuerySet:
    """The report as long as nobody has taken it over since we took it."""
    return Report.objects.filter(pk=report.pk, state=Report.State.RUNNING, attempts=report.attempts)


def _enter(report: Report, step: Report.Step) -> None:
    _held(report).update(step=step, lease_until=timezone.now() + LEASE)


def _store(report: Report, pdf: bytes) -> None:
    """Stores the file. It is the same whoever makes it, so one that was thought dead may finish too."""
    _enter(report, Report.Step.STORE)
    under_way = Report.objects.filter(pk=report.pk, state=Report.State.RUNNING)
    with transaction.atomic():
        if under_way.select_for_update().exists():
            with stored(pdf) as name:
                under_way.update(file=name, size=len(pdf), state=Report.State.DONE, finished_at=timezone.now())


def _fail(report: Report, why: str) -> None:
    _held(report).update(state=Report.State.FAILED, error=why, finished_at=timezone.now())
