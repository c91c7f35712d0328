"""The pages of the shelf. Each button works as a plain form, and gives htmx what changes."""

from __future__ import annotations

from typing import Any, get_args

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.pages import confidential, next_page, person_of
from cases.comparison import MOST as MOST_COMPARED
from cases.keeping import shelf
from cases.keeping.access import keeper, shelved_case_for
from cases.keeping.forms import NoteForm
from cases.models import Case, ShelvedCase
from cases.templatetags.keeping import button_html


@require_GET
@confidential
def shelf_page(request: HttpRequest) -> HttpResponse:
    """The cases that the person has put aside; ``off`` names one just taken off, which can be put back."""
    person = person_of(request)
    return render(request, "cases/shelf.html", _shelf(person, off=request.GET.get("off", "")))


def _shelf(person: User, *, off: str = "") -> dict[str, Any]:
    own = keeper(person)
    taken_off = ShelvedCase.objects.of(*own).filter(slug=off[:100]).exclude(taken_off_at=None).first() if off else None
    return {"shelf": shelf.shelf_of(*own), "taken_off": taken_off, "most": MOST_COMPARED}


@require_POST
def put_on_shelf(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts a case on the shelf."""
    person, workspace = keeper(person_of(request))
    case = get_object_or_404(Case.objects.defer("search"), slug=slug)
    try:
        shelf.put_on_shelf(case, by=person, workspace=workspace)
    except shelf.ShelfFullError:
        return _full(request, case.slug, case.title)
    return _button(request, case.slug, case.title, on_shelf=True)


@require_POST
def take_off_shelf(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes a case off the shelf; from the shelf itself it can be put back at once."""
    person = person_of(request)
    shelved = shelved_case_for(person, slug)
    shelf.take_off_shelf(shelved, by=person)
    if "from_shelf" not in request.POST:
        return _button(request, slug, shelved.title, on_shelf=False)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "cases/_shelf.html", _shelf(person, off=slug))
    return redirect(f"{reverse('cases:shelf')}?off={slug}")


@require_POST
def put_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts back what was taken off, with its note, where it stood."""
    person = person_of(request)
    shelved = shelved_case_for(person, slug)
    try:
        shelf.put_back(shelved, by=person)
    except shelf.ShelfFullError:
        messages.error(request, _full_words())
        return redirect("cases:shelf")
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "cases/_shelf.html", _shelf(person))
    return redirect(f"{reverse('cases:shelf')}#shelved-{slug}")


@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """Moves a case on the shelf."""
    person = person_of(request)
    shelved = shelved_case_for(person, slug)
    step = request.POST.get("step", "")
    if step not in get_args(shelf.Step):
        return HttpResponseBadRequest(_("Say whether up or down."))
    shelf.move(shelved, step, by=person)  # type: ignore[arg-type]
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "cases/_shelf.html", _shelf(person))
    return redirect(f"{reverse('cases:shelf')}#shelved-{slug}")


@require_POST
@confidential
def write_note(request: HttpRequest, slug: str) -> HttpResponse:
    """Saves a note. If it was changed in another window meanwhile, both texts are shown and nothing is overwritten."""
    person = person_of(request)
    shelved = shelved_case_for(person, slug)
    form = NoteForm(request.POST)
    context: dict[str, Any] = {"shelved": shelved, "form": form}
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            context["shelved"] = shelf.write_note(shelved, note, read=form.cleaned_data["read"], by=person)
            context["saved"] = True
        except shelf.NoteChangedError as changed:
            context.update(shelved=changed.shelved, conflict=True)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "cases/_note_state.html", context)
    if context.get("saved"):
        messages.success(request, _("The note is saved."))
        return redirect(f"{reverse('cases:shelf')}#shelved-{slug}")
    return render(request, "cases/note.html", context, status=409 if context.get("conflict") else 422)


def _button(request: HttpRequest, slug: str, title: str, *, on_shelf: bool, wrong: str = "") -> HttpResponse:
    """What a page that offers the button gets back."""
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(next_page(request, otherwise="cases:shelf"))
    back_to = request.POST.get("next", "")
    return HttpResponse(
        button_html(slug, title, on_shelf=on_shelf, token=get_token(request), back_to=back_to, wrong=wrong)
    )


def _full(request: HttpRequest, slug: str, title: str) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        messages.error(request, _full_words())
    return _button(request, slug, title, on_shelf=False, wrong=_full_words())


def _full_words() -> str:
    return _("The shelf holds %(most)d cases and is full. Take one off first.") % {"most": shelf.MOST}
