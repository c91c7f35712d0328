"""What rows of the lists show, in words."""

from __future__ import annotations

import uuid
from functools import lru_cache
from typing import Final, NamedTuple

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.presentation.words import VERDICTS
from guidelines.taxonomy import LABELS
from proposals.listing.facets import band_of, band_word
from proposals.models import NOT_SCORED, Proposal

register = template.Library()


class Tag(NamedTuple):
    """A tag of a proposal: a sector has a colour."""

    label: str
    sector: str


@register.filter
def address(proposal: Proposal) -> str:
    """Of its page, below which its other pages stand; made without looking through all addresses for each row."""
    return _address().replace(str(_NOBODY), str(proposal.pk))


_NOBODY: Final = uuid.UUID(int=0)


@lru_cache(maxsize=1)
def _address() -> str:
    return reverse("proposals:proposal", args=[_NOBODY])


@register.filter
def phase_word(proposal: Proposal) -> str:
    """Its phase in words; empty if none is said."""
    return _(LABELS["phase"].get(proposal.phase, "")) if proposal.phase else ""


@register.filter
def tags(proposal: Proposal) -> tuple[Tag, ...]:
    """Its sectors, actor levels and purposes, each in the order of the taxonomy."""
    said = frozenset((*proposal.sectors, *proposal.actor_levels, *proposal.purposes))
    return _tags(get_language() or "", said)


@lru_cache(maxsize=1024)
def _tags(language: str, said: frozenset[str]) -> tuple[Tag, ...]:
    kinds = ("sector", "actor_level", "purpose")
    return tuple(
        Tag(_(label), code if kind == "sector" else "")
        for kind in kinds
        for code, label in LABELS[kind].items()
        if code in said
    )


@register.filter
def score_band(proposal: Proposal) -> SafeString:
    """Its score: points and a word in the colour of the band, with its mark."""
    word = band_word(proposal.score)
    points = "" if proposal.score == NOT_SCORED else f"{proposal.score} "
    return format_html(
        '<span class="band {}" data-mark="{}">{}{}</span>', band_of(proposal.score), word.mark, points, word.label
    )


@register.filter
def verdict_word(proposal: Proposal) -> str:
    """What the advice says of it; empty before it was scored."""
    return str(VERDICTS.get(proposal.verdict, ""))
