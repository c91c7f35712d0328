"""Pages on which historic measures become prompts of a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.pages import confidential, person_of
from assessments.package.changes import ChangeError
from proposals.access import proposal_for, workspaces_to_start_in
from proposals.exchange.places import draft_page
from proposals.models import Revision
from proposals.starting import domain
from proposals.starting.access import chosen_on, drafts_to_take_into, historic_measure, shelf_for
from proposals.starting.forms import InspireForm, ShelfForm
from proposals.starting.inspiration import prompt


@require_http_methods(["GET", "POST"])
@confidential
def start_from_shelf(request: HttpRequest) -> HttpResponse:
    """A new package from measures of the cases on the person's shelf."""
    person = person_of(request)
    workspaces = workspaces_to_start_in(person)
    shelf = shelf_for(person)
    sent = request.method == "POST"
    form = ShelfForm(request.POST if sent else None, workspaces=workspaces)
    named = request.POST.getlist("measure")
    chosen = chosen_on(shelf, named)
    if sent and not chosen:
        form.add_error(None, _("Tick at least one measure, or start blank."))
    if sent and form.is_valid():
        revision = domain.start_from_cases(form.chosen_workspace, form.cleaned_data["title"], chosen, by=person)
        _say_how_to_go_on(request)
        return redirect(draft_page(revision.proposal_id))
    context = {"form": form, "shelf": shelf, "named": named, "workspace": person.workspace}
    return render(request, "proposals/start_shelf.html", context, status=422 if sent else 200)


@require_http_methods(["GET", "POST"])
@confidential
def inspire(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Takes one measure of a case into a draft, an existing one or a new one."""
    person = person_of(request)
    workspaces = workspaces_to_start_in(person)
    case, measure = historic_measure(slug, number)
    drafts = drafts_to_take_into(person)
    sent = request.method == "POST"
    form = InspireForm(request.POST if sent else None, workspaces=workspaces, drafts=drafts)
    if sent and form.is_valid():
        try:
            if form.proposal_id is None:
                title = form.cleaned_data["title"]
                revision = domain.start_from_cases(form.chosen_workspace, title, [(case, measure)], by=person)
            else:
                proposal = proposal_for(person, form.proposal_id, to="edit")
                revision = domain.inspire(proposal, [(case, measure)], by=person)
        except ChangeError:
            form.add_error(
                "into", _("What stands in the place of this draft's measures cannot be read. Mend it first.")
            )
        else:
            return _taken(request, revision)
    context = {"form": form, "case": case, "measure": measure, "prompt": prompt(case, measure, number=1)}
    return render(request, "proposals/inspire.html", context, status=422 if sent else 200)


def _taken(request: HttpRequest, revision: Revision) -> HttpResponse:
    _say_how_to_go_on(request)
    return redirect(draft_page(revision.proposal_id))


def _say_how_to_go_on(request: HttpRequest) -> None:
    messages.success(request, _("The prompts are in the draft. Rewrite each in the words of these parties."))
