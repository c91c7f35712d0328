"""The advice beside the form, fetched again after a change, and the switch that hides the scores."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from accounts.pages import confidential, person_of
from proposals.access import numbered_revision_for, proposal_for
from proposals.advising.pane import pane, switch_scores
from proposals.domain import note_view
from proposals.drafting.domain import draft_of

LONGEST_ADDRESS = 500


@require_GET
@confidential
def draft_pane(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The pane on the newest draft; ``at`` is the address that is being edited."""
    return _shown(request, pk, request.GET.get("at", ""))


@require_POST
@confidential
def hide_scores(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Hides the scores of a proposal from the person, or shows them again, and goes on with the page or the pane."""
    person = person_of(request)
    proposal = proposal_for(person, pk)
    switch_scores(request.session, proposal, hide=request.POST.get("hide") == "yes")
    if request.htmx:  # type: ignore[attr-defined]
        return _shown(request, pk, request.POST.get("at", ""))
    page = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return redirect(page if safe else reverse("proposals:proposal", args=[pk]))


def _shown(request: HttpRequest, pk: uuid.UUID, at: str) -> HttpResponse:
    person = person_of(request)
    revision = numbered_revision_for(person, pk, None)
    note_view(revision, by=person)
    return HttpResponse(pane(request, revision.proposal, draft_of(revision), at=_address(at)))


def _address(said: str) -> str | None:
    return said if said.startswith("/") and len(said) <= LONGEST_ADDRESS else None
