"""Links into the language of the field."""

from __future__ import annotations

from django import template
from django.urls import reverse

from guidelines.field import anchor, page_of
from guidelines.taxonomy import label

register = template.Library()


@register.simple_tag
def page_address(page: str) -> str:
    """The address of what a term's ``page`` names: a topic (G4) or a page, perhaps with an anchor."""
    name, _, fragment = page.partition("#")
    address = reverse("guidelines:guideline", args=[name]) if name[1:].isdigit() else reverse(f"guidelines:{name}")
    return f"{address}#{fragment}" if fragment else address


@register.inclusion_tag("guidelines/_tag.html")
def field_tag(kind: str, code: str) -> dict[str, str]:
    """A code of the taxonomy as a tag that leads to where it is described."""
    return {"kind": kind, "code": code, "label": label(kind, code), "page": f"{page_of(kind)}#{anchor(kind, code)}"}
