"""The builder's pages and its one way in: a form that is saved field by field, or as a whole with a button of a row."""

from __future__ import annotations

import json
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.pages import confidential, person_of
from assessments.package.addresses import ABSENT, value_at
from proposals.access import newest_revision_of, proposal_for
from proposals.building.desk import PAGES, Desk, client_of, number_of, page_address
from proposals.building.doing import Done, Press, UnknownFieldError, press
from proposals.building.places import field_id
from proposals.building.presence import who_is_here
from proposals.building.steps import STEPS
from proposals.domain import note_view
from proposals.drafting.domain import draft_of
from proposals.models import Proposal

FIRST_STEP = next(iter(STEPS))


# Compressed, though it holds what is confidential: nothing that a stranger could send along stands in it, and the token
# against forged requests is masked anew each time, so that its length tells nothing.
@gzip_page
@require_GET
@confidential
def draft_page(request: HttpRequest, pk: uuid.UUID, step: str = FIRST_STEP, measure: str = "") -> HttpResponse:
    """A step of the builder, or a measure in it. 404 for a step or a measure that is not there."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="edit")
    revision = newest_revision_of(proposal)
    note_view(revision, by=person)
    draft = draft_of(revision)
    page = f"measures/{measure}" if measure else step
    if step not in PAGES or (measure and value_at(draft, f"/measures/{measure}") is ABSENT):
        raise Http404
    desk = Desk(proposal, revision, draft, page, person=person)
    return render(request, "proposals/builder/page.html", desk.context(request))


@gzip_page
@require_POST
@confidential
def save(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Saves the fields that the form carries, then does what its button says.

    A field that is left saves itself by htmx, and is answered with what changes around it; a button is answered with the
    page. Nothing of what was typed is lost: what cannot be saved stands in the form of the answer.
    """
    person = person_of(request)
    proposal = proposal_for(person, pk, to="edit")
    pressed = Press(
        post=request.POST,
        page=_page(request),
        version=number_of(request.POST.get("version", "")),
        client=client_of(request),
        deed=request.POST.get("do", ""),
    )
    try:
        done = press(proposal, pressed, by=person)
    except UnknownFieldError as error:
        return _refused(request, proposal, pressed, str(error))
    if pressed.deed or not request.htmx:  # type: ignore[attr-defined]
        return _answer_with_page(request, done, pressed)
    desk = Desk(proposal, done.revision, done.draft, pressed.page, person=person, done=done)
    response = render(request, "proposals/builder/_saved.html", desk.saved_context(request))
    told = {"version": done.version, "accepted": done.accepted, "conflicts": done.disputed, "others": done.others}
    told["reload"] = done.theirs is None
    response["HX-Trigger-After-Swap"] = json.dumps({"builder:saved": told})
    return response


def _refused(request: HttpRequest, proposal: Proposal, pressed: Press, why: str) -> HttpResponse:
    """Nothing was saved, for the form fits no draft of ours; what was typed is shown, to be copied."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(why, status=422, content_type="text/plain; charset=utf-8")
    typed = [value for at in pressed.addresses for value in pressed.post.getlist(at) if value.strip()]
    context = {"proposal": proposal, "why": why, "typed": typed, "way": page_address(proposal.pk, pressed.page)}
    return render(request, "proposals/builder/refused.html", context, status=422)


def _answer_with_page(request: HttpRequest, done: Done, pressed: Press) -> HttpResponse:
    """The page that comes next; the same page, with what stands in the way, if something was not saved or done."""
    person = person_of(request)
    htmx = bool(request.htmx)  # type: ignore[attr-defined]
    if not done.conflicts and not done.refusal:
        target = page_address(done.proposal.pk, done.page, done.at)
        if done.page != pressed.page and htmx:
            return HttpResponseClientRedirect(target)
        if not htmx:
            return redirect(target)
    desk = Desk(done.proposal, done.revision, done.draft, done.page, person=person, done=done)
    template = "proposals/builder/_work.html" if htmx else "proposals/builder/page.html"
    response = render(request, template, desk.context(request), status=200 if htmx or not done.refusal else 409)
    if htmx:
        response["HX-Retarget"] = "#builder-work"
        response["HX-Reswap"] = "outerHTML show:none"
        response["X-Draft"] = "whole"
        if done.at:
            response["HX-Trigger-After-Settle"] = json.dumps({"builder:added": {"id": field_id(done.at)}})
    return response


@require_GET
@confidential
def presence(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who else has the draft open; and whether it was changed since the page was made."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="edit")
    client, page = client_of(request), _page(request)
    others = [] if not client else who_is_here(pk, person, client=client, page=page)
    here = [(each.name, _place(each.page)) for each in others]
    response = render(request, "proposals/builder/_presence.html", {"here": here})
    seen = number_of(request.GET.get("version", ""))
    if proposal.version > seen and proposal.edits.since(seen).exclude(client=client).exists():
        response["HX-Trigger"] = json.dumps({"builder:newer": {"version": proposal.version}})
    return response


def _place(page: str) -> str:
    """A page of the builder in words."""
    return str(STEPS.get(page.partition("/")[0], _("the draft")))


def _page(request: HttpRequest) -> str:
    asked = request.POST if request.method == "POST" else request.GET
    page = asked.get("page", FIRST_STEP)
    if page.partition("/")[0] not in PAGES:
        raise Http404
    return page
