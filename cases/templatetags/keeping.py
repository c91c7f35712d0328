"""Beside each case of a list: the box to compare it and the button of the shelf. Built here, for a list has many."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

CHOOSE: Final = (
    '<label class="keep-choose"><input type="checkbox" form="compare-form" name="case" value="{}" data-title="{}"> {}'
    '<span class="sr-only">: {}</span></label>'
)
BUTTON: Final = (
    '<form class="shelf-button" id="shelf-button-{slug}" method="post" action="{address}" hx-post="{address}"'
    ' hx-swap="outerHTML"><input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
    '<input type="hidden" name="next" value="{next}">{state}<button type="submit" class="btn link" id="shelve-{slug}">{verb}'
    '<span class="sr-only">: {title}</span></button>{wrong}</form>'
)
STATE: Final = '<a class="on-shelf" href="{}"><span aria-hidden="true">✓</span> {}</a> '
WRONG: Final = '<p class="note error" role="alert">{}</p>'


@register.simple_tag(takes_context=True)
def entry_tools(context: Context, case: Any) -> SafeString:
    """What can be done with a case of the list; ``case`` has a slug and a title."""
    box = format_html(CHOOSE, case.slug, case.title, _("Compare"), case.title)
    return format_html(
        '<div class="keep-tools">{} {}</div>', box, shelf_button(context, case.slug, case.title, f"#case-{case.slug}")
    )


@register.simple_tag(takes_context=True)
def shelf_button(context: Context, slug: str, title: str, anchor: str = "") -> SafeString:
    """The button for a case, for those who can keep something; without JavaScript it leads back to ``anchor``."""
    if not context["can_keep"]:
        return SafeString()
    request = context["request"]
    return button_html(
        slug,
        title,
        on_shelf=slug in context["shelved"],
        token=str(context.get("csrf_token") or get_token(request)),
        back_to=request.get_full_path() + anchor,
    )


def button_html(slug: str, title: str, *, on_shelf: bool, token: str, back_to: str, wrong: str = "") -> SafeString:
    """The button that puts a case on the shelf or takes it off; ``wrong`` says why it could not."""
    return format_html(
        BUTTON,
        slug=slug,
        title=title,
        address=_address("cases:take_off_shelf" if on_shelf else "cases:put_on_shelf", slug),
        token=token,
        next=back_to,
        state=format_html(STATE, reverse("cases:shelf"), _("On your shelf")) if on_shelf else "",
        verb=_("Take off") if on_shelf else _("Put on the shelf"),
        wrong=format_html(WRONG, wrong) if wrong else "",
    )


@lru_cache(maxsize=4096)
def _address(name: str, slug: str) -> str:
    return reverse(name, args=[slug])
