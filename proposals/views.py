"""Pages of the proposals: home, list, the proposal with its scorecard, its revisions."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.pages import confidential, person_of
from assessments.pages import scorecard_parts
from proposals.access import numbered_revision_for, proposal_for, proposals_for, workspaces_to_start_in
from proposals.domain import note_view, open_confidential_to, package_shown_to
from proposals.examples import open_worked_example
from proposals.forms import ConfidentialForm
from proposals.rules import may, may_start_in

SHOWN_AT_HOME = 5


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is mine and what waits for me."""
    person = person_of(request)
    may_start = person.workspace is not None and may_start_in(person, person.workspace)
    return render(
        request,
        "proposals/home.html",
        {
            "proposals": proposals_for(person).in_workspace(person.workspace).live().for_listing()[:SHOWN_AT_HOME],
            "may_start": may_start,
            "may_change": may_start,
        },
    )


@require_POST
def open_example(request: HttpRequest) -> HttpResponse:
    """Opens the worked example, put into the person's workspace on the first call."""
    person = person_of(request)
    revision = open_worked_example(workspaces_to_start_in(person)[0], by=person)
    return redirect("proposals:proposal", revision.proposal_id)


@require_GET
@confidential
def proposal_page(request: HttpRequest, pk: uuid.UUID, number: int | None = None) -> HttpResponse:
    """The scorecard of a proposal's revision, the newest one without a number."""
    person = person_of(request)
    revision = numbered_revision_for(person, pk, number)
    whole = may(person, "read_confidential", revision.proposal)
    note_view(revision, by=person)
    content = revision.sha256 if whole else f"{revision.sha256}:open"
    context = {
        "proposal": revision.proposal,
        "workspace": revision.proposal.workspace,
        "revision": revision,
        "is_newest": number is None or revision.is_newest,
        "scorecard": scorecard_parts(content, lambda: package_shown_to(person, revision)),
        "whole": whole,
        "may_edit": may(person, "edit", revision.proposal),
        "may_share": may(person, "share", revision.proposal),
        "may_delete": may(person, "delete", revision.proposal),
        "is_shared_alone": revision.proposal.workspace_id not in person.roles,
        "may_archive": may(person, "archive", revision.proposal),
    }
    return render(request, "proposals/proposal.html", context)


@require_http_methods(["GET", "POST"])
def confidential_parts(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who beside the drafters may read diagnosis, motives and notes of a proposal."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="share")
    if request.method == "POST":
        form = ConfidentialForm(request.POST)
        if form.is_valid():
            open_confidential_to(proposal, form.cleaned_data["roles"], by=person)
            messages.success(request, _("Saved."))
            return redirect("proposals:proposal", pk)
    else:
        form = ConfidentialForm(initial={"roles": proposal.confidential_open_to})
    context = {"form": form, "proposal": proposal, "workspace": proposal.workspace}
    return render(request, "proposals/confidential.html", context, status=422 if form.is_bound else 200)


@require_GET
def revision_list(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Every revision of a proposal, newest first."""
    person = person_of(request)
    proposal = proposal_for(person, pk)
    context = {
        "proposal": proposal,
        "workspace": proposal.workspace,
        "revisions": proposal.revisions.select_related("author").defer("document"),
        "may_edit": may(person, "edit", proposal),
        "may_branch": may_start_in(person, proposal.workspace),
    }
    return render(request, "proposals/revisions.html", context)
