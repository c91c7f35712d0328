"""Who gives and who gets: burdens, benefits and net effects per party (G10, C4).

*Rated* measures have ``impact``; a party or number missing inside a given impact counts 0. If fewer than half of the
measures are rated, nothing here is known (rubric, below G10).
"""

from __future__ import annotations

from functools import cached_property

from assessments.engine.grading import TOLERANCE
from assessments.package import Measure, Party


class Balance:
    """The package's ledger. All sums are over rated measures."""

    def __init__(self, measures: tuple[Measure, ...], parties: tuple[Party, ...]) -> None:
        self.measures = measures
        self.parties = parties
        self.rated = tuple(i for i, m in enumerate(measures) if m.impact is not None)

    @classmethod
    def of(cls, measures: tuple[Measure, ...], parties: tuple[Party, ...]) -> Balance:
        """The ledger of these measures for these parties."""
        return cls(measures, parties)

    @property
    def known(self) -> bool:
        """At least one measure and at least half of all are rated, and there is a party."""
        return bool(self.rated) and 2 * len(self.rated) >= len(self.measures) and bool(self.parties)

    def burden(self, position: int, party: str) -> int:
        """The burden of a rated measure on a party, 0 to 4."""
        impact = (self.measures[position].impact or {}).get(party)
        return (impact.burden or 0) if impact else 0

    def benefit(self, position: int, party: str) -> int:
        """The benefit of a rated measure for a party, 0 to 4."""
        impact = (self.measures[position].impact or {}).get(party)
        return (impact.benefit or 0) if impact else 0

    def loss_of_face(self, position: int, party: str) -> int:
        """The loss of face that a rated measure means for a party, 0 to 2."""
        impact = (self.measures[position].impact or {}).get(party)
        return (impact.loss_of_face or 0) if impact else 0

    @cached_property
    def burdens(self) -> dict[str, int]:
        """Total burden by party id."""
        return {p.id: sum(self.burden(i, p.id) for i in self.rated) for p in self.parties}

    @cached_property
    def benefits(self) -> dict[str, int]:
        """Total benefit by party id."""
        return {p.id: sum(self.benefit(i, p.id) for i in self.rated) for p in self.parties}

    @cached_property
    def nets(self) -> dict[str, float]:
        """Net effect by party id: (total benefit minus total burden) / number of rated measures."""
        return {p.id: (self.benefits[p.id] - self.burdens[p.id]) / len(self.rated) for p in self.parties}

    @cached_property
    def distance(self) -> float:
        """D: highest minus lowest net effect."""
        return max(self.nets.values()) - min(self.nets.values())

    @cached_property
    def worst_off(self) -> Party:
        """The party with the lowest net effect; a tie goes to the weaker, so to a stronger party only without others."""
        lowest = min(self.nets.values())
        tied = [p for p in self.parties if self.nets[p.id] <= lowest + TOLERANCE]
        return min(tied, key=lambda p: ({"weaker": 0, "stronger": 2}.get(p.power or "", 1), p.id))

    @cached_property
    def suspect(self) -> tuple[int, ...]:
        """Rated measures that touch one side only: one party's benefit is 0 and another's 2 or more, or one's burden
        is 0 and another's 2 or more and the measure is not sequenced (G10.1)."""
        ids = [p.id for p in self.parties]

        def one_sided(values: list[int]) -> bool:
            return min(values) == 0 and max(values) >= 2

        return tuple(
            i
            for i in self.rated
            if one_sided([self.benefit(i, p) for p in ids])
            or (self.measures[i].reciprocity != "sequenced" and one_sided([self.burden(i, p) for p in ids]))
        )
