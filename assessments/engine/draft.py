"""What the checks read: a package, and the facts about it that several checks share.

Every fact is computed on first use and kept, so that a check that is not asked costs nothing. A draft never changes;
a what-if edit makes a new draft (``steps``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

from assessments.engine.balance import Balance
from assessments.engine.clauses import Clause, ClauseBook
from assessments.engine.coverage import Coverage
from assessments.engine.grading import Judgement
from assessments.package import Measure, Package, Party

PHASES: Final = ("before_process", "pre_negotiation", "negotiation", "implementation")
EARLY: Final = frozenset(PHASES[:2])
_SOURCES: Final = {
    "undertakings": frozenset({"measures.kind", "measures.binding"}),
    "for_constituencies": frozenset({"measures.audiences"}),
    "balance": frozenset({"measures.impact", "measures.reciprocity", "parties"}),
    "clauses": frozenset({"measures.commitments", "language"}),
}
"""Shared facts, and the fields from which they are made."""

LIVE_TRACKS: Final = frozenset({"ongoing", "scheduled", "concluded"})
PLAIN_KINDS: Final = frozenset({"relational", "communication", "gesture"})


class Draft:
    """A package as the checks see it.

    ``judge`` gives the judgement of another check of the same draft, for the few checks that build on one.
    ``clause_book`` keeps clause analyses, so that a what-if edit analyses only the clauses that it touches.
    """

    def __init__(self, package: Package, judge: Callable[[str], Judgement]) -> None:
        self.package = package
        self.judge = judge
        self.clause_book: ClauseBook = {}
        self.measures: tuple[Measure, ...] = package.measures or ()
        self.parties: tuple[Party, ...] = package.parties or ()
        context = package.context
        self.phase: str | None = context.phase if context else None
        self.purposes: tuple[str, ...] | None = context.purposes if context else None

    def keep_facts(self, before: Draft, changed: frozenset[str]) -> None:
        """Takes over the facts of the draft before an edit that the changed fields do not touch."""
        if "language" not in changed:
            self.clause_book = before.clause_book
        for fact, sources in _SOURCES.items():
            if fact in before.__dict__ and sources.isdisjoint(changed) and "measures" not in changed:
                self.__dict__[fact] = before.__dict__[fact]

    # Terms of section 1

    @cached_property
    def early(self) -> bool:
        """Before a process or in pre-negotiation."""
        return self.phase in EARLY

    @cached_property
    def prevention_only(self) -> bool:
        """The package means to prevent escalation and nothing else."""
        return bool(self.purposes) and set(self.purposes or ()) == {"prevent_escalation"}

    @cached_property
    def live_track(self) -> bool:
        """The substantive talks are ongoing, scheduled or concluded."""
        return self.substantive_track in LIVE_TRACKS

    @cached_property
    def substantive_track(self) -> str | None:
        """The state of the substantive talks, as stated."""
        return self.package.process.substantive_track if self.package.process else None

    @cached_property
    def stronger(self) -> frozenset[str]:
        """Ids of the parties that are stronger."""
        return frozenset(p.id for p in self.parties if p.power == "stronger")

    @cached_property
    def weaker(self) -> frozenset[str]:
        """Ids of the parties that are weaker."""
        return frozenset(p.id for p in self.parties if p.power == "weaker")

    @cached_property
    def powers_differ(self) -> bool:
        """At least one party is stronger and at least one weaker."""
        return bool(self.stronger and self.weaker)

    @cached_property
    def party_names(self) -> dict[str, str]:
        """Names of parties and third parties by id."""
        names = {party.id: party.name for party in self.parties}
        return names | {third.id: third.name for third in self.package.third_parties or ()}

    def by_phase(self, *limits: float) -> float:
        """The limit for the package's phase, out of four in the order of the phases; call it only with a phase."""
        return limits[PHASES.index(self.phase or "")]

    # Groups of measures, as positions in ``measures``

    @cached_property
    def undertakings(self) -> tuple[int, ...]:
        """Every measure except relational, communication and gesture ones that bind nobody."""
        return tuple(
            i
            for i, m in enumerate(self.measures)
            if m.kind not in PLAIN_KINDS or (m.binding is not None and m.binding != "none")
        )

    def is_security(self, position: int) -> bool:
        """Whether the measure's sectors include security."""
        return "security" in (self.measures[position].sectors or ())

    def aimed_at(self, audience: str) -> tuple[int, ...]:
        """The measures that name this audience."""
        return tuple(i for i, m in enumerate(self.measures) if m.audiences and audience in m.audiences)

    @cached_property
    def for_constituencies(self) -> tuple[int, ...]:
        """The measures that have constituencies in their audience."""
        return self.aimed_at("constituencies")

    # Shared findings

    @cached_property
    def balance(self) -> Balance:
        """Burdens, benefits and net effects per party (G10, C4)."""
        return Balance.of(self.measures, self.parties)

    @cached_property
    def verified(self) -> Coverage:
        """Which undertakings are covered by verification that is not "none", and by which entries."""
        return Coverage.of(
            self.measures, self.undertakings, self.package.verification, lambda entry: entry.method != "none"
        )

    @cached_property
    def answered(self) -> Coverage:
        """Which undertakings have a "what if" entry, and which entries."""
        return Coverage.of(self.measures, self.undertakings, self.package.violations, lambda entry: True)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every commitment of every measure with its analysis (section 7), in document order."""
        return Clause.all_of(self.package, self.clause_book)
