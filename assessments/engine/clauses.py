"""Clause analysis for C5: which words of a commitment are too loose to be kept or checked (rubric, section 7).

Points for each hit, plus one for each of who, when, and where or how much that is missing. 0 to 1 points is clear,
2 to 3 soft, 4 and more fuzzy. Offsets count code points, end exclusive.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from assessments.engine.lexicon import Lexicon, Match, lexicon, words_of
from assessments.package import Commitment, Package
from cbm_advisor.lib.text import gettext_noop as _

Level = Literal["clear", "soft", "fuzzy", "not_read"]

SOFT_FROM: Final = 2
FUZZY_FROM: Final = 4

POINTS: Final = {
    "postponed": 3,
    "hedged_duty": 2,
    "discretion": 2,
    "vague_time": 2,
    "vague_actor": 2,
    "actor_missing": 2,
    "vague_place": 1,
    "vague_amount": 1,
    "undefined_conduct": 1,
    "weak_modal": 1,
}

MEANING: Final = {
    "postponed": (_("Put off"), _("The decision is left for later; say it now, or say who decides it by when.")),
    "hedged_duty": (_("Hedged duty"), _("A duty to try cannot be broken; say what will be done.")),
    "discretion": (_("Discretion"), _("Each side may decide for itself when this holds; name the condition.")),
    "vague_time": (_("Vague time"), _("No day follows from this; put a date, a number of days or a trigger.")),
    "vague_actor": (_("Vague actor"), _("Nobody can tell who is meant; name the post or the unit.")),
    "actor_missing": (_("Nobody acts"), _("The sentence has no actor; say who does it.")),
    "vague_place": (_("Vague place"), _("No map shows this place; give coordinates, a distance or a list.")),
    "vague_amount": (_("Vague amount"), _("Nobody can count this; give a number.")),
    "undefined_conduct": (_("Undefined conduct"), _("Each side may read this differently; define it by examples.")),
    "weak_modal": (_("Weak verb"), _("A wish and not a duty; write “will”.")),
}

OPEN_CLASSES: Final = frozenset({"vague_actor", "vague_place", "vague_amount"})
"""Classes in which a phrase may be left open on purpose: labels of status, never conduct."""

REDRAFT: Final = _(
    "[post or unit] of [party] will [verb] [number / object] at [place] by [date or x days after event]; "
    "[body] will confirm by [means]; if not done, [first response]."
)


class Hit(NamedTuple):
    """Words of a clause that belong to a class. ``points``: what they cost after relief; ``relief``: why they cost
    less than their class says (``""`` if they do not)."""

    category: str
    start: int
    end: int
    points: int
    relief: str


class Clause(NamedTuple):
    """One commitment and its analysis. ``measure`` and ``number`` are positions, ``missing`` names empty slots."""

    measure: int
    number: int
    commitment: Commitment
    hits: tuple[Hit, ...]
    missing: tuple[str, ...]
    points: int
    level: Level

    @property
    def pointer(self) -> str:
        """Where the commitment stands in the document."""
        return f"/measures/{self.measure}/commitments/{self.number}"

    @staticmethod
    def all_of(package: Package, book: ClauseBook) -> tuple[Clause, ...]:
        """Every commitment of every measure with its analysis, in document order; analyses are kept in ``book``."""
        words = lexicon(package.language or "en")
        return tuple(
            analysed(m, c, commitment, words, book)
            for m, measure in enumerate(package.measures or ())
            for c, commitment in enumerate(measure.commitments or ())
        )


ClauseBook = dict[int, Clause]
"""Analyses by identity of the commitment; a clause holds its commitment, so identities stay valid."""


def analysed(measure: int, number: int, commitment: Commitment, words: Lexicon | None, book: ClauseBook) -> Clause:
    """The analysis of a commitment, from ``book`` or made now."""
    known = book.get(id(commitment))
    if known is None or (known.measure, known.number) != (measure, number):
        known = book[id(commitment)] = _analyse(measure, number, commitment, words)
    return known


def _analyse(measure: int, number: int, commitment: Commitment, words: Lexicon | None) -> Clause:
    missing = missing_slots(commitment)
    if words is None:
        return Clause(measure, number, commitment, (), missing, len(missing), "not_read")
    hits = tuple(_hits(commitment, missing, words))
    points = len(missing) + sum(hit.points for hit in hits)
    level: Level = "fuzzy" if points >= FUZZY_FROM else "soft" if points >= SOFT_FROM else "clear"
    return Clause(measure, number, commitment, hits, missing, points, level)


def is_blank(text: str | None) -> bool:
    """Absent and empty are the same in clauses."""
    return text is None or not text.strip()


def missing_slots(commitment: Commitment) -> tuple[str, ...]:
    """Which of who, when, and where or how much the clause does not say."""
    missing = []
    if not commitment.who or all(is_blank(who) for who in commitment.who):
        missing.append("who")
    if is_blank(commitment.when):
        missing.append("when")
    if is_blank(commitment.where) and is_blank(commitment.quantity):
        missing.append("where_or_how_much")
    return tuple(missing)


def _hits(commitment: Commitment, missing: tuple[str, ...], lexicon: Lexicon) -> list[Hit]:
    words = words_of(commitment.text)
    matches = lexicon.matches(words)
    if "who" in missing and (passive := lexicon.passive_without_agent(words)):
        matches.append(Match("actor_missing", *passive))
    if not matches:
        return []
    matches.sort(key=lambda match: (match.start, -match.end, match.category))
    open_spans = _open_spans(commitment)
    named = "who" not in missing
    return [_priced(match, commitment, lexicon, open_spans, named) for match in matches]


def _priced(
    match: Match, commitment: Commitment, lexicon: Lexicon, open_spans: list[tuple[int, int]], named: bool
) -> Hit:
    category, start, end = match
    if category in OPEN_CLASSES and any(a <= start and end <= b for a, b in open_spans):
        return Hit(category, start, end, 0, _("left open on purpose"))
    if category == "vague_time" and _pins_time(commitment.when, lexicon):
        return Hit(category, start, end, 0, _("the date or trigger is given"))
    if category == "vague_place" and commitment.where and lexicon.names_place(commitment.where):
        return Hit(category, start, end, 0, _("the place is pinned down"))
    if category == "undefined_conduct" and commitment.terms_defined == "yes":
        return Hit(category, start, end, 0, _("the terms are defined"))
    if category == "vague_actor" and named and _words(commitment.text[start:end]) in lexicon.side:
        return Hit(category, start, end, 1, _("the actors are named beside the clause"))
    return Hit(category, start, end, POINTS[category], "")


def _words(text: str) -> str:
    return " ".join(text.lower().split())


def _pins_time(when: str | None, lexicon: Lexicon) -> bool:
    if when is None or is_blank(when):
        return False
    return lexicon.holds_number(when) or not lexicon.postpones(when)


def _open_spans(commitment: Commitment) -> list[tuple[int, int]]:
    """Where the phrases stand that the drafter left open on purpose."""
    return [
        found.span()
        for label in commitment.deliberately_open or ()
        if not is_blank(label.phrase)
        for found in re.finditer(r"\s+".join(map(re.escape, label.phrase.split())), commitment.text, re.IGNORECASE)
    ]
