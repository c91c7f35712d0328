"""Pages of the guidelines: the index, one for each guideline and challenge, and the language of the field."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.pages import in_the_library
from guidelines.catalogue import topics
from guidelines.field import field_pages, glossary
from guidelines.practice import practices


@in_the_library
@require_GET
def topic_list(request: HttpRequest) -> HttpResponse:
    """The ten guidelines, the five challenges, and the pages on the language of the field."""
    all_of_them = topics().values()
    context = {
        "guidelines": [topic for topic in all_of_them if topic.is_guideline],
        "challenges": [topic for topic in all_of_them if not topic.is_guideline],
        "pages": [(f"guidelines:{name}", page) for name, page in field_pages().items()],
        "terms": len(glossary()),
    }
    return render(request, "guidelines/list.html", context)


@in_the_library
@require_GET
def topic_page(request: HttpRequest, topic_id: str) -> HttpResponse:
    """One guideline or challenge. 404 if there is none with this id."""
    topic = topics().get(topic_id)
    if topic is None:
        raise Http404
    context = {"topic": topic, "practice": practices()[topic_id], **_neighbours(topics(), topic_id)}
    return render(request, "guidelines/guideline.html", context)


@in_the_library
@require_GET
def field_page(request: HttpRequest, name: str) -> HttpResponse:
    """A page on the language of the field, such as that on the phases."""
    named = {each: (f"guidelines:{each}", page) for each, page in field_pages().items()}
    return render(request, "guidelines/field.html", {"page": field_pages()[name], **_neighbours(named, name)})


@in_the_library
@require_GET
def glossary_page(request: HttpRequest) -> HttpResponse:
    """The words of the field, by alphabet."""
    return render(request, "guidelines/glossary.html", {"terms": glossary()})


def _neighbours(pages: dict[str, Any], name: str) -> dict[str, Any]:
    names = list(pages)
    place = names.index(name)
    return {
        "before": pages[names[place - 1]] if place else None,
        "after": pages[names[place + 1]] if place + 1 < len(names) else None,
    }
