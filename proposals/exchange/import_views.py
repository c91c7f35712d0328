"""Pages on which files come in."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.pages import confidential, person_of
from cbm_advisor.lib.documents import LARGEST
from proposals.access import proposal_for, workspaces_to_start_in
from proposals.exchange.domain import Arrival, bring_in, bring_in_revision
from proposals.exchange.forms import ImportForm, RevisionFileForm
from proposals.exchange.places import draft_page
from proposals.exchange.reading import Incoming
from proposals.models import Revision


@require_http_methods(["GET", "POST"])
@confidential
def upload(request: HttpRequest) -> HttpResponse:
    """Files become proposals. One opens at once; of several a page says what became of each."""
    person = person_of(request)
    workspaces = workspaces_to_start_in(person)
    sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES, workspaces=workspaces) if sent else ImportForm(workspaces=workspaces)
    if not form.is_valid():
        return render(request, "proposals/upload.html", {"form": form}, status=422 if sent else 200)
    arrivals = bring_in(form.chosen_workspace, form.incoming, by=person)
    if len(arrivals) == 1 and arrivals[0].revision is not None:
        return _opened(request, arrivals[0].incoming, arrivals[0].revision)
    return render(request, "proposals/came_in.html", _summary(arrivals) | {"workspace": form.chosen_workspace})


@require_http_methods(["GET", "POST"])
@confidential
def upload_revision(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A file becomes the newest revision of a proposal, also one with errors in it."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="edit")
    sent = request.method == "POST"
    form = RevisionFileForm(request.POST, request.FILES) if sent else RevisionFileForm()
    if not form.is_valid():
        context = {"form": form, "proposal": proposal, "workspace": proposal.workspace}
        return render(request, "proposals/upload.html", context, status=422 if sent else 200)
    revision = bring_in_revision(proposal, form.incoming[0], by=person)
    return _opened(request, form.incoming[0], revision, is_new=False)


def _opened(request: HttpRequest, incoming: Incoming, revision: Revision, *, is_new: bool = True) -> HttpResponse:
    """Leads to the scorecard, or to the builder if something is wrong or still too little to be assessed."""
    if incoming.is_ready:
        said = _("The package is in. This is its scorecard.")
        if not is_new:
            said = _("This is revision %(number)s.") % {"number": revision.number}
        messages.success(request, said)
        return redirect("proposals:proposal", revision.proposal_id)
    if incoming.problems:
        number = len(incoming.problems)
        said = ngettext(
            "The file is in, as it is. One place of it cannot be read; it is marked.",
            "The file is in, as it is. %(number)s places of it cannot be read; they are marked.",
            number,
        )
        messages.warning(request, said % {"number": number})
    else:
        messages.success(request, _("The draft is in. It needs two parties and a measure before it can be assessed."))
    return redirect(draft_page(revision.proposal_id))


class Told(NamedTuple):
    """What the page says of a file. ``shows_text``: its text can be mended there; ``more``: errors beside those shown."""

    incoming: Incoming
    revision: Revision | None
    shows_text: bool

    @property
    def draft_page(self) -> str:
        return draft_page(self.revision.proposal_id) if self.revision is not None else ""

    @property
    def more(self) -> int:
        return len(self.incoming.problems) - 3


def _summary(arrivals: list[Arrival]) -> dict[str, list[Told]]:
    told, left = [], LARGEST
    for arrival in arrivals:
        left -= len(arrival.incoming.text)
        told.append(Told(arrival.incoming, arrival.revision, left >= 0))
    return {
        "ready": [each for each in told if each.revision is not None and not each.incoming.problems],
        "flawed": [each for each in told if each.revision is not None and each.incoming.problems],
        "unreadable": [each for each in told if each.revision is None],
    }
