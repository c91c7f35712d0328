"""Template tags of the builder."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from assessments.package.addresses import address
from assessments.pictures.ladder import Ladder, Rung
from proposals.building.controls import row_buttons

register = template.Library()


@register.simple_tag
def rung_buttons(rung: Rung, ladder: Ladder) -> SafeString:
    """The buttons that move a measure on the ladder."""
    at = address("measures", rung.measure.id)
    first, last = rung.number == 1, rung.number == len(ladder.rungs)
    return row_buttons(at, rung.measure.title, first=first, last=last, only_moves=True)
