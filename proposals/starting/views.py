"""The page on which a package is started."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.pages import confidential, person_of
from proposals.access import workspaces_to_start_in
from proposals.exchange.places import draft_page
from proposals.starting.domain import start_blank, start_from_example
from proposals.starting.forms import BlankForm


@require_http_methods(["GET", "POST"])
@confidential
def start(request: HttpRequest) -> HttpResponse:
    """Five ways to start a package; starts a blank one, or a copy of the worked example (``way``)."""
    person = person_of(request)
    workspaces = workspaces_to_start_in(person)
    if request.method == "POST" and request.POST.get("way") == "example":
        revision = start_from_example(workspaces[0], by=person)
        messages.success(request, _("This copy is yours to change. The example itself stays as it is."))
        return redirect(draft_page(revision.proposal_id))
    form = BlankForm(request.POST or None, workspaces=workspaces)
    if request.method == "POST" and form.is_valid():
        revision = start_blank(form.chosen_workspace, form.document, by=person)
        return redirect(draft_page(revision.proposal_id))
    status = 422 if request.method == "POST" else 200
    return render(request, "proposals/start.html", {"form": form, "workspace": person.workspace}, status=status)
