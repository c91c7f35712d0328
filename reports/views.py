"""Pages of the reports: request one, watch it being made, download it."""

from __future__ import annotations

import uuid
from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from proposals.access import revision_for
from reports import domain
from reports.access import report_for, reports_for
from reports.models import Report

SHOWN = 100
SHOWN_OF_REVISION = 3

confidential = cache_control(private=True, no_store=True)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


@require_GET
@confidential
def report_list(request: HttpRequest) -> HttpResponse:
    """What was produced and its state; as a fragment the newest few."""
    reports = reports_for(_person(request))
    fragment = request.htmx  # type: ignore[attr-defined]
    template = "reports/_list.html" if fragment else "reports/list.html"
    return render(request, template, {"reports": list(reports[: SHOWN_OF_REVISION if fragment else SHOWN])})


@require_GET
@confidential
def for_revision(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """The newest reports of a revision."""
    revision = revision_for(_person(request), revision_pk, to="read_confidential")
    reports = Report.objects.of_revision(revision).for_listing()[:SHOWN_OF_REVISION]
    template = "reports/_of_revision.html" if request.htmx else "reports/list.html"  # type: ignore[attr-defined]
    return render(request, template, {"reports": list(reports)})


@require_POST
def request(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """Asks for the report of a revision and shows its progress."""
    person = _person(request)
    revision = revision_for(person, revision_pk, to="read_confidential")
    return redirect(domain.request_report(revision, by=person, language=get_language() or "en"))


@require_GET
@confidential
def report_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far a report is, and its file when it is ready; asks again by itself until then."""
    report = report_for(_person(request), pk)
    domain.resume_if_lost(report)
    steps = [(step.label, _step_state(report, step)) for step in Report.Step]
    template = "reports/_progress.html" if request.htmx else "reports/report.html"  # type: ignore[attr-defined]
    return render(request, template, {"report": report, "steps": steps})


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
    person = _person(request)
    report = report_for(person, pk)
    if report.state != Report.State.DONE:
        raise Http404
    domain.note_download(report, by=person)
    title = slugify(report.revision.proposal.title, allow_unicode=True) or "report"
    name = f"{title}-{report.revision.number}.pdf"
    return FileResponse(report.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


@require_POST
def retry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Another try at a failed report."""
    person = _person(request)
    return redirect(domain.retry(report_for(person, pk), by=person))
