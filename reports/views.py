"""Pages of the reports: all of them, one while it is made, and its file."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Final, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.audit_log import actors_by_subject
from accounts.audit_words import SENTENCES
from accounts.models import User
from accounts.notifications.domain import read_about
from accounts.pages import confidential, person_of
from accounts.rules import DRAFTING, is_owner
from proposals.access import revision_for
from reports import domain
from reports.access import report_for, reports_for
from reports.batching import retry_batch
from reports.files import FileAwayError, FileGoneError, let_expire, opened
from reports.formats.registry import CONTENT_TYPES
from reports.forms import ListFilter
from reports.kinds.registry import About, kind_of
from reports.models import OVER, Report
from reports.naming import file_name
from reports.queueing import resume_if_lost
from reports.telling import NothingToTellError

DOWNLOADS: Final = tuple(verb for verb in SENTENCES if verb.startswith("reports.") and verb.endswith("downloaded"))
A_PAGE: Final = 25
SHOWN_OF_REVISION: Final = 3
PARTS_SHOWN: Final = 20


class Shown(NamedTuple):
    """A report in a list, what it is about, and the names of those who took its file along."""

    report: Report
    about: About
    takers: list[str]


def shown(reports: Iterable[Report], person: User) -> list[Shown]:
    """As lists show them; who took what along is for the members of its workspace."""
    found = list(reports)
    takers = _takers([report for report in found if report.workspace_id in person.roles])
    return [Shown(report, kind_of(report).about(report), takers.get(str(report.pk), [])) for report in found]


def _takers(reports: list[Report]) -> dict[str, list[str]]:
    """By the id of a report, from the audit log."""
    return actors_by_subject(
        DOWNLOADS,
        label=Report._meta.label_lower,
        ids=[str(report.pk) for report in reports],
        workspaces={report.workspace_id for report in reports},
    )


@require_GET
@confidential
def report_list(request: HttpRequest) -> HttpResponse:
    """What was asked for and how far it is; as a fragment the newest few."""
    person = person_of(request)
    reports = reports_for(person).asked_for()
    drafts = not DRAFTING.isdisjoint(person.roles.values())
    if request.htmx:  # type: ignore[attr-defined]
        return render(
            request, "reports/_list.html", {"reports": shown(reports[:SHOWN_OF_REVISION], person), "drafts": drafts}
        )
    narrowing = ListFilter(request.GET)
    page = Paginator(reports.filter(**narrowing.narrowed(person)), A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"page": page, "reports": shown(page, person), "form": narrowing, "query": query.urlencode()}
    owns = person.workspace is not None and is_owner(person, person.workspace)
    return render(request, "reports/list.html", {**context, "drafts": drafts, "owns": owns})


@require_GET
@confidential
def for_revision(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """The newest reports of a revision; as a fragment or a page."""
    person = person_of(request)
    revision = revision_for(person, revision_pk, to="read_confidential")
    reports = reports_for(person).of_revision(revision)
    if request.htmx:  # type: ignore[attr-defined]
        few = shown(reports[:SHOWN_OF_REVISION], person)
        return render(request, "reports/_of_revision.html", {"reports": few, "revision": revision})
    context = {"reports": shown(reports[:A_PAGE], person), "revision": revision, "drafts": True}
    return render(request, "reports/of_revision.html", context)


@require_GET
@confidential
def report_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far a report is, and its file when it is ready; asks again by itself until then."""
    person = person_of(request)
    report = report_for(person, pk)
    resume_if_lost(report)
    if not report.is_under_way:
        read_about(person, report.get_absolute_url())
    ((_report, about, takers),) = shown([report], person)
    context = {
        "report": report,
        "about": about,
        "takers": takers,
        "steps": [(step.label, _step_state(report, step)) for step in Report.Step],
        "may_cancel": domain.may_cancel(person, report),
        "may_remove": domain.may_remove(person, report),
        "parts": _parts(report) if report.kind == Report.Kind.BATCH else None,
    }
    template = "reports/_progress.html" if request.htmx else "reports/report.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _step_state(report: Report, step: Report.Step) -> str:
    order = list(Report.Step)
    at = order.index(Report.Step(report.step)) if report.step else -1
    if order.index(step) < at:
        return "done"
    return "now" if order.index(step) == at and report.state == Report.State.RUNNING else "to_come"


class Parts(NamedTuple):
    """How far the parts of an archive are. ``lacking``: the first of those that failed or were cancelled."""

    number: int
    made: int
    over: int
    lacking: list[Shown]


def _parts(report: Report) -> Parts:
    parts = Report.objects.filter(wholes__whole=report)
    over = Q(state__in=OVER)
    counts = parts.aggregate(number=Count("pk"), made=Count("pk", Q(state=Report.State.DONE)), over=Count("pk", over))
    lacking = parts.filter(over).for_listing().order_by("wholes__position")[:PARTS_SHOWN] if counts["over"] else []
    return Parts(**counts, lacking=[Shown(part, kind_of(part).about(part), []) for part in lacking])


@require_GET
@confidential
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponse | FileResponse:
    """The file of a report that is ready."""
    person = person_of(request)
    report = report_for(person, pk)
    if report.state != Report.State.DONE:
        raise Http404
    try:
        file = opened(report)
    except FileGoneError:
        let_expire(report)
        messages.error(request, _("The file is no longer there. Make it again."))
        return redirect(report)
    except FileAwayError:
        messages.error(request, _("The file cannot be reached at the moment. Nothing is lost; try again in a minute."))
        return redirect(report)
    domain.note_download(report, by=person)
    return FileResponse(
        file,
        as_attachment=True,
        filename=file_name(report, kind_of(report).about(report)),
        content_type=CONTENT_TYPES[report.format],
    )


@require_POST
def retry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Another try at a report that is over."""
    person = person_of(request)
    report = report_for(person, pk)
    again = retry_batch if report.kind == Report.Kind.BATCH else domain.retry
    return redirect(again(report, by=person))


@require_POST
def cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Has a report not made."""
    person = person_of(request)
    report = domain.cancel(report_for(person, pk), by=person)
    if report.is_under_way:
        messages.info(request, _("Others wait for this report too, so it is made for them."))
    return redirect(report)


@require_http_methods(["GET", "POST"])
@confidential
def remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Asks first, then takes a report away with its file."""
    person = person_of(request)
    report = report_for(person, pk)
    if not domain.may_remove(person, report):
        raise PermissionDenied
    if request.method == "POST":
        try:
            domain.remove(report, by=person)
        except NothingToTellError as error:
            messages.error(request, str(error))
            return redirect(report)
        messages.success(request, _("The report was deleted."))
        return redirect("reports:list")
    return render(request, "reports/remove.html", {"report": report, "about": kind_of(report).about(report)})
