"""What templates ask of the editors."""

from __future__ import annotations

from typing import Any

from django import template

from cases.models import CaseVersion
from cases.rules import is_editor

register = template.Library()


@register.filter
def edits_the_library(person: Any) -> bool:
    """Whether a person is an editor; one query for the signed-in."""
    return bool(is_editor(person))


@register.simple_tag
def published_version(slug: str) -> CaseVersion | None:
    """What is published of a case, without its document."""
    return CaseVersion.objects.published().filter(slug=slug).defer("document").first()
