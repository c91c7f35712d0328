"""Which undertakings the entries of a section cover (G4 and G5).

Where several entries cover one undertaking, the best known value among them counts, check by check; then the mean
over the covered undertakings is taken (rubric, below G4).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from assessments.engine.grading import mean_of_known
from assessments.package import Measure


class Coverage(NamedTuple):
    """Covered undertakings of one section of the package.

    ``stated``: the section is there (an empty list counts). ``undertakings``: positions of all undertakings.
    ``entries``: position of a covered undertaking -> positions of the entries that cover it.
    """

    stated: bool
    undertakings: tuple[int, ...]
    entries: dict[int, tuple[int, ...]]
    section: Sequence[Any]

    @classmethod
    def of(
        cls,
        measures: tuple[Measure, ...],
        undertakings: tuple[int, ...],
        section: Sequence[Any] | None,
        counts: Callable[[Any], bool],
    ) -> Coverage:
        """Coverage of ``undertakings`` by those entries of ``section`` that count."""
        by_id: dict[str, list[int]] = {}
        everywhere: list[int] = []
        for n, entry in enumerate(section or ()):
            if not counts(entry):
                continue
            if entry.covers is None or entry.covers == "all":
                everywhere.append(n)
            else:
                for measure_id in dict.fromkeys(entry.covers):
                    by_id.setdefault(measure_id, []).append(n)
        entries = {}
        for i in undertakings:
            own = by_id.get(measures[i].id)
            if own or everywhere:
                entries[i] = tuple(sorted({*own, *everywhere})) if own else tuple(everywhere)
        return cls(section is not None, undertakings, entries, section or ())

    @property
    def share(self) -> float:
        """Covered undertakings out of all, 0 to 1."""
        return len(self.entries) / len(self.undertakings) if self.undertakings else 0.0

    @property
    def numbers(self) -> list[int]:
        """Positions of the entries that cover anything."""
        return sorted({n for entries in self.entries.values() for n in entries})

    def best(self, value: Callable[[Any, int], float | None]) -> list[float | None]:
        """For each covered undertaking the best known ``value(entry, position of the measure)``, or ``None``."""
        result: list[float | None] = []
        for i, numbers in self.entries.items():
            known = [v for n in numbers if (v := value(self.section[n], i)) is not None]
            result.append(max(known) if known else None)
        return result

    def mean(self, value: Callable[[Any, int], float | None]) -> float | None:
        """The mean of ``best`` over the covered undertakings; ``None`` if fewer than half are known."""
        return mean_of_known(self.best(value))

    def uncovered(self) -> list[int]:
        """Positions of the undertakings that nothing covers."""
        return [i for i in self.undertakings if i not in self.entries]
