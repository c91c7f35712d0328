"""Pages for deleting a proposal, and for putting it back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.pages import person_of
from proposals.access import deleted_proposal_for, deleted_proposals_for, proposal_for
from proposals.domain import delete_proposal, restore_proposal


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Asks whether to delete a proposal; deletes it and offers to undo that."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="delete")
    if request.method == "POST":
        delete_proposal(proposal, by=person)
        return redirect(f"{reverse('proposals:deleted')}?undo={pk}")
    return render(request, "proposals/delete.html", {"proposal": proposal, "workspace": proposal.workspace})


@require_GET
def deleted_list(request: HttpRequest) -> HttpResponse:
    """The deleted proposals that the person may put back; the one just deleted on top, with the way back."""
    proposals = list(deleted_proposals_for(person_of(request)))
    undo = next((proposal for proposal in proposals if str(proposal.pk) == request.GET.get("undo")), None)
    return render(request, "proposals/deleted.html", {"proposals": proposals, "undo": undo})


@require_POST
def restore(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Puts a deleted proposal back and opens it."""
    person = person_of(request)
    restore_proposal(deleted_proposal_for(person, pk), by=person)
    messages.success(request, _("The proposal is back."))
    return redirect("proposals:proposal", pk)
