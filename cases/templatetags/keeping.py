"""Beside each case of a list: the box to compare it and the button of the shelf. Built here, for a list has many."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from html import escape
from typing import Final, NamedTuple

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.urls import reverse
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


class Buttons(NamedTuple):
    """What the buttons of one page have in common. ``shelved`` is none for those who can keep nothing."""

    shelved: Set[str] | None
    token: str
    page: str

    def html(self, slug: str, title: str, anchor: str = "") -> str:
        """The button for a case; without JavaScript it leads back to ``anchor``. Empty for those who can keep nothing."""
        if self.shelved is None:
            return ""
        return button_html(slug, title, on_shelf=slug in self.shelved, token=self.token, back_to=f"{self.page}{anchor}")


def shelf_buttons(context: Context) -> Buttons:
    """What the buttons of a page have in common."""
    if not context["can_keep"]:
        return Buttons(None, "", "")
    request = context["request"]
    return Buttons(context["shelved"], str(context.get("csrf_token") or get_token(request)), request.get_full_path())


def entry_tools(buttons: Buttons, slug: str, title: str) -> str:
    """What can be done with a case of the list."""
    said = escape(title)
    box = CHOOSE.format(escape(slug), said, escape(_("Compare")), said)
    return f'<div class="keep-tools">{box} {buttons.html(slug, title, f"#case-{slug}")}</div>'


@register.simple_tag(takes_context=True)
def shelf_button(context: Context, slug: str, title: str) -> SafeString:
    """The button for a case, for those who can keep something."""
    return SafeString(shelf_buttons(context).html(slug, title))


def button_html(slug: str, title: str, *, on_shelf: bool, token: str, back_to: str, wrong: str = "") -> SafeString:
    """The button that puts a case on the shelf or takes it off; ``wrong`` says why it could not."""
    said = {
        "slug": slug,
        "title": title,
        "address": _address("cases:take_off_shelf" if on_shelf else "cases:put_on_shelf", slug),
        "token": token,
        "next": back_to,
        "verb": _("Take off") if on_shelf else _("Put on the shelf"),
    }
    state = STATE.format(_address("cases:shelf"), escape(_("On your shelf"))) if on_shelf else ""
    return SafeString(
        BUTTON.format(
            **{name: escape(text) for name, text in said.items()},
            state=state,
            wrong=WRONG.format(escape(wrong)) if wrong else "",
        )
    )


@lru_cache(maxsize=4096)
def _address(name: str, *slug: str) -> str:
    return reverse(name, args=slug)
