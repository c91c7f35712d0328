"""Pages of the assessments: the published schemas, and the questions of a guideline."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from accounts.pages import in_the_library
from assessments.engine.rubric import rubric
from assessments.package import json_schema
from assessments.presentation.words import EFFORTS
from assessments.scorecard_schema import scorecard_schema
from cases.titles import case_title
from guidelines.catalogue import topic

published = cache_control(public=True, max_age=3600)


@login_not_required
@require_GET
@published
def package_schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of the package format."""
    return _schema(json_schema())


@login_not_required
@require_GET
@published
def scorecard_schema_page(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of the scorecard."""
    return _schema(scorecard_schema())


def _schema(schema: dict[str, Any]) -> JsonResponse:
    return JsonResponse(schema, content_type="application/schema+json", json_dumps_params={"ensure_ascii": False})


@in_the_library
@require_GET
def checks_of(request: HttpRequest, topic_id: str) -> HttpResponse:
    """The questions that the advisor asks for a guideline or challenge; as a fragment for the guideline's page."""
    group = next((group for group in rubric().groups if group.id == topic_id), None)
    if group is None:
        raise Http404
    rows = [
        (check, EFFORTS[check.effort], [(slug, case_title(slug)) for slug in check.cases]) for check in group.checks
    ]
    template = "assessments/_checks.html" if request.htmx else "assessments/checks.html"  # type: ignore[attr-defined]
    return render(request, template, {"topic": topic(topic_id), "rows": rows})
