"""Finding cases: by words in the database, by facets in what a process keeps of the library."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from cases.models import Case, CaseMeasure, Edition, Lesson
from cases.searching.bitmaps import Bitmaps, Collector, members, packed
from cases.searching.folding import fold

BEFORE, LENGTH = 80, 260
WORD: Final = re.compile(r"[^\W\d_]{4,}")
HITS: Final = "SELECT array_agg(id) FROM cases_case WHERE search @@ websearch_to_tsquery('english', %s)"
NEAREST: Final = """
    SELECT array_agg(id ORDER BY ts_rank_cd(search, asked) DESC, title)
    FROM cases_case, websearch_to_tsquery('english', %s) AS asked WHERE
"""
"""``CaseQuerySet.by_relevance`` in SQL, for Django takes longer to write it than PostgreSQL to answer."""
EXCLUDED: Final = re.compile(r'(?<!\S)-(?:"[^"]*"?|\S+)')


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
def found_by(words: str, edition: UUID | None) -> int:
    """The set of the cases with these words; one query, kept for the edition."""
    bitmaps = bitmaps_of(edition)
    return packed(_positions(bitmaps, HITS, fold(words)), len(bitmaps.ids))


@lru_cache(maxsize=16)
def nearest(words: str, cases: int, edition: UUID | None) -> tuple[int, ...]:
    """The positions of those of ``cases`` with these words, the nearest first; one query, kept for the edition."""
    bitmaps = bitmaps_of(edition)
    if cases == found_by(words, edition):
        return tuple(_positions(bitmaps, NEAREST + "search @@ asked", fold(words)))
    return tuple(_positions(bitmaps, NEAREST + "id = ANY(%s)", fold(words), [bitmaps.ids[at] for at in members(cases)]))


def _positions(bitmaps: Bitmaps, sql: str, *parameters: str | list[int]) -> list[int]:
    """The positions of the cases whose ids a query gives as one array; one that was loaded just now has none yet."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    return [at for pk in row[0] or () if (at := bitmaps.position.get(pk)) is not None]


@lru_cache(maxsize=64)
def marked(texts: tuple[str, ...], words: str) -> list[list[Run]]:
    """The texts in runs, with the words marked in any of their forms; one query for all texts, kept."""
    level = [fold(text).lower() for text in texts]
    forms = _forms(level, fold(EXCLUDED.sub(" ", words)).lower())
    if not forms:
        return [[Run(text, False)] for text in texts]
    # What stands before a form is looked at after it: a pattern that begins with letters is found ten times as fast.
    pattern = re.compile("|".join(rf"{form}(?<!\w{form})\b" for form in sorted(forms)))
    return [_runs(text, pattern.finditer(said)) for text, said in zip(texts, level, strict=True)]


def _forms(texts: Iterable[str], words: str) -> set[str]:
    """The words of the texts that the database takes for forms of those looked for. Stems keep the first letter."""
    initials = {word[0] for word in re.findall(r"\w+", words)}
    if not initials:
        return set()
    said = " ".join({piece for text in texts for piece in text.split()})
    candidates = {*re.findall(rf"\b[{''.join(initials)}]\w*", said)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) AS word WHERE tsvector_to_array(to_tsvector('english', word))"
            " && tsvector_to_array(to_tsvector('english', %s))",
            [sorted(candidates), words],
        )
        return {row[0] for row in cursor.fetchall()}


def _runs(text: str, found: Iterable[re.Match[str]]) -> list[Run]:
    """``text`` cut where its folded form is marked; folding keeps each letter in its place."""
    runs, at = [], 0
    for match in found:
        if match.start() > at:
            runs.append(Run(text[at : match.start()], False))
        runs.append(Run(text[match.start() : match.end()], True))
        at = match.end()
    return [*runs, Run(text[at:], False)] if at < len(text) else runs


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
