"""The shelf as files to take along."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import audit
from accounts.pages import confidential, person_of
from cases.keeping.access import keeper
from cases.keeping.shelf import shelf_of
from cases.keeping.shelf_files import shelf_as_csv, shelf_as_json


@require_GET
@confidential
def shelf_file(request: HttpRequest, kind: Literal["csv", "json"]) -> HttpResponse:
    """What is on the shelf, as CSV or JSON."""
    person, workspace = keeper(person_of(request))
    shelf = shelf_of(person, workspace)
    audit.record("cases.shelf_exported", by=person, workspace=workspace, kind=kind.upper(), cases=len(shelf))
    headers = {"Content-Disposition": f'attachment; filename="shelf.{kind}"'}

    def address_of(slug: str) -> str:
        return request.build_absolute_uri(reverse("cases:case", args=[slug]))

    if kind == "json":
        whole = {"ensure_ascii": False, "indent": 2}
        return JsonResponse(shelf_as_json(shelf, address_of), json_dumps_params=whole, headers=headers)
    lines = "".join(shelf_as_csv(shelf, address_of))
    return HttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
