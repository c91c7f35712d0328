"""Pages of the case library: the list with its filters, and a case."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from accounts.pages import in_the_library
from accounts.rules import drafts_somewhere
from cases.models import Case
from cases.page import page_of
from cases.reading import reading_of
from cases.related import related_to
from cases.searching.listing import tabs, view_of
from cases.searching.results import Results
from cases.searching.search import bitmaps_of
from cases.searching.selection import read_selection


@in_the_library
@gzip_page
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases that fit the address: a page, or for htmx what changes of it."""
    reading = reading_of(request)
    bitmaps = bitmaps_of(reading.edition)
    selection = read_selection(request.GET, bitmaps.values("region"))
    results = Results(selection, reading.edition, bitmaps)
    context = {
        "selection": selection,
        "results": results,
        "facets": results.counted(),
        "tabs": tabs(results),
        "correction": "",
        **reading._asdict(),
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
    context |= {
        "related": related_to(case),
        "may_draft": drafts_somewhere(request.user),
        **reading_of(request)._asdict(),
    }
    return render(request, "cases/case.html", context)
