"""What a case is found by: its words with their weights."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.expressions import Combinable

from cases.schema import CaseFile
from cases.searching.folding import fold

WEIGHTS: Final = ("A", "B", "C", "D")


def vector_of(file: CaseFile) -> Combinable:
    """The weighted vector to store: title A, measures B, summary, outcome and lessons C, all else D."""
    title, measures, said, rest = (
        SearchVector(Value(text), config="english", weight=weight)
        for weight, text in zip(WEIGHTS, texts_of(file), strict=True)
    )
    return title + measures + said + rest


def texts_of(file: CaseFile) -> tuple[str, str, str, str]:
    """Its words, folded, by weight."""
    measures = [text for measure in file.measures for text in (measure.title, measure.description)]
    said = [file.summary, file.outcome.worked, file.outcome.did_not, *(lesson.why for lesson in file.lessons)]
    rest = [file.region, file.third_party or "", *(party.name for party in file.parties), *file.notes]
    rest += [note or "" for measure in file.measures for note in (measure.verification.note, measure.result_note)]
    rest += [f"{source.who} {source.title}" for source in file.sources]
    return fold(file.title), fold("\n".join(measures)), fold("\n".join(said)), fold("\n".join(rest))
