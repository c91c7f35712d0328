"""What templates ask of the editors."""

from __future__ import annotations

from django import template

from cases.models import CaseVersion

register = template.Library()


@register.simple_tag
def published_version(slug: str) -> CaseVersion | None:
    """What is published of a case, without its document."""
    return CaseVersion.objects.published().filter(slug=slug).defer("document").first()
