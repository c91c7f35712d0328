"""Pages of the reports: request one, watch it being made, download it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import workspace_of
from accounts.pages import confidential, person_of
from accounts.rules import DRAFTING
from proposals.access import revision_for
from reports import domain
from reports.access import report_for, reports_for
from reports.kinds.registry import About, kind_of
from reports.kinds.shelf import EmptyShelfError
from reports.models import Report

SHOWN = 100
SHOWN_OF_REVISION = 3


class Shown(NamedTuple):
    """A report in a list, and what it is about."""

    report: Report
    about: About


def shown(reports: Iterable[Report]) -> list[Shown]:
    return [Shown(report, kind_of(report).about(report)) for report in reports]


@require_GET
@confidential
def report_list(request: HttpRequest) -> HttpResponse:
    """What was produced and its state; as a fragment the newest few."""
    person = person_of(request)
    reports = reports_for(person)
    fragment = request.htmx  # type: ignore[attr-defined]
    template = "reports/_list.html" if fragment else "reports/list.html"
    context = {
        "reports": shown(reports[: SHOWN_OF_REVISION if fragment else SHOWN]),
        "drafts": not DRAFTING.isdisjoint(person.roles.values()),
    }
    return render(request, template, context)


@require_GET
@confidential
def for_revision(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """The newest reports of a revision."""
    revision = revision_for(person_of(request), revision_pk, to="read_confidential")
    reports = Report.objects.of_revision(revision).for_listing()[:SHOWN_OF_REVISION]
    template = "reports/_of_revision.html" if request.htmx else "reports/list.html"  # type: ignore[attr-defined]
    return render(request, template, {"reports": shown(reports), "drafts": True})


@require_POST
def request(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """Asks for the report of a revision and shows its progress."""
    person = person_of(request)
    revision = revision_for(person, revision_pk, to="read_confidential")
    return redirect(domain.request_report(revision, by=person, language=get_language() or "en"))


@require_POST
def request_shelf(request: HttpRequest) -> HttpResponse:
    """Asks for the report of the person's shelf and shows its progress."""
    person = person_of(request)
    try:
        report = domain.request_shelf_report(workspace_of(person), by=person, language=get_language() or "en")
    except EmptyShelfError:
        messages.error(request, _("Nothing is on your shelf yet, so there is nothing to print."))
        return redirect("cases:shelf")
    return redirect(report)


@require_GET
@confidential
def report_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far a report is, and its file when it is ready; asks again by itself until then."""
    report = report_for(person_of(request), pk)
    domain.resume_if_lost(report)
    steps = [(step.label, _step_state(report, step)) for step in Report.Step]
    template = "reports/_progress.html" if request.htmx else "reports/report.html"  # type: ignore[attr-defined]
    return render(request, template, {"report": report, "about": kind_of(report).about(report), "steps": steps})


def _step_state(report: Report, step: Report.Step) -> str:
    if report.state == Report.State.DONE:
        return "done"
    order = list(Report.Step)
    at = order.index(Report.Step(report.step)) if report.step else -1
    if order.index(step) < at:
        return "done"
    return "now" if order.index(step) == at and report.state == Report.State.RUNNING else "to_come"


@require_GET
@confidential
def download(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """The file of a report that is ready."""
    person = person_of(request)
    report = report_for(person, pk)
    if report.state != Report.State.DONE:
        raise Http404
    domain.note_download(report, by=person)
    about = kind_of(report).about(report)
    title = slugify(about.title, allow_unicode=True) or "report"
    name = f"{title}-{about.number}.pdf"
    return FileResponse(report.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


@require_POST
def retry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Another try at a failed report."""
    person = person_of(request)
    return redirect(domain.retry(report_for(person, pk), by=person))
