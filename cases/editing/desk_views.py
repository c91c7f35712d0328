"""The editors' desk, and who the editors are."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from cases.editing import editors
from cases.editing.access import editor_of, editor_row_for
from cases.editing.forms import AppointForm
from cases.models import CaseVersion, Correction, Editor

SHOWN: Final = 10
MOST_CORRECTIONS: Final = 50


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the editors: drafts, what a release brought, suggestions; what was published last, what is gone."""
    editor_of(request)
    versions = CaseVersion.objects.select_related("saved_by", "published_by")
    waiting = Correction.objects.open().select_related("person").order_by("created_at")
    alive = CaseVersion.objects.filter(slug=OuterRef("slug"), state__in=["draft", "offered", "published"])
    gone = versions.filter(~Exists(alive), pk__in=_newest_of_each()).order_by("-created_at")
    context = {
        "gone": gone[:SHOWN],
        "drafts": versions.drafts().order_by("-saved_at"),
        "offered": versions.offered().order_by("slug"),
        "corrections": waiting[:MOST_CORRECTIONS],
        "published": versions.published().exclude(published_by=None).order_by("-published_at")[:SHOWN],
    }
    return render(request, "cases/edit/desk.html", context)


def _newest_of_each() -> QuerySet[CaseVersion, int]:
    return CaseVersion.objects.order_by("slug", "-number").distinct("slug").values_list("pk", flat=True)


@require_http_methods(["GET", "POST"])
def editor_list(request: HttpRequest) -> HttpResponse:
    """Who edits the library; editors appoint others here."""
    person = editor_of(request)
    form = AppointForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        other = User.objects.filter(email__iexact=form.cleaned_data["email"], is_active=True).first()
        if other is not None:
            editors.appoint(other, by=person)
            messages.success(request, _("%(person)s edits the library now.") % {"person": other})
            return redirect("cases:editors")
        form.add_error("email", _("Nobody here has this address. They need an account first, by an invitation."))
    context = {"form": form, "editors": Editor.objects.select_related("person", "appointed_by").order_by("at", "pk")}
    return render(request, "cases/edit/editors.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def release_editor(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then releases an editor; whoever is the last one is told what that means."""
    person, editor = editor_row_for(request, pk)
    is_last = not Editor.objects.exclude(pk=pk).exists()
    if request.method == "POST":
        try:
            editors.release(editor, by=person, even_the_last="even_the_last" in request.POST)
        except editors.LastEditorError:
            is_last = True
        else:
            messages.success(request, _("%(person)s no longer edits the library.") % {"person": editor.person})
            return redirect("cases:list" if editor.person_id == person.pk else "cases:editors")
    context = {"editor": editor, "is_last": is_last, "is_self": editor.person_id == person.pk}
    return render(request, "cases/edit/release_editor.html", context, status=422 if request.method == "POST" else 200)
