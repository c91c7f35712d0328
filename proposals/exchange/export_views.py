"""Taking packages along: one as a file, several as an archive."""

from __future__ import annotations

import uuid
from typing import Literal, cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User, Workspace
from accounts.pages import confidential, person_of
from proposals.access import numbered_revision_for, proposals_for
from proposals.domain import note_download
from proposals.exchange.documents import Kind, exported, written
from proposals.exchange.domain import note_export
from proposals.exchange.forms import ExportForm
from proposals.exchange.packing import archive
from proposals.exchange.taking import leaving, taken_by
from proposals.listing.choosing import chosen_or_told, list_of, selection_in
from proposals.models import ProposalQuerySet
from proposals.rules import may


@require_GET
@confidential
def download(request: HttpRequest, pk: uuid.UUID, number: int, kind: Literal["json", "yaml"]) -> HttpResponse:
    """A revision's document as a file, JSON or YAML, without the confidential parts for those who may not read them."""
    person = person_of(request)
    revision = numbered_revision_for(person, pk, number)
    note_download(revision, kind, by=person)
    content = exported(revision.document, whole=may(person, "read_confidential", revision.proposal))
    name = f"{slugify(revision.proposal.title) or 'package'}-{revision.number}.{kind}"
    return HttpResponse(
        written(content.document, kind),
        content_type=f"application/{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
@confidential
def export(request: HttpRequest) -> HttpResponseBase:
    """Packages as a ZIP file: those chosen in a list, or all of the ``workspace``. Without either, asks for them."""
    person = person_of(request)
    form = ExportForm(request.POST or None)
    chosen = _chosen(request, person) if request.method == "POST" else None
    if chosen is None and "query" in request.POST:
        return redirect(list_of(selection_in(request.POST)))
    if chosen is None or not form.is_valid():
        own = get_object_or_404(Workspace, pk=person.workspace.pk if person.workspace else None)
        context = {"form": form, "workspace": own, "number": proposals_for(person).in_workspace(own).count()}
        return render(request, "proposals/export.html", context, status=200 if request.method == "GET" else 422)
    return archive_for(person, chosen, cast("Kind", form.cleaned_data["kind"]))


def archive_for(person: User, proposals: ProposalQuerySet, kind: Kind) -> StreamingHttpResponse:
    """``proposals``, which are scoped to ``person`` already, as a ZIP file; writes down that they were taken along.

    Raises ``Http404`` if there are none.
    """
    taken = taken_by(person, proposals)
    if not taken:
        raise Http404(_("There is no package to take along."))
    note_export(((each.workspace, each.whole) for each in taken), kind, by=person)
    now = timezone.now()
    workspaces = {each.workspace.name for each in taken}
    name = slugify(workspaces.pop()) if len(workspaces) == 1 else ""
    return StreamingHttpResponse(
        archive(leaving(taken), kind=kind, at=now),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name or "packages"}-{now:%Y-%m-%d}.zip"'},
    )


def _chosen(request: HttpRequest, person: User) -> ProposalQuerySet | None:
    """What a form asks for; ``None`` if it names nothing, which is told."""
    if workspace := request.POST.get("workspace"):
        try:
            return proposals_for(person).filter(workspace_id=uuid.UUID(workspace)).order_by("-created_at", "pk")
        except ValueError:
            raise Http404 from None
    chosen = chosen_or_told(request, person)
    found = proposals_for(person).filter(pk__in=[each.pk for each in chosen])
    return found.order_by("-created_at", "pk") if chosen else None
