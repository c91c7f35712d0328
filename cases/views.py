"""Pages of the case library: the list with its filters, and a case."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cases.models import Case
from cases.presentation import facts_of, lessons_of, measures_of, parties_of
from cases.related import related_to
from guidelines.catalogue import topics
from guidelines.taxonomy import LABELS


def _topics() -> list[tuple[str, str]]:
    return [("", _("any")), *((topic.id, f"{topic.id} {topic.name}") for topic in topics().values())]  # type: ignore[list-item]


class LibraryFilter(forms.Form):
    """What to look for: words, a type of conflict, a guideline or challenge that is illustrated."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    conflict = forms.ChoiceField(
        label=_("Type of conflict"), required=False, choices=[("", _("any")), *LABELS["conflict_type"].items()]
    )
    lesson = forms.ChoiceField(label=_("Illustrates"), required=False, choices=_topics)


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases that fit the filter, by title."""
    form = LibraryFilter(request.GET)
    cases = Case.objects.all()
    if form.is_valid():
        wanted = form.cleaned_data
        if wanted["words"].strip():
            cases = cases.matching(wanted["words"])
        if wanted["conflict"]:
            cases = cases.filter(conflict_type=wanted["conflict"])
        if wanted["lesson"]:
            cases = cases.illustrating(wanted["lesson"])
    return render(request, "cases/list.html", {"form": form, "cases": list(cases)})


@require_GET
def case_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A case: facts, measures, what worked and what did not, lessons, sources."""
    case = get_object_or_404(Case.objects.prefetch_related("measures", "lessons"), slug=slug)
    context = {
        "case": case,
        "facts": facts_of(case),
        "parties": parties_of(case),
        "measures": measures_of(case),
        "lessons": lessons_of(case),
        "related": related_to(case),
        "address": request.build_absolute_uri(case.get_absolute_url()),
    }
    return render(request, "cases/case.html", context)
