"""Cases that show what a guideline or challenge means, well and badly."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.pages import in_the_library
from cases.models import Lesson
from guidelines.catalogue import topics


class Illustrations(NamedTuple):
    """The lessons of the library on a topic, by the title of their case."""

    well: list[Lesson]
    badly: list[Lesson]


def illustrations_of(topic_id: str) -> Illustrations:
    """What the library has on a guideline or challenge, by id (G4); one query."""
    lessons = list(Lesson.objects.filter(topic=topic_id).select_related("case").order_by("case__title", "position"))
    return Illustrations(
        [each for each in lessons if each.is_strength], [each for each in lessons if not each.is_strength]
    )


@in_the_library
@require_GET
def illustrating(request: HttpRequest, topic_id: str) -> HttpResponse:
    """The cases on a guideline or challenge; as a fragment for the guideline's page. 404 if there is no such topic."""
    topic = topics().get(topic_id)
    if topic is None:
        raise Http404
    template = "cases/_illustrating.html" if request.htmx else "cases/illustrating.html"  # type: ignore[attr-defined]
    return render(request, template, {"topic": topic, "illustrations": illustrations_of(topic_id)})
