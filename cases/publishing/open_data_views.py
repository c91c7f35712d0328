"""The library as files, what they hold, and how to cite them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from accounts.mail import link
from accounts.pages import in_the_library
from cases.models import Case, CaseVersion, Edition
from cases.publishing import open_data
from cases.publishing.open_data import Publication, documents
from cases.schema import CaseFile
from guidelines.field import page_of


class File(NamedTuple):
    """A form in which the library can be taken along."""

    name: str
    title: Promise
    content_type: str
    written: Callable[[Publication, Iterable[open_data.Document]], Iterator[str]]


FILES: Final = {
    "json": File("cbm-library.json", _("JSON: every case as a whole"), "application/json", open_data.as_json),
    "csv": File(
        "cbm-library.csv",
        _("CSV: a row for each measure, for a spreadsheet"),
        "text/csv; charset=utf-8",
        open_data.as_csv_of_measures,
    ),
    "jsonld": File(
        "cbm-library.jsonld",
        _("JSON-LD: the library in the words of schema.org"),
        "application/ld+json",
        open_data.as_json_ld,
    ),
}


def publication(request: HttpRequest) -> Publication:
    """What the files say around the cases. 404 while the library was never loaded."""
    edition = get_object_or_404(Edition)

    def address_of(slug: str) -> str:
        return link(reverse("cases:case", args=[slug]), request)

    def terms_at(kind: str) -> str:
        return link(reverse(f"guidelines:{page_of(kind)}"), request)

    return Publication(link(reverse("cases:list"), request), edition.changed_at, address_of, terms_at)


def _edition(request: HttpRequest, **_: Any) -> str | None:
    stamp = Edition.objects.values_list("stamp", flat=True).first()
    return f'"{stamp}"' if stamp else None


unless_known = condition(etag_func=_edition)
"""Who has the edition that is loaded is told so instead of being sent it again."""
asking_again = cache_control(private=True, no_cache=True)


@in_the_library
@require_safe
def open_data_page(request: HttpRequest) -> HttpResponse:
    """What the files hold, under which licence, and how to cite the library."""
    context = {
        "files": [(f"cases:library_{kind}", file) for kind, file in FILES.items()],
        "publication": publication(request),
        "licence": (open_data.LICENCE, open_data.LICENCE_ADDRESS),
        "columns": (open_data.OF_CASE, open_data.OF_MEASURE),
        "cases": Case.objects.count(),
    }
    return render(request, "cases/open_data.html", context)


@in_the_library
@require_safe
@asking_again
@unless_known
def library_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The library as a file."""
    file = FILES[kind]
    pieces = file.written(publication(request), documents())
    answer = StreamingHttpResponse(pieces, content_type=file.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


@in_the_library
@require_safe
@asking_again
@unless_known
def case_file(request: HttpRequest, slug: str) -> JsonResponse:
    """One case as JSON, with licence and citation."""
    version = get_object_or_404(CaseVersion.objects.published(), slug=slug)
    around = publication(request)
    body = {**around.head(), "case": open_data.with_address(version.document, around)}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


@in_the_library
@require_safe
def case_schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of a case."""
    return JsonResponse(
        CaseFile.model_json_schema(mode="serialization"),
        content_type="application/schema+json",
        json_dumps_params={"ensure_ascii": False},
    )
