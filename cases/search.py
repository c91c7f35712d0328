"""Finding cases: by words in the database, by facets in what a process keeps of the library."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from cases.bitmaps import Bitmaps, Collector
from cases.folding import fold
from cases.models import Case, CaseMeasure, Edition, Lesson

BEGIN, END = "\x02", "\x03"
BEFORE, LENGTH = 80, 260
WORD: Final = re.compile(r"[^\W\d_]{4,}")


class Run(NamedTuple):
    """A piece of text, and whether it is one of the words looked for."""

    text: str
    is_marked: bool


def current_edition() -> UUID | None:
    """The stamp of the library as it is now; one query."""
    return Edition.objects.values_list("stamp", flat=True).first()


@lru_cache(maxsize=1)
def bitmaps_of(edition: UUID | None) -> Bitmaps:
    """The library for counting; three queries, once per process and edition."""
    gathered = Collector()
    cases = Case.objects.order_by("title", "pk")
    for pk, begins, ends, conflict, region, sides in cases.values_list(
        "pk", "begins", "ends", "conflict_type", "region", "between"
    ).iterator():
        gathered.case(pk, begins, ends)
        gathered.put("case", pk, {"conflict": [conflict], "region": [region], "parties": sides})
    fields = (
        "sectors",
        "actor_levels",
        "tracks",
        "phases",
        "purposes",
        "binding",
        "reciprocity",
        "verification",
        "result",
    )
    names = ("sector", "level", "track", "phase", "purpose", "binding", "reciprocity", "verification", "result")
    measures = CaseMeasure.objects.order_by("case", "position")
    for pk, *lists in measures.values_list("case", *fields).iterator():
        values = ([each] if isinstance(each, str) else each for each in lists)
        gathered.put("measure", pk, dict(zip(names, values, strict=True)))
    for pk, topic, well in Lesson.objects.order_by("case", "position").values_list("case", "topic", "is_strength"):
        gathered.put("lesson", pk, {"lesson": [topic], "shown": ["well" if well else "badly"]})
    return gathered.bitmaps()


@lru_cache(maxsize=64)
def ranked(words: str, edition: UUID | None) -> tuple[int, ...]:
    """The ids of the cases with these words, the nearest first; one query, kept for the edition."""
    return tuple(Case.objects.by_relevance(words).values_list("pk", flat=True))


def marked(texts: Sequence[str], words: str) -> list[list[Run]]:
    """The texts in runs, with the words marked in any of their forms; one query for all texts."""
    plain = [re.sub(r"[<>\x00\x02\x03]", " ", text) for text in texts]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ts_headline('english', said, websearch_to_tsquery('english', %s), %s)"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS each (said, place) ORDER BY place",
            [fold(words), f"HighlightAll=true, StartSel={BEGIN}, StopSel={END}", [fold(text) for text in plain]],
        )
        found = [row[0] for row in cursor.fetchall()]
    return [_runs(text, said) for text, said in zip(plain, found, strict=True)]


def _runs(text: str, said: str) -> list[Run]:
    """``text`` cut where ``said``, its folded form, is marked; folding keeps each letter in its place."""
    pieces = re.split(f"([{BEGIN}{END}])", said)
    if sum(len(piece) for piece in pieces if piece not in (BEGIN, END)) != len(text):
        return [Run(text, False)]
    runs, at, is_marked = [], 0, False
    for piece in pieces:
        if piece in (BEGIN, END):
            is_marked = piece == BEGIN
        elif piece:
            runs.append(Run(text[at : at + len(piece)], is_marked))
            at += len(piece)
    return runs


def excerpt(runs: Sequence[Run]) -> list[Run]:
    """The stretch around the first marked word, about ``LENGTH`` letters; none if no word is marked."""
    text = "".join(run.text for run in runs)
    marks = [run.is_marked for run in runs]
    if True not in marks:
        return []
    first = sum(len(run.text) for run in runs[: marks.index(True)])
    begin = text.find(" ", first - BEFORE) + 1 if first > BEFORE else 0
    end = text.rfind(" ", begin, begin + LENGTH) if len(text) > begin + LENGTH else len(text)
    cut, at = [], 0
    for run in runs:
        piece = run.text[max(0, begin - at) : max(0, end - at)]
        at += len(run.text)
        if piece:
            cut.append(Run(piece, run.is_marked))
    return [*([Run("… ", False)] if begin else []), *cut, *([Run(" …", False)] if end < len(text) else [])]


@lru_cache(maxsize=1)
def vocabulary(edition: UUID | None) -> list[str]:
    """The words of titles, regions, summaries and measures' titles, folded; two queries, once per edition."""
    cases = Case.objects.values_list("title", "region", "summary").iterator()
    said = [*(" ".join(row) for row in cases), *CaseMeasure.objects.values_list("title", flat=True).iterator()]
    return sorted({word for text in said for word in WORD.findall(fold(text).lower())})


def did_you_mean(words: str, edition: UUID | None) -> str:
    """The words with those that the library does not have replaced by the nearest that it has; empty if none is near."""
    known = vocabulary(edition)
    lookup = set(known)

    def nearest(match: re.Match[str]) -> str:
        word = match[0].lower()
        near = [] if word in lookup else difflib.get_close_matches(word, known, n=1, cutoff=0.7)
        return near[0] if near else match[0]

    meant = WORD.sub(nearest, fold(words))
    return meant if meant != fold(words) else ""
