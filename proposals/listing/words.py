"""The words that a proposal is found by."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Final

from django.db import connection
from pydantic import BaseModel

from assessments.package import Package
from cases.searching.folding import fold

LONGEST_WORD: Final = 60
STEMS: Final = "tsvector_to_array(to_tsvector('english', %s))"
KEEP: Final = f"""
    WITH said AS (SELECT word FROM unnest({STEMS}) AS word WHERE length(word) <= {LONGEST_WORD}),
    gone AS (DELETE FROM proposals_proposalword WHERE proposal_id = %s AND word NOT IN (SELECT word FROM said))
    INSERT INTO proposals_proposalword (proposal_id, workspace_id, word) SELECT %s, %s, word FROM said
    ON CONFLICT DO NOTHING
"""  # noqa: S608
TOLD: Final = frozenset(
    {"title", "summary", "name", "core_issues", "purpose_statement", "description", "text", "answers_note", "scenario"}
    | {"response", "indicator_text", "body", "constituencies", "next_substantive_date", "where", "target", "reason"}
)
"""The fields whose texts are words of people and no codes."""


def keep_words(proposal: uuid.UUID, workspace: uuid.UUID, package: Package) -> None:
    """Makes the words of ``package`` those that the proposal is found by; it is to be without its confidential parts."""
    text = "\n".join(texts_of(package)).replace("\x00", " ")
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [fold(text), proposal, proposal, workspace])


def stems_of(words: str) -> list[str]:
    """The stems of what somebody looks for; what says nothing, such as "the", has none."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STEMS}", [fold(words)])
        found: list[str] = cursor.fetchone()[0]
    return [stem for stem in found if len(stem) <= LONGEST_WORD]


def texts_of(part: BaseModel) -> Iterator[str]:
    """What people wrote in a package: titles, descriptions, clauses, names."""
    for name, value in part:
        if value is None:
            continue
        if isinstance(value, BaseModel):
            yield from texts_of(value)
        elif isinstance(value, tuple):
            for each in value:
                if isinstance(each, BaseModel):
                    yield from texts_of(each)
                elif name in TOLD and isinstance(each, str):
                    yield each
        elif name in TOLD and isinstance(value, str):
            yield value
