"""Finding a case by a few words, to put it beside others."""

from __future__ import annotations

from collections.abc import Collection

from cases.models import Case

SHOWN = 8
LONGEST = 200


def cases_to_add(words: str, but: Collection[str] = ()) -> list[Case]:
    """The nearest cases with these words, without those named; one query, none without words."""
    asked = " ".join(words.replace("\x00", " ").split())[:LONGEST]
    if not asked:
        return []
    return list(Case.objects.by_relevance(asked).exclude(slug__in=but).defer("search")[:SHOWN])
