"""Versions of a case: what a draft changes, publishing it, how one looks, the history, going back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from pydantic import ValidationError

from cases.domain import unsaved
from cases.editing import drafts
from cases.editing.access import editor_of, standing_for, version_for
from cases.editing.differences import Difference, differences
from cases.editing.forms import PublishForm, WithdrawForm
from cases.editing.problems import problems_of
from cases.models import CaseVersion
from cases.page import page_of
from cases.schema import CaseFile

State = CaseVersion.State


@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What the draft changes of what is published; from here it is published."""
    person, draft = standing_for(request, slug)
    if draft.state != State.DRAFT:
        messages.info(request, _("There is no draft of this case."))
        return redirect("cases:history", slug)
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"seen": drafts.stamp(draft)})
    if form.is_valid():
        try:
            drafts.publish(slug, by=person, **form.cleaned_data)
        except drafts.StaleError:
            form.add_error(
                None, _("Somebody saved this draft since you opened the page. Look at it again as it is now.")
            )
            form.data = {**form.cleaned_data, "seen": drafts.stamp(draft)}
        except drafts.UnchangedError:
            form.add_error(None, _("The draft says what is published already."))
        except drafts.SlugError:
            form.add_error(None, _("Another page has this address. Change the address of the case."))
        except ValidationError:
            form.add_error(None, _("The draft is not complete yet."))
        else:
            messages.success(request, _("Published. The library shows it from now on."))
            return redirect("cases:case", slug)
    return render(request, "cases/edit/changes.html", _changes(draft, form), status=422 if form.is_bound else 200)


def _changes(draft: CaseVersion, form: PublishForm) -> dict[str, Any]:
    published = CaseVersion.objects.of(draft.slug).published().first()
    return {
        "draft": draft,
        "published": published,
        "differences": differences(published.document if published else {}, draft.document),
        "problems": problems_of(draft.document),
        "form": form,
    }


@require_GET
def version_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as the case's page would show it; of one that is not complete, what is lacking."""
    _person, version = version_for(request, slug, number)
    problems = problems_of(version.document)
    if problems:
        return render(request, "cases/edit/version_lacking.html", {"version": version, "problems": problems})
    case, measures, lessons = unsaved(CaseFile.model_validate(version.document))
    context = {"version": version, **page_of(case, measures, lessons, request)}
    return render(request, "cases/edit/version.html", context)


@require_GET
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of a case, the newest first, and what differs between two of them."""
    editor_of(request)
    versions = list(
        CaseVersion.objects.of(slug).select_related("made_by", "saved_by", "published_by").defer("document")
    )
    if not versions:
        get_object_or_404(CaseVersion, slug=slug)
    before, after = _chosen(request, "before", versions), _chosen(request, "after", versions)
    compared: list[Difference] | None = None
    if before is not None and after is not None:
        compared = differences(before.document, after.document)
    states = {version.state for version in versions}
    context = {
        "slug": slug,
        "title": versions[0].title,
        "versions": versions,
        "before": before,
        "after": after,
        "differences": compared,
        "has_draft": State.DRAFT in states,
        "is_published": State.PUBLISHED in states,
    }
    return render(request, "cases/edit/history.html", context)


def _chosen(request: HttpRequest, name: str, versions: list[CaseVersion]) -> CaseVersion | None:
    asked = request.GET.get(name, "")
    return next((version for version in versions if str(version.number) == asked), None)


@require_POST
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A draft with what an older version says, or what a release brought."""
    person, version = version_for(request, slug, number)
    try:
        drafts.restore(version, by=person)
    except drafts.StaleError:
        messages.error(request, _("There is a draft already. Publish it or set it aside first; nothing was changed."))
        return redirect("cases:history", slug)
    messages.success(request, _("This is now a draft. Look at what it changes, then publish it."))
    return redirect("cases:changes", slug)


@require_POST
def set_aside(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Puts a draft away, or what a release brought."""
    person, version = version_for(request, slug, number)
    try:
        drafts.set_aside(version, by=person)
        messages.success(request, _("Version %(number)s is set aside. The history keeps it.") % {"number": number})
    except drafts.StaleError:
        messages.error(request, _("It was published since, so it cannot be set aside."))
        return redirect("cases:history", slug)
    return redirect("cases:desk")


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks why, then takes a case out of the library."""
    person = editor_of(request)
    published = get_object_or_404(CaseVersion.objects.published(), slug=slug)
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial={"seen": drafts.stamp(published)})
    if form.is_valid():
        try:
            drafts.withdraw(slug, by=person, **form.cleaned_data)
        except drafts.StaleError:
            messages.error(request, _("The case was changed since you opened the page. Look at it again."))
            return redirect("cases:history", slug)
        messages.success(request, _("The case is no longer in the library. Its history is kept."))
        return redirect("cases:desk")
    context = {"form": form, "published": published}
    return render(request, "cases/edit/withdraw.html", context, status=422 if form.is_bound else 200)
