"""Pages of the proposals: home, list, upload, the proposal with its scorecard, its revisions and documents."""

from __future__ import annotations

import json
import uuid
from typing import Literal

import yaml
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Workspace
from accounts.pages import confidential, person_of
from assessments.package import canonical_document
from assessments.pages import scorecard_parts
from proposals.access import numbered_revision_for, proposal_for, proposals_for, workspaces_to_start_in
from proposals.domain import (
    import_package,
    note_download,
    note_view,
    open_confidential_to,
    package_shown_to,
    save_revision,
)
from proposals.examples import open_worked_example
from proposals.forms import ConfidentialForm, PackageForm
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


def _package_form(request: HttpRequest, workspaces: list[Workspace]) -> PackageForm:
    if request.method == "POST":
        return PackageForm(request.POST, request.FILES, workspaces=workspaces)
    return PackageForm(workspaces=workspaces)


@require_http_methods(["GET", "POST"])
@confidential
def upload(request: HttpRequest) -> HttpResponse:
    """A package file becomes a new proposal."""
    person = person_of(request)
    workspaces = workspaces_to_start_in(person)
    form = _package_form(request, workspaces)
    if form.is_valid():
        chosen = form.cleaned_data.get("workspace", workspaces[0])
        revision = import_package(chosen, form.ready_package, by=person, reason=_("Uploaded"))
        messages.success(request, _("The package is in. This is its scorecard."))
        return redirect("proposals:proposal", revision.proposal_id)
    return render(request, "proposals/upload.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@confidential
def upload_revision(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A package file becomes the newest revision of a proposal."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="edit")
    form = _package_form(request, [])
    if form.is_valid():
        revision = save_revision(proposal, form.ready_package, by=person, reason=_("Uploaded"))
        messages.success(request, _("This is revision %(number)s.") % {"number": revision.number})
        return redirect("proposals:proposal", pk)
    context = {"form": form, "proposal": proposal, "workspace": proposal.workspace}
    return render(request, "proposals/upload.html", context, status=422 if form.is_bound else 200)


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


@require_GET
@confidential
def download(request: HttpRequest, pk: uuid.UUID, number: int, kind: Literal["json", "yaml"]) -> HttpResponse:
    """A revision's document as a file, JSON or YAML, without the confidential parts for those who may not read them."""
    person = person_of(request)
    revision = numbered_revision_for(person, pk, number)
    note_download(revision, kind, by=person)
    document = canonical_document(package_shown_to(person, revision))
    if kind == "json":
        content = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    else:
        content = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
    name = f"{slugify(revision.proposal.title) or 'package'}-{revision.number}.{kind}"
    return HttpResponse(
        content,
        content_type=f"application/{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
