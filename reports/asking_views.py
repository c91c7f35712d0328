"""Pages on which reports are asked for."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import workspace_of
from accounts.models import User
from accounts.pages import confidential, person_of
from assessments.package.drafts import read_draft
from proposals.access import numbered_revision_for, revision_for
from proposals.listing.choosing import chosen_or_told, list_of, selection_in
from proposals.models import Revision
from reports import domain
from reports.asking import Wanted
from reports.batching import MOST, request_batch
from reports.branding.domain import branding_in_force
from reports.forms import BatchForm, ReportForm, audiences_for
from reports.models import Report
from reports.telling import Choice, NothingToTellError
from reports.words import KINDS_IN_A_LINE


@require_http_methods(["GET", "POST"])
@confidential
def make(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """How a report of a revision is to be; as a fragment the form for another kind, with what was typed so far."""
    person = person_of(request)
    revision = revision_for(person, revision_pk)
    form = _form_for(request, person, revision)
    if form.is_bound and form.is_valid():
        try:
            return redirect(domain.request(form.wanted(revision), by=person))
        except NothingToTellError as error:
            form.add_error(None, str(error))
    context = {"form": form, "revision": revision, "proposal": revision.proposal, "choices": _choices(form)}
    fragment = request.htmx  # type: ignore[attr-defined]
    template = "reports/_make.html" if fragment else "reports/make.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_GET
def make_of_newest(request: HttpRequest, proposal_pk: uuid.UUID) -> HttpResponse:
    """Leads to a report of what the proposal says now."""
    revision = numbered_revision_for(person_of(request), proposal_pk, None)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("reports:make", args=[revision.pk]) + query)


def _form_for(request: HttpRequest, person: User, revision: Revision) -> ReportForm:
    package = read_draft(revision.document).package
    workspace = revision.proposal.workspace
    branding = branding_in_force(workspace)
    initial = {
        "classification": package.classification or "",
        "paper": branding.paper if branding else "a4",
        "language": branding.language if branding and branding.language else get_language(),
        **request.GET.dict(),
    }
    proposal = revision.proposal
    variants = [proposal.pk, proposal.variant_of_id, *proposal.variants.values_list("pk", flat=True)]
    others = Revision.objects.visible_to(person).filter(proposal__in=[pk for pk in variants if pk])
    return ReportForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        audiences=audiences_for(person, proposal),
        parties={party.id: party.name for party in package.parties or ()},
        others=others.exclude(pk=revision.pk).with_proposal().defer("document").order_by("proposal", "-number"),
    )


def _choices(form: ReportForm) -> list[Choice]:
    return [Choice(kind.value, str(kind.label), str(KINDS_IN_A_LINE[kind]), kind == form.chosen) for kind in form.kinds]


@require_POST
def request(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """Asks for the full assessment of a revision as PDF, without further questions."""
    person = person_of(request)
    revision = revision_for(person, revision_pk, to="read_confidential")
    branding = branding_in_force(revision.proposal.workspace)
    wanted = Wanted(
        revision=revision,
        language=get_language() or "en",
        paper=branding.paper if branding else "a4",
        classification=read_draft(revision.document).package.classification or "",
    )
    return redirect(domain.request(wanted, by=person))


@require_POST
def request_shelf(request: HttpRequest) -> HttpResponse:
    """Asks for the report of the person's shelf."""
    person = person_of(request)
    workspace_of(person)
    try:
        report = domain.request(Wanted(kind=Report.Kind.SHELF, language=get_language() or "en"), by=person)
    except NothingToTellError as error:
        messages.error(request, str(error))
        return redirect("cases:shelf")
    return redirect(report)


@require_POST
@confidential
def batch(request: HttpRequest) -> HttpResponse:
    """How a report of each proposal that was chosen in the list is to be; with ``make`` it is asked for."""
    person = person_of(request)
    workspace = workspace_of(person)
    back = list_of(selection_in(request.POST))
    chosen = chosen_or_told(request, person)
    if not chosen:
        return redirect(back)
    if request.POST.get("only"):
        return redirect("reports:make_of_newest", chosen[0].pk)
    if len(chosen) > MOST:
        messages.warning(request, _("More than %(most)s reports at once are too many.") % {"most": MOST})
        return redirect(back)
    branding = branding_in_force(workspace)
    form = BatchForm(
        request.POST if "make" in request.POST else None, initial={"paper": branding.paper if branding else "a4"}
    )
    if form.is_bound and form.is_valid():
        try:
            return redirect(request_batch(chosen, form.wanted(), by=person, workspace=workspace))
        except NothingToTellError as error:
            form.add_error(None, str(error))
    context = {"form": form, "chosen": chosen, "back": back, "query": request.POST.get("query", "")}
    return render(request, "reports/batch.html", context, status=422 if form.errors else 200)
