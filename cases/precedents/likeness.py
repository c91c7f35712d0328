"""How like a measure of the library is to one of a draft, from 0 to 1. No database.

Three things are compared: tags, words, and the conflict around. What the draft does not say is left out on both sides, so
that it neither helps nor harms. Rare tags and words count for more, as they say more: by the logarithm of how few have them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from math import fsum, log, sqrt
from typing import Final

from cases.precedents.drafted import DraftContext, DraftMeasure, Evenness
from guidelines.taxonomy import LABELS

Tag = tuple[str, str]
"""A facet and one of its values."""
TAGS_COUNT: Final = 0.55
WORDS_COUNT: Final = 0.25
CONFLICT_COUNTS: Final = 0.20


def rarity(having: int, of: int) -> float:
    """What it says that something is among ``having`` of ``of``: 1 if all have it, more the fewer do."""
    return 1 + log((of + 1) / (having + 1))


def tags_of(tags: Mapping[str, Collection[str]]) -> set[Tag]:
    return {(facet, value) for facet, values in tags.items() for value in values}


def likeness_of_tags(own: set[Tag], theirs: set[Tag], weights: Mapping[Tag, float]) -> float:
    """Shared tags over all tags, by weight (Jaccard), within the facets that ``own`` speaks of."""
    spoken = {facet for facet, _value in own}
    theirs = {tag for tag in theirs if tag[0] in spoken}
    return _sum(own & theirs, weights) / _sum(own | theirs, weights) if own else 0.0


def _sum(tags: set[Tag], weights: Mapping[Tag, float]) -> float:
    return fsum(weights[tag] for tag in tags)


def likeness_of_words(own: Collection[str], theirs: Collection[str], weight: Callable[[str], float]) -> float:
    """The cosine of the angle between two texts, each a set of word stems."""

    def length(words: Collection[str]) -> float:
        return sqrt(fsum(weight(word) ** 2 for word in words))

    shared = set(own) & set(theirs)
    return fsum(weight(word) ** 2 for word in shared) / (length(own) * length(theirs)) if shared else 0.0


def likeness_of_conflicts(own: DraftContext, between: Collection[str], conflict: str, power: Evenness) -> float | None:
    """The part of what is known of the own conflict that holds for the other; none if nothing is known."""
    known = []
    if own.between:
        both = own.between | set(between)
        known.append(len(own.between & set(between)) / len(both))
    if own.conflict in LABELS["conflict_type"]:
        known.append(float(own.conflict == conflict))
    if own.power and power:
        known.append(float(own.power == power))
    return sum(known) / len(known) if known else None


def likeness(draft: DraftMeasure, *, tags: float, words: float, conflict: float | None) -> float:
    """The three together, each by its weight, leaving out what the draft does not speak of."""
    parts = [
        (TAGS_COUNT, tags if any(draft.tags.values()) else None),
        (WORDS_COUNT, words if draft.text else None),
        (CONFLICT_COUNTS, conflict),
    ]
    known = [(weight, part) for weight, part in parts if part is not None]
    return sum(weight * part for weight, part in known) / sum(weight for weight, _part in known) if known else 0.0
