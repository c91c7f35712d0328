"""The published schema of reports as JSON."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from reports.formats.notation import report_schema


@login_not_required
@require_GET
@cache_control(public=True, max_age=3600)
def report_schema_page(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of a report."""
    return JsonResponse(
        report_schema(), content_type="application/schema+json", json_dumps_params={"ensure_ascii": False}
    )
