"""Historic measures that are like one of a draft: why they are, and what came of them, failures beside successes.

The draft's words go into queries as parameters, and nowhere else: nothing of a draft is logged, or kept for the next call.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from cases.models import Case, CaseMeasure
from cases.precedents.balance import Near, balanced
from cases.precedents.drafted import TAGS, DraftContext, DraftMeasure, evenness
from cases.precedents.likeness import (
    Tag,
    likeness,
    likeness_of_conflicts,
    likeness_of_tags,
    likeness_of_words,
    rarity,
    tags_of,
)
from cases.precedents.reasons import reason, tags_of_measure
from cases.precedents.scores import Scores
from cases.searching.bitmaps import Bitmaps
from cases.searching.facets import facets
from cases.searching.folding import fold
from cases.searching.results import library
from guidelines.taxonomy import LABELS

SHOWN: Final = 4
OF_EACH_RESULT: Final = 6
"""How many candidates are looked at closely among the n-th measures of all cases, for each result."""
BY_WORDS: Final = 30
WORDS_ASKED: Final = 24
SAMPLE: Final = 2000
"""Cases by which the rarity of words is judged."""
SAMPLED: Final = "SELECT search FROM cases_case ORDER BY id LIMIT 2000"
FEW: Final = 0.2
"""The part of the cases below which a word singles out cases, and is worth naming where both have it."""
WORD: Final = re.compile(r"[^\W\d_]{4,}")
"""What is shorter is no telling word."""
FINE: Final = 4
"""Weights of candidates are whole numbers: this many to a unit."""


@dataclass(frozen=True)
class Precedent:
    """A historic measure that is like the draft's: how like (0 to 1), why, and what came of it (``measure.result``)."""

    measure: CaseMeasure
    case: Case
    likeness: float
    reason: str


class _Words(NamedTuple):
    """In how many cases of a sample a stem is, how many the sample has, and what it says that a text has the stem."""

    found: dict[str, int]
    size: int
    known: dict[str, float]

    def rarity(self, stem: str) -> float:
        return self.known.get(stem) or rarity(0, self.size)

    def share(self, stem: str) -> float:
        return self.found.get(stem, 0) / max(1, self.size)


def precedents(measure: DraftMeasure, context: DraftContext, number: int = SHOWN) -> list[Precedent]:
    """The historic measures most like a draft's, the nearest first, at most ``number`` and two of a case.

    As far as near enough ones exist, at least a third of them did not hold and at least one did (``balance``). None if
    the measure says nothing. Six queries, and five more once per edition of the library.
    """
    if measure.is_blank:
        return []
    edition, bitmaps = library()
    stems, written = _draft_stems(measure.text)
    question = _Question(measure, context, _weights(measure, bitmaps), stems, written, words_of(edition))
    by_tags, by_words = question.candidates_by_tags(bitmaps), question.candidates_by_words()
    ids = sorted({pk for pk, _n in by_tags} | by_words)
    cases = Case.objects.defer("search", "sources", "links", "notes").prefetch_related("measures").in_bulk(ids)
    every = [
        (case, each)
        for case in cases.values()
        for n, each in enumerate(case.measures.all())
        if case.pk in by_words or (case.pk, n) in by_tags
    ]
    texts = _stems([f"{each.title}\n{each.description}" for _case, each in every])
    near = [
        Near(question.likeness(case, each, stems), each.result, case.pk, (case.title, each.position))
        for (case, each), stems in zip(every, texts, strict=True)
    ]
    return [
        Precedent(each, case, near[n].likeness, reason(context, case, each, question.tags, question.shared(texts[n])))
        for n in balanced(near, number)
        for case, each in [every[n]]
    ]


@dataclass(frozen=True)
class _Question:
    """A measure with what is needed to compare it: the weights of tags, the stems of its words, the words as it writes them
    by stem, how rare words are."""

    measure: DraftMeasure
    context: DraftContext
    weights: dict[Tag, float]
    stems: set[str]
    written: dict[str, str]
    words: _Words

    @property
    def tags(self) -> dict[Tag, float]:
        """What it says in tags, with their weights."""
        return {tag: self.weights[tag] for tag in sorted(tags_of(self.measure.tags)) if tag in self.weights}

    def candidates_by_tags(self, bitmaps: Bitmaps) -> set[tuple[int, int]]:
        """The measures that share the most, and in a conflict like this one, for each result: case and place in it."""
        around = {"parties": self.context.between, "conflict": {self.context.conflict} - {""}}
        facts = bitmaps.parts["case"].sets[0] if bitmaps.parts["case"].sets else {}
        found: set[tuple[int, int]] = set()
        for n, plane in enumerate(bitmaps.parts["measure"].sets):
            scores = Scores()
            for tag, weight in self.tags.items():
                scores.add(plane.get(tag, 0), round(FINE * weight))
            for fact in sorted(tags_of(around)):
                scores.add(facts.get(fact, 0), FINE)
            for result in LABELS["result"]:
                highest = scores.highest(plane.get(("result", result), 0), OF_EACH_RESULT)
                found |= {(bitmaps.ids[at], n) for at in highest}
        return found

    def candidates_by_words(self) -> set[int]:
        """The ids of the cases that match the rarest of the words best; one query, none without words."""
        few = {stem for stem in self.stems if self.words.share(stem) < FEW}
        rarest = sorted(few or self.stems, key=lambda stem: (-self.words.rarity(stem), stem))[:WORDS_ASKED]
        if not rarest:
            return set()
        asked = " | ".join("'{}'".format(stem.replace("\\", "\\\\").replace("'", "''")) for stem in rarest)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT cases_case.id FROM cases_case, to_tsquery('simple', %s) AS asked WHERE search @@ asked"
                " ORDER BY ts_rank(search, asked) DESC, cases_case.id LIMIT %s",
                [asked, BY_WORDS],
            )
            return {row[0] for row in cursor.fetchall()}

    def shared(self, stems: set[str]) -> list[str]:
        """The draft's words with these stems that few cases have, the rarest first, as the draft writes them."""
        telling = [stem for stem in self.written.keys() & stems if self.words.share(stem) < FEW]
        return [self.written[stem] for stem in sorted(telling, key=lambda stem: (-self.words.rarity(stem), stem))]

    def likeness(self, case: Case, measure: CaseMeasure, stems: set[str]) -> float:
        power = evenness(party["relative_power"] for party in case.parties)
        return likeness(
            self.measure,
            tags=likeness_of_tags(set(self.tags), tags_of(tags_of_measure(measure)), self.weights),
            words=likeness_of_words(self.stems, stems, self.words.rarity),
            conflict=likeness_of_conflicts(self.context, case.between, case.conflict_type, power),
        )


def _weights(measure: DraftMeasure, bitmaps: Bitmaps) -> dict[Tag, float]:
    """What each tag of the facets that the measure speaks of says, by how few measures of the library have it."""
    planes = bitmaps.parts["measure"]
    everything = planes.fitting({})
    size = sum(bits.bit_count() for bits in everything)
    return {
        (facet, value): rarity(sum(bits.bit_count() for bits in planes.having(everything, (facet, value))), size)
        for facet in TAGS
        if measure.tags.get(facet)
        for value in facets()[facet].labels
    }


def _draft_stems(text: str) -> tuple[set[str], dict[str, str]]:
    """The stems of a draft's words, and by stem the longer of its words as it writes them, in small letters if it does so
    anywhere; one query."""
    words = sorted(set(WORD.findall(text)), key=lambda word: (word[0].isupper(), word))
    stems, *of_words = _stems([text, *words])
    written: dict[str, str] = {}
    for word, several in zip(words, of_words, strict=True):
        for stem in several:
            written.setdefault(stem, word)
    return stems, written


def _stems(texts: list[str]) -> list[set[str]]:
    """The stems of the words of each text, as the search has them; one query for all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(to_tsvector('english', said))"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS each (said, place) ORDER BY place",
            [[fold(text).replace("\x00", " ") for text in texts]],
        )
        return [set(row[0]) for row in cursor.fetchall()]


@lru_cache(maxsize=1)
def words_of(edition: UUID | None) -> _Words:
    """How rare the words of the library are; two queries, once per process and edition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, ndoc FROM ts_stat(%s)", [SAMPLED])
        found = dict(cursor.fetchall())
    size = min(SAMPLE, Case.objects.count())
    return _Words(found, size, {stem: rarity(having, size) for stem, having in found.items()})
