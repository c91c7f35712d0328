"""What people do with reports: ask, cancel, try again, take along, remove. Every verb can be called twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.rules import DRAFTING
from assessments.engine.rubric import VERSION
from proposals.drafting.revising import seal
from reports.asking import Wanted
from reports.branding.domain import branding_in_force
from reports.kinds.registry import kind_of
from reports.models import OVER, UNDER_WAY, Part, Report
from reports.queueing import nudge
from reports.telling import NothingToTellError

DECISIVE = (
    "kind", "format", "audience", "party", "revision_id", "against_id", "rubric_version", "content", "language", "paper",
    "classification", "watermark", "valid_until", "branding_id",
)  # fmt: skip


def request(wanted: Wanted, *, by: User) -> Report:
    """The report that is wanted: a new one, or the same one that is there or under way.

    Raises ``PermissionDenied`` if ``by`` may not read all that it tells, and ``NothingToTellError``.
    """
    return enter([drawn_up(wanted, by=by)], by=by)[0]


def drawn_up(wanted: Wanted, *, by: User) -> Report:
    """The row of the report that is wanted, not saved. The revisions that it tells of change no more."""
    for revision in (wanted.revision, wanted.against):
        if revision is not None:
            seal(revision)
    workspace = wanted.revision.proposal.workspace if wanted.revision is not None else by.workspace
    if workspace is None:
        raise PermissionDenied
    report = Report(
        **{each.name: getattr(wanted, each.name) for each in fields(wanted)},
        workspace=workspace,
        requested_by=by,
        rubric_version=VERSION if wanted.revision is not None else "",
        branding=branding_in_force(workspace),
    )
    kind = kind_of(report)
    if not kind.may_open(by, report):
        raise PermissionDenied
    report.content = kind.keep(report)
    report.fingerprint = fingerprint(report)
    return report


def enter(drawn: Sequence[Report], *, by: User, for_an_archive: bool = False) -> list[Report]:
    """Saves what was drawn up; where the same is there or under way it gives that. Workers hear of it on commit, unless it
    is ``for_an_archive``, which tells them itself; nobody asked for such a part by itself.
    """
    askers = [] if for_an_archive else [by.pk]
    with transaction.atomic():
        live = _live_twins(drawn)
        for report in drawn:
            if (twin := live.get(report.fingerprint)) is not None:
                _ask_too(twin, askers)
                continue
            report.asked_by = askers
            report.save(force_insert=True)
            note("requested", report, by=by)
            if askers:
                transaction.on_commit(partial(nudge, report.pk))
    return [live.get(report.fingerprint, report) for report in drawn]


def _live_twins(reports: Sequence[Report]) -> dict[str, Report]:
    """By fingerprint the reports of the same that are made or under way; until the transaction ends nobody else asks for
    one. Revisions are held in one order, so that two who ask for many do not wait in a circle."""
    for report in sorted(reports, key=lambda report: report.revision_id or 0):
        kind_of(report).hold(report)
    same = Report.objects.live().filter(
        workspace__in={report.workspace_id for report in reports},
        fingerprint__in=[report.fingerprint for report in reports],
    )
    found = same.exclude(pk__in=[report.pk for report in reports]).order_by("pk").select_for_update(no_key=True)
    return {report.fingerprint: report for report in found}


def _ask_too(report: Report, askers: Sequence[int]) -> None:
    """Who asks for what is there waits for it too, and it is kept for as long as if it were made now."""
    report.asked_by = [*dict.fromkeys([*report.asked_by, *askers])]
    if report.state == Report.State.DONE:
        report.expires_at = timezone.now() + settings.REPORTS_KEPT_FOR
    report.save(update_fields=["asked_by", "expires_at"])


def fingerprint(report: Report) -> str:
    """The sha256 of all that decides on the file of a report, and on who shares it."""
    decisive = {name: getattr(report, name) for name in DECISIVE}
    if kind_of(report).is_personal:
        decisive["requested_by"] = report.requested_by_id
    written = json.dumps(decisive, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def may_cancel(user: User, report: Report) -> bool:
    """Whether ``user`` may have the report cancelled: who asked for it, and who drafts in its workspace."""
    asked = user.pk in (report.requested_by_id, *report.asked_by)
    return (asked or user.roles.get(report.workspace_id) in DRAFTING) and kind_of(report).may_open(user, report)


def may_remove(user: User, report: Report) -> bool:
    """Whether ``user`` may remove the report: as for cancelling, but members of the workspace alone."""
    return report.workspace_id in user.roles and may_cancel(user, report)


def retry(report: Report, *, by: User) -> Report:
    """Another try at a report that failed, was cancelled or has expired; it is made by today's rules.

    Raises ``PermissionDenied`` if ``by`` may not read all that it tells.
    """
    if not kind_of(report).may_open(by, report):
        raise PermissionDenied
    with transaction.atomic():
        over = Report.objects.select_for_update().get(pk=report.pk)
        if not over.is_over:
            return over
        again = begin_again(over, asked_by=[by.pk])
        if again == over:
            note("retried", report, by=by)
            transaction.on_commit(partial(nudge, over.pk))
    return again


def begin_again(over: Report, *, asked_by: Sequence[int] = ()) -> Report:
    """A report that is over and held, waiting as if it were new; or the same one that was asked for meanwhile."""
    if over.rubric_version:
        over.rubric_version = VERSION
    over.fingerprint = fingerprint(over)
    if (twin := _live_twins([over]).get(over.fingerprint)) is not None:
        _ask_too(twin, asked_by)
        return twin
    over.state, over.error, over.step, over.attempts = Report.State.QUEUED, "", "", 0
    over.nudged_at, over.lease_until, over.finished_at, over.expires_at = timezone.now(), None, None, None
    over.asked_by = [*dict.fromkeys([*over.asked_by, *asked_by])]
    over.save()
    return over


def cancel(report: Report, *, by: User) -> Report:
    """Has the report not made; a worker that is at it stops before its next step. While others wait for it, it is made
    for them, and ``by`` is not told of it. Raises ``PermissionDenied``.
    """
    if not may_cancel(by, report):
        raise PermissionDenied
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        if not held.is_under_way:
            return held
        others = [pk for pk in held.asked_by if pk != by.pk] if by.pk in held.asked_by else []
        held.asked_by = others
        if not others and not held.is_awaited:
            held.state, held.finished_at = Report.State.CANCELLED, timezone.now()
        held.save(update_fields=["asked_by", "state", "finished_at"])
        if held.state == Report.State.CANCELLED:
            cancel_what_nobody_awaits(held)
            note("cancelled", report, by=by)
    return held


def cancel_what_nobody_awaits(whole: Report) -> None:
    """Cancels the open parts of an archive that was cancelled, but those that somebody or another archive waits for."""
    others = Part.objects.exclude(whole=whole).filter(report=OuterRef("pk"), whole__state__in=UNDER_WAY)
    unawaited = Report.objects.under_way().filter(~Exists(others), wholes__whole=whole, asked_by=[])
    unawaited.update(state=Report.State.CANCELLED, finished_at=timezone.now())


def remove(report: Report, *, by: User) -> None:
    """Takes the report away with its file. Raises ``PermissionDenied``, and ``NothingToTellError`` while it stands in an
    archive."""
    if not may_remove(by, report):
        raise PermissionDenied
    with transaction.atomic():
        held = Report.objects.select_for_update().filter(pk=report.pk).first()
        if held is None:
            return
        if held.wholes.exclude(whole__state__in=OVER).exists():
            raise NothingToTellError(
                _("This report stands in an archive of several reports. Delete the archive first.")
            )
        note("removed", report, by=by)
        held.delete()


def note_download(report: Report, *, by: User) -> None:
    """Writes down that ``by`` took the file along."""
    note("downloaded", report, by=by)


def note(deed: str, report: Report, *, by: User) -> None:
    """Writes into the audit log what was done with a report."""
    prefix, details = kind_of(report).audited(report)
    said = {**details, "format": report.format, "audience": report.audience}
    audit.record(f"reports.{prefix}{deed}", by=by, workspace=report.workspace, about=report, **said)
