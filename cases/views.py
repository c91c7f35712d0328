"""Pages of the case library: the list with its filters, and a case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from accounts.pages import in_the_library
from cases.keeping.access import keeper_of
from cases.keeping.shelf import slugs_on_shelf
from cases.models import Case
from cases.page import page_of
from cases.related import related_to
from cases.searching.listing import tabs, view_of
from cases.searching.results import Results, library
from cases.searching.selection import read_selection


@in_the_library
@gzip_page
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases that fit the address: a page, or for htmx what changes of it."""
    edition, bitmaps = library()
    selection = read_selection(request.GET, bitmaps.values("region"))
    results = Results(selection, edition, bitmaps)
    context = {
        "selection": selection,
        "results": results,
        "facets": results.counted(),
        "tabs": tabs(results),
        "correction": "",
        **_kept(request),
        **view_of(results),
    }
    if context.get("meant"):
        context["correction"] = replace(selection, words=context["meant"], page=1).query()
    htmx = request.htmx  # type: ignore[attr-defined]
    fragment = htmx and not htmx.history_restore_request
    response = render(request, "cases/_changed.html" if fragment else "cases/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@in_the_library
@gzip_page
@require_GET
def case_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A case: facts, measures, what worked and what did not, lessons, sources."""
    case = get_object_or_404(Case.objects.prefetch_related("measures", "lessons"), slug=slug)
    context = page_of(case, case.measures.all(), case.lessons.all(), request)
    context |= {"related": related_to(case), **_kept(request)}
    return render(request, "cases/case.html", context)


def _kept(request: HttpRequest) -> dict[str, Any]:
    """Whether the person can keep anything, and what stands on their shelf; one query for those who can."""
    keeper = keeper_of(request)
    return {"can_keep": keeper is not None, "shelved": slugs_on_shelf(*keeper) if keeper else set()}
