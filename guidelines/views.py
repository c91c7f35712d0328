"""Pages of the guidelines: the index, and one for each guideline and challenge."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guidelines.catalogue import topics


@require_GET
def topic_list(request: HttpRequest) -> HttpResponse:
    """The ten guidelines and the five challenges."""
    all_of_them = topics().values()
    context = {
        "guidelines": [topic for topic in all_of_them if topic.is_guideline],
        "challenges": [topic for topic in all_of_them if not topic.is_guideline],
    }
    return render(request, "guidelines/list.html", context)


@require_GET
def topic_page(request: HttpRequest, topic_id: str) -> HttpResponse:
    """One guideline or challenge. 404 if there is none with this id."""
    topic = topics().get(topic_id)
    if topic is None:
        raise Http404
    ids = list(topics())
    place = ids.index(topic_id)
    context = {
        "topic": topic,
        "before": topics()[ids[place - 1]] if place else None,
        "after": topics()[ids[place + 1]] if place + 1 < len(ids) else None,
    }
    return render(request, "guidelines/guideline.html", context)
