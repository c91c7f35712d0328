"""Comments on a proposal: the page of all, the section on the proposal's page, and what is done with one."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.pages import confidential, person_of
from proposals.models import Revision
from proposals.rules import may
from proposals.sharing import comments
from proposals.sharing.access import comment_for, newest_for
from proposals.sharing.forms import AnswerForm, CommentForm
from proposals.sharing.links import note_seen
from proposals.sharing.places import Places
from proposals.sharing.threads import threads_for


@require_http_methods(["GET", "POST"])
@confidential
def comments_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """All comments on a proposal, and a form for another; for htmx those that are open, without the page."""
    person = person_of(request)
    revision, places = newest_for(person, pk)
    form = CommentForm(
        request.POST if request.method == "POST" else None, places=places, at=request.GET.get("about", "")
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = comments.comment_on(revision, said["text"], by=person, address=said["about"])
        messages.success(request, _("Your comment is there."))
        return redirect(f"{reverse('proposals:comments', args=[pk])}#comment-{made.pk}")
    return _render(request, revision, places, form=form)


@require_POST
@confidential
def answer(request: HttpRequest, pk: uuid.UUID, comment_pk: int) -> HttpResponse:
    """Answers a comment."""
    person = person_of(request)
    comment = comment_for(person, pk, comment_pk)
    form = AnswerForm(request.POST, prefix=f"answer-{comment.parent_id or comment.pk}")
    if form.is_valid():
        said = comments.answer(comment, form.cleaned_data["text"], by=person)
        return redirect(f"{reverse('proposals:comments', args=[pk])}#comment-{said.pk}")
    revision, places = newest_for(person, pk)
    return _render(request, revision, places, answering=(comment.parent_id or comment.pk, form))


@require_POST
def settle(request: HttpRequest, pk: uuid.UUID, comment_pk: int) -> HttpResponse:
    """Marks a comment as settled, or as open again if the form says so."""
    person = person_of(request)
    comment = comment_for(person, pk, comment_pk)
    settled = "again" not in request.POST
    comments.settle(comment, by=person, settled=settled)
    messages.success(request, _("The comment is settled.") if settled else _("The comment is open again."))
    return redirect(f"{reverse('proposals:comments', args=[pk])}#comment-{comment.pk}")


@require_http_methods(["GET", "POST"])
@confidential
def remove(request: HttpRequest, pk: uuid.UUID, comment_pk: int) -> HttpResponse:
    """Asks whether to take a comment away, and does."""
    person = person_of(request)
    comment = comment_for(person, pk, comment_pk)
    comments.require_may_remove(person, comment)
    if request.method == "POST":
        comments.remove(comment, by=person)
        messages.success(request, _("The comment is gone."))
        return redirect("proposals:comments", pk)
    context = {"comment": comment, "proposal": comment.proposal, "workspace": comment.proposal.workspace}
    return render(request, "proposals/sharing/remove_comment.html", context)


def _render(
    request: HttpRequest,
    revision: Revision,
    places: Places,
    *,
    form: CommentForm | None = None,
    answering: tuple[int, AnswerForm] | None = None,
) -> HttpResponse:
    person, proposal = person_of(request), revision.proposal
    threads = threads_for(person, proposal, places)
    forms = {each.comment.pk: AnswerForm(prefix=f"answer-{each.comment.pk}") for each in threads}
    forms |= dict([answering] if answering else [])
    rows = [(each, forms[each.comment.pk]) for each in threads]
    context = {
        "proposal": proposal,
        "workspace": proposal.workspace,
        "open": [row for row in rows if row[0].comment.resolved_at is None],
        "settled": [row for row in rows if row[0].comment.resolved_at is not None],
        "form": form or CommentForm(places=places),
        "answering": answering[0] if answering else None,
    }
    fragment = request.htmx and request.method == "GET"  # type: ignore[attr-defined]
    template = "proposals/sharing/_section.html" if fragment else "proposals/sharing/comments.html"
    wrong = request.method == "POST"
    if not fragment and may(person, "share", proposal):
        note_seen(proposal, by=person)
    response = render(request, template, context, status=422 if wrong else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response
