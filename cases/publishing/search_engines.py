"""What search engines may read, and where it is: nothing, unless the library is open to all."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.mail import link
from cases.models import Case
from guidelines.catalogue import topics
from guidelines.field import PAGES

CLOSED: Final = "User-agent: *\nDisallow: /\n"
OPEN: Final = """User-agent: *
Disallow: {cases}?
Allow: {cases}
Allow: {guidelines}
Allow: /static/
Disallow: /

Sitemap: {sitemap}
"""


class _Ours(Sitemap):  # type: ignore[type-arg]
    """Pages below CBM_ADDRESS; without it, where they were asked for."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.ADDRESS).scheme or super().get_protocol(protocol)

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.ADDRESS).netloc or super().get_domain(site)


class CasePages(_Ours):
    """Every case."""

    def items(self) -> Any:
        return Case.objects.only("slug").order_by("slug")


class FieldPages(_Ours):
    """The library's own pages, and the guidelines."""

    def items(self) -> list[tuple[str, list[str]]]:
        alone = ("cases:list", "cases:open_data", "guidelines:list", "guidelines:glossary")
        return [
            *((name, []) for name in (*alone, *(f"guidelines:{name}" for name in PAGES))),
            *(("guidelines:guideline", [topic_id]) for topic_id in topics()),
        ]

    def location(self, item: tuple[str, list[str]]) -> str:
        return reverse(item[0], args=item[1])


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Where what may be read is. 404 unless the library is open."""
    if not settings.OPEN_LIBRARY:
        raise Http404
    return sitemap(request, {"pages": FieldPages, "cases": CasePages}, template_name="cases/sitemap.xml")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What may be read; searches may not, for they have no end."""
    text = CLOSED
    if settings.OPEN_LIBRARY:
        text = OPEN.format(
            cases=reverse("cases:list"),
            guidelines=reverse("guidelines:list"),
            sitemap=link(reverse("site_map"), request),
        )
    return HttpResponse(text, content_type="text/plain")
