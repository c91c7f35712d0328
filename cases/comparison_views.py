"""The page that shows cases side by side; all of its state is in the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.pages import in_the_library
from cases.comparison import MOST, compare
from cases.keeping.access import keeper_of
from cases.keeping.shelf import shelf_titles
from cases.searching.finding import cases_to_add


@in_the_library
@require_GET
def comparison_page(request: HttpRequest) -> HttpResponse:
    """Up to four cases side by side; ``words`` finds others to add."""
    comparison = compare(request.GET.getlist("case"))
    words = request.GET.get("words", "")
    named = {case.slug for case in comparison.found}
    keeper = keeper_of(request)
    shelf = shelf_titles(*keeper) if keeper else {}
    context = {
        "comparison": comparison,
        "columns": [(case, comparison.without(case)) for case in comparison.cases],
        "most": MOST,
        "words": words,
        "to_add": [(case.title, comparison.with_slug(case.slug)) for case in cases_to_add(words, named)],
        "from_shelf": [(title, comparison.with_slug(slug)) for slug, title in shelf.items() if slug not in named],
        "shelved": set(shelf),
        "can_keep": keeper is not None,
    }
    return render(request, "cases/compare.html", context)
