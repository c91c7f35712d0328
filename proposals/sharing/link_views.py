"""Guest links as the drafters make and take them back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import mail
from accounts.pages import confidential, person_of
from proposals.access import proposal_for
from proposals.sharing import links
from proposals.sharing.access import guest_link_for
from proposals.sharing.forms import LinkForm
from proposals.sharing.share_views import numbers_of, render_sharing


@require_POST
@confidential
def make_link(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Makes a guest link and shows it, this once."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="share")
    form = LinkForm(request.POST, numbers=numbers_of(proposal))
    if not form.is_valid():
        return render_sharing(request, proposal, link_form=form)
    asked = form.cleaned_data
    link, token = links.make_link(
        proposal,
        by=person,
        label=asked["label"],
        password=asked["password"],
        days=asked["days"],
        revision=asked["shows"],
    )
    context = {
        "proposal": proposal,
        "workspace": proposal.workspace,
        "link": link,
        "address": mail.link(reverse("proposals:guest", args=[token]), request),
    }
    return render(request, "proposals/sharing/link_made.html", context)


@require_http_methods(["GET", "POST"])
@confidential
def revoke_link(request: HttpRequest, pk: uuid.UUID, link_pk: uuid.UUID) -> HttpResponse:
    """Asks whether to take a guest link back, and does."""
    person = person_of(request)
    link = guest_link_for(person, pk, link_pk)
    if request.method == "POST":
        links.revoke_link(link, by=person)
        messages.success(request, _("The link for %(label)s leads nowhere any more.") % {"label": link.label})
        return redirect("proposals:sharing", pk)
    context = {"link": link, "proposal": link.proposal, "workspace": link.proposal.workspace}
    return render(request, "proposals/sharing/revoke_link.html", context)
