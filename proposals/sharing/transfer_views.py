"""Pages for moving a proposal to another workspace, and for handing it over within one."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import mail
from accounts.models import User
from accounts.pages import confidential, person_of
from proposals.access import proposal_for
from proposals.models import Proposal
from proposals.sharing.access import heirs_of, workspaces_to_move_to
from proposals.sharing.forms import HandOverForm, TransferForm
from proposals.sharing.transfer import hand_over as hand_over_to
from proposals.sharing.transfer import transfer as transfer_to


@require_http_methods(["GET", "POST"])
@confidential
def transfer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Says what happens when a proposal goes to another workspace, and moves it there."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="share")
    workspaces = workspaces_to_move_to(person, proposal)
    form = TransferForm(request.POST if request.method == "POST" else None, workspaces=workspaces)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["workspace"]
        transfer_to(proposal, target, by=person)
        messages.success(request, _("The proposal belongs to %(workspace)s now.") % {"workspace": target})
        return redirect("proposals:proposal", pk)
    context = {
        "form": form,
        "proposal": proposal,
        "workspace": proposal.workspace,
        "workspaces": workspaces,
        "variants": proposal.variants.count(),
        "shares": proposal.shares.count(),
        "links": proposal.guest_links.open().count(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "proposals/sharing/transfer.html", context, status=status)


@require_POST
def hand_over(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Makes somebody else of the workspace responsible, and tells them by e-mail."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="share")
    form = HandOverForm(request.POST, people=heirs_of(proposal))
    if not form.is_valid():
        messages.error(request, _("Choose somebody who drafts in the workspace. Nothing was changed."))
        return redirect("proposals:sharing", pk)
    heir = form.cleaned_data["person"]
    if hand_over_to(proposal, heir, by=person) and heir != person:
        _tell(request, proposal, heir, person)
    messages.success(request, _("%(person)s is responsible for the proposal.") % {"person": heir})
    return redirect("proposals:sharing", pk)


def _tell(request: HttpRequest, proposal: Proposal, heir: User, by: User) -> None:
    link = mail.link(f"/proposals/{proposal.pk}/", request)
    mail.send("proposals/mail/handed_over", heir.email, {"by": by, "link": link, "workspace": proposal.workspace})
