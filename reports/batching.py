"""Reports of several proposals as one archive: each is a report of its own, made by whichever worker is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import walls
from accounts.models import User, Workspace
from proposals.models import Proposal, Revision
from reports.asking import Wanted
from reports.domain import begin_again, drawn_up, enter, fingerprint, retry
from reports.files import let_expire
from reports.kinds.registry import kind_of
from reports.models import OVER, Part, Report
from reports.naming import file_name
from reports.queueing import IN_ITS_TURN, nudge
from reports.telling import NothingToTellError

MOST: Final = 500


def request_batch(proposals: Sequence[Proposal], wanted: Wanted, *, by: User, workspace: Workspace) -> Report:
    """The archive of a report like ``wanted`` for each proposal's newest revision: a new one, or the same one that is there.

    What ``by`` may not have a report of is left out and named in the archive. Raises ``NothingToTellError`` if that is all, or
    if it is more than ``MOST``.
    """
    if len(proposals) > MOST:
        raise NothingToTellError(_("More than %(most)s reports at once are too many.") % {"most": MOST})
    drawn, left_out = _drawn_up(_newest_revisions(proposals), wanted, by)
    if not drawn:
        raise NothingToTellError(_("You may not have a report of any of these proposals."))
    whole = Report(
        kind=Report.Kind.BATCH,
        format=Report.Format.ZIP,
        audience=wanted.audience,
        language=wanted.language,
        workspace=workspace,
        requested_by=by,
        content={
            "parts": [part.fingerprint for part in drawn],
            "names": [file_name(part, kind_of(part).about(part)) for part in drawn],
            "left_out": left_out,
        },
    )
    whole.fingerprint = fingerprint(whole)
    with transaction.atomic():
        (live,) = enter([whole], by=by, for_an_archive=True)
        if live != whole:
            return live
        Report.objects.filter(pk=whole.pk).update(asked_by=[by.pk])
        parts = enter(drawn, by=by, for_an_archive=True)
        Part.objects.bulk_create(
            Part(workspace=workspace, whole=whole, report=part, position=position)
            for position, part in enumerate(parts, start=1)
        )
        transaction.on_commit(partial(_nudge_parts, whole))
    return whole


def _newest_revisions(proposals: Sequence[Proposal]) -> list[Revision]:
    """By title, without their documents; they change no more."""
    newest = Revision.objects.filter(proposal__in=proposals, number=F("proposal__newest_number"))
    newest.filter(is_sealed=False).update(is_sealed=True)
    return sorted(newest.with_proposal().defer("document"), key=lambda revision: revision.proposal.title.casefold())


def _drawn_up(revisions: Sequence[Revision], wanted: Wanted, by: User) -> tuple[list[Report], list[str]]:
    """The reports, and the titles of those that ``by`` may not have one of."""
    drawn: list[Report] = []
    left_out: list[str] = []
    for revision in revisions:
        try:
            drawn.append(drawn_up(replace(wanted, revision=revision), by=by))
        except PermissionDenied:
            left_out.append(revision.proposal.title)
    return drawn, left_out


def _nudge_parts(whole: Report) -> None:
    """Tells the workers of the parts that wait, or of the archive if none does."""
    with transaction.atomic(), walls.lifted():
        waiting = list(
            Report.objects.filter(wholes__whole=whole, state=Report.State.QUEUED).values_list("pk", flat=True)
        )
    if waiting:
        nudge(*waiting, priority=IN_ITS_TURN)
    else:
        nudge(whole.pk)


def retry_batch(whole: Report, *, by: User) -> Report:
    """Another try at what failed, was cancelled or has expired of an archive, and at the archive itself."""
    if not kind_of(whole).may_open(by, whole):
        raise PermissionDenied
    with transaction.atomic():
        if whole.parts.filter(report__state__in=OVER).exists():
            let_expire(whole)
        again = retry(whole, by=by)
        if again.is_under_way:
            for part in Part.objects.filter(whole=again, report__state__in=OVER).select_related("report"):
                _begin_part_again(part)
            transaction.on_commit(partial(_nudge_parts, again))
    return again


def _begin_part_again(part: Part) -> None:
    over = Report.objects.select_for_update().get(pk=part.report_id)
    twin = begin_again(over) if over.is_over else over
    if twin.pk == part.report_id:
        return
    if Part.objects.filter(whole=part.whole_id, report=twin).exists():
        part.delete()
    else:
        part.report = twin
        part.save(update_fields=["report"])
