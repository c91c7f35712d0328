"""What the page of a case shows, of one in the library and of a version that is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from accounts.mail import link
from cases.maps.locator import locator_of
from cases.models import Case, CaseMeasure, Lesson
from cases.presentation import facts_of, parties_of, shown_lessons, shown_measures
from cases.timeline import timeline_of
from cases.years import years_of


def page_of(
    case: Case, measures: Iterable[CaseMeasure], lessons: Iterable[Lesson], request: HttpRequest
) -> dict[str, Any]:
    """The context of ``cases/case.html``, but for what depends on the person; no query."""
    return {
        "case": case,
        "years": years_of(case),
        "locator": locator_of(case),
        "facts": facts_of(case),
        "parties": parties_of(case),
        "measures": shown_measures(measures),
        "timeline": timeline_of(case, measures),
        "lessons": shown_lessons(lessons),
        "address": link(case.get_absolute_url(), request),
    }
