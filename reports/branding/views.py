"""The page of how reports look, for owners of the workspace, and the files that belong to it."""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import workspace_of
from accounts.models import User
from accounts.pages import confidential, person_of
from reports.branding import domain
from reports.branding.access import look_for, looks_of
from reports.branding.forms import LookForm
from reports.branding.sample import sample_page
from reports.formats.registry import CONTENT_TYPES
from reports.formats.word_ours import ours as our_word_template
from reports.look import Look
from reports.models import Branding
from reports.words import PAPERS

SHOWN: Final = 20
TRIED_FOR: Final = 300
"""Seconds that the page of a look that is being tried is kept."""


class Shown(NamedTuple):
    """A look in the history."""

    look: Branding
    paper: str


@require_http_methods(["GET", "POST"])
@confidential
def look_page(request: HttpRequest) -> HttpResponse:
    """How reports look, a sample page, and how they looked before."""
    person = person_of(request)
    before = _in_force(person)
    form = _form(request, before)
    if form.is_valid():
        try:
            after = domain.change_look(before.workspace, form.wish(), by=person, seen=form.cleaned_data["seen"])
        except domain.OvertakenError:
            form.show_newest(before.number)
            form.add_error(
                None,
                _(
                    "%(person)s saved another look meanwhile: it is the newest below. Save again to put yours in its place."
                )
                % {"person": before.made_by},
            )
        else:
            said = (
                _("Saved. New reports look like this.") if after.number != before.number else _("Nothing was changed.")
            )
            messages.success(request, said)
            return redirect("reports:look")
    if form.errors and request.FILES:
        form.add_error(None, _("Choose the files again: a browser does not keep them."))
    looks = [Shown(each, str(PAPERS.get(each.paper, each.paper))) for each in looks_of(person)[:SHOWN]]
    context = {"form": form, "in_force": before, "looks": looks}
    return render(request, "reports/branding/look.html", context, status=422 if form.is_bound else 200)


def _in_force(person: User) -> Branding:
    return looks_of(person).first() or domain.ours(workspace_of(person))


def _form(request: HttpRequest, before: Branding) -> LookForm:
    if request.method == "POST":
        return LookForm(request.POST, request.FILES, before=before)
    return LookForm(before=before)


@require_POST
@confidential
def try_look(request: HttpRequest) -> HttpResponse:
    """The sample page in the look of the form as it is filled in; nothing is saved."""
    person = person_of(request)
    before = _in_force(person)
    form = _form(request, before)
    if not form.is_valid():
        return render(request, "reports/branding/_sample.html", {"form": form, "address": _address_of(before)})
    wish = form.wish()
    logo = domain.file_of_look(before.logo) if wish.logo is None else wish.logo
    tried = Look(logo=logo, accent=wish.accent, header=wish.header, footer=wish.footer)
    key = secrets.token_urlsafe(16)
    page = sample_page(tried, workspace=str(before.workspace), language=_language(wish.language), paper=wish.paper)
    cache.set(_place(person, key), page, TRIED_FOR)
    address = reverse("reports:tried_look", args=[key])
    return render(request, "reports/branding/_sample.html", {"form": form, "address": address})


@require_GET
@confidential
def tried_look(request: HttpRequest, key: str) -> HttpResponse:
    """The sample page that somebody has just tried, for themselves alone."""
    person = person_of(request)
    workspace_of(person, to_manage=True)
    page = cache.get(_place(person, key))
    if page is None:
        raise Http404
    return HttpResponse(page, content_type="image/png")


@require_GET
@confidential
def sample(request: HttpRequest, number: int) -> HttpResponse:
    """The sample page in a look that was saved."""
    branding = look_for(person_of(request), number)
    page = sample_page(
        domain.look(branding),
        workspace=str(branding.workspace),
        language=_language(branding.language),
        paper=branding.paper,
    )
    return HttpResponse(page, content_type="image/png")


@require_GET
@confidential
def logo(request: HttpRequest, number: int) -> HttpResponse:
    """The logo of a look."""
    return HttpResponse(_file(look_for(person_of(request), number), "logo"), content_type="image/png")


@require_GET
@confidential
def template(request: HttpRequest, number: int) -> HttpResponse:
    """The Word template of a look."""
    person = person_of(request)
    branding = look_for(person, number)
    content = _file(branding, "template")
    domain.note_download(branding, by=person)
    return _word(content, f"template-{number}.docx")


@require_GET
@confidential
def our_template(request: HttpRequest) -> HttpResponse:
    """Our own Word template, in the colour and on the paper of the workspace, to begin with."""
    in_force = _in_force(person_of(request))
    return _word(our_word_template(in_force.accent, in_force.paper), "template.docx")


@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """A former look once more."""
    person = person_of(request)
    after = domain.restore_look(look_for(person, number), by=person)
    messages.success(request, _("New reports look like look %(number)s.") % {"number": after.number})
    return redirect("reports:look")


def _word(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPES["docx"])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _file(branding: Branding, name: str) -> bytes:
    content = domain.file_of_look(getattr(branding, name))
    if not content:
        raise Http404
    return content


def _address_of(branding: Branding) -> str:
    return reverse("reports:look_sample", args=[branding.number])


def _language(chosen: str) -> str:
    return chosen or get_language() or "en"


def _place(person: User, key: str) -> str:
    return f"look:{person.pk}:{key}"
