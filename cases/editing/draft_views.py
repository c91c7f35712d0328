"""The form of a case: a new one, or the draft of one that is there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from cases.editing import drafts
from cases.editing.access import editor_of, standing_for
from cases.editing.differences import differences
from cases.editing.documents import Document, read, without_blanks
from cases.editing.forms import CaseForm, rearranged, typed
from cases.editing.problems import problems_of
from cases.models import CaseVersion, Correction

LONGEST_SLUG = 100


@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """An empty form; the first save makes the draft, under an address from its title."""
    person = editor_of(request)
    if request.method == "GET":
        start = rearranged(rearranged(read(_nothing, {}), "parties:add")[0], "parties:add")[0]
        for group in ("measures", "lessons", "sources"):
            start, _opened = rearranged(start, f"{group}:add")
        return _page(request, CaseForm(start), None)
    document, deed = typed(request.POST), request.POST.get("do", "")
    if ":" in deed:
        return _page(request, CaseForm(*_moved(document, deed)), None)
    document = without_blanks(document)
    document["slug"] = _slug(document)
    if not document["slug"]:
        return _refused(request, document, None, _("Give the case a title first; the draft is found by it."))
    try:
        draft = drafts.begin(document, by=person)
    except drafts.SlugError:
        return _refused(request, document, None, _taken(document["slug"]))
    return _saved(request, draft)


@require_http_methods(["GET", "POST"])
def edit_case(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a case's draft, or of what is published; saving begins a draft then."""
    person, now = standing_for(request, slug)
    if request.method == "GET":
        typed_wrongly = [each for each in problems_of(now.document) if not each.is_lacking]
        return _page(request, CaseForm(now.document, typed_wrongly), now)
    document, deed = typed(request.POST), request.POST.get("do", "")
    if ":" in deed:
        return _page(request, CaseForm(*_moved(document, deed)), now, seen=request.POST.get("seen", ""))
    return _save(request, now, without_blanks(document), person)


def _save(request: HttpRequest, now: CaseVersion, document: Document, person: User) -> HttpResponse:
    document["slug"] = _slug(document) or now.slug
    try:
        draft = drafts.save(now.slug, document, by=person, seen=request.POST.get("seen", ""))
    except drafts.StaleError as error:
        return _stale(request, document, error.now)
    except drafts.SlugError:
        return _refused(request, document, now, _taken(document["slug"]))
    return _saved(request, draft)


def _saved(request: HttpRequest, draft: CaseVersion) -> HttpResponse:
    """Back to the form; or on to what changes, if nothing is lacking and that was asked for."""
    if draft.state == CaseVersion.State.PUBLISHED:
        messages.info(request, _("Nothing was changed, so there is no draft yet."))
        return redirect("cases:edit", draft.slug)
    if request.POST.get("do") == "review":
        problems = problems_of(draft.document)
        if problems:
            return _page(request, CaseForm(draft.document, problems), draft, status=422)
        return redirect("cases:changes", draft.slug)
    messages.success(request, _("The draft is saved. Only editors see it."))
    return redirect("cases:edit", draft.slug)


def _stale(request: HttpRequest, document: Document, now: CaseVersion | None) -> HttpResponse:
    """Somebody else saved since: both are shown, and what was typed stays in the form."""
    theirs = differences(document, now.document) if now is not None else []
    return _page(request, CaseForm(document), now, status=409, theirs=theirs, is_stale=True)


def _refused(request: HttpRequest, document: Document, now: CaseVersion | None, why: str) -> HttpResponse:
    return _page(request, CaseForm(document), now, status=422, refusal=why, seen=request.POST.get("seen", ""))


def _page(
    request: HttpRequest, form: CaseForm, now: CaseVersion | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    suggestions = Correction.objects.open().filter(slug=now.slug).select_related("person") if now else []
    context = {"form": form, "now": now, "seen": drafts.stamp(now), "suggestions": suggestions, **more}
    context["lacking"] = problems_of(form.document) if now is not None and not form.problems else []
    return render(request, "cases/edit/case_form.html", context, status=status)


def _moved(document: Document, deed: str) -> tuple[Document, tuple[()], str]:
    changed, opened = rearranged(document, deed)
    return changed, (), opened


def _slug(document: Document) -> str:
    return slugify(str(document.get("slug") or document.get("title") or ""))[:LONGEST_SLUG].strip("-").replace("_", "-")


def _taken(slug: str) -> str:
    return _("The address “%(slug)s” is taken. Choose another one, with the year perhaps.") % {"slug": slug}


def _nothing(_prefix: str, field: Any) -> Any:
    return [] if field.kind == "choices" else ""
