"""Where the measures stand: sector by actor level, and sector by phase; what could stand in the empty cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from assessments.engine.starters import STARTERS
from assessments.package import Measure, Package
from assessments.pictures.addresses import Href, MeasureRef, nowhere, refs
from guidelines.catalogue import topic
from guidelines.taxonomy import LABELS

SECTORS: Final = tuple(LABELS["sector"])
LEVELS: Final = tuple(LABELS["actor_level"])
PHASES: Final = tuple(LABELS["phase"])


class Gap(NamedTuple):
    """An empty cell: a sector with an actor level, or with a phase."""

    sector: str
    level: str = ""
    phase: str = ""


class Suggestion(NamedTuple):
    """A measure of the library that stood in such a cell, what came of it, and where it is to be read."""

    title: str
    case: str
    url: str
    mark: str
    came_of_it: str


class Cell(NamedTuple):
    """One cell.

    ``asked``: false for a phase that the package is not in. In an empty cell that is worth a thought stand an ``idea``, a
    historic ``suggestion``, and what a measure there would ``serve``; where nothing is to be said they are "" or ``None``.
    """

    gap: Gap
    measures: list[MeasureRef]
    asked: bool
    idea: str
    suggestion: Suggestion | None
    serves: str


class Row(NamedTuple):
    """A sector and its cells."""

    sector: str
    name: str
    cells: list[Cell]


class Grid(NamedTuple):
    """One table: the heads of its columns, its rows, and the measures that have no place in it."""

    heads: list[str]
    rows: list[Row]
    unplaced: list[MeasureRef]


class Coverage(NamedTuple):
    """Both tables. ``phase_said`` is false where neither package nor measures say a phase."""

    levels: Grid
    phases: Grid
    phase_said: bool


def coverage(package: Package, suggestions: Mapping[Gap, Suggestion] | None = None, href: Href = nowhere) -> Coverage:
    """Both tables of a package; ``suggestions`` are those of ``suggestions.suggestions(gaps_of(package))``."""
    known = suggestions or {}
    named = refs(package, href)
    placed = list(zip(named, package.measures or (), strict=True))
    wanted = _worth_a_thought(package)
    phases = _phases_of_package(package)
    return Coverage(
        levels=Grid(
            [_(LABELS["actor_level"][level]) for level in LEVELS],
            [
                _row(sector, [Gap(sector, level) for level in LEVELS], placed, phases, wanted, known)
                for sector in SECTORS
            ],
            [ref for ref, m in placed if not (m.sectors and m.actor_levels)],
        ),
        phases=Grid(
            [_(LABELS["phase"][phase]) for phase in PHASES],
            [
                _row(sector, [Gap(sector, phase=phase) for phase in PHASES], placed, phases, wanted, known)
                for sector in SECTORS
            ],
            [ref for ref, m in placed if not (m.sectors and (m.phases or phases))],
        ),
        phase_said=bool(phases) or any(measure.phases for _ref, measure in placed),
    )


def gaps_of(package: Package) -> list[Gap]:
    """The empty cells that are worth a thought: with each actor level, and with the package's own phases."""
    return list(_worth_a_thought(package))


def _worth_a_thought(package: Package) -> dict[Gap, str]:
    """Empty cells, each with what a measure there would serve."""
    measures, phases = package.measures or (), _phases_of_package(package)
    asked = [Gap(s, level) for s in SECTORS for level in LEVELS] + [Gap(s, phase=p) for s in SECTORS for p in phases]
    sectors = {sector for m in measures for sector in m.sectors or ()}
    levels = {level for m in measures for level in m.actor_levels or ()}
    return {
        gap: _serves(gap, sectors, levels)
        for gap in asked
        if not any(_stands_in(gap, measure, phases) for measure in measures)
    }


def _serves(gap: Gap, sectors: Collection[str], levels: Collection[str]) -> str:
    guideline = _(topic("G7").name)
    if gap.sector not in sectors:
        return _("For “%(guideline)s” (G7): a sector that no measure touches yet") % {"guideline": guideline}
    if gap.level and gap.level not in levels:
        return _("For “%(guideline)s” (G7): an actor level that no measure reaches yet") % {"guideline": guideline}
    return ""


def _row(
    sector: str,
    gaps: list[Gap],
    placed: list[tuple[MeasureRef, Measure]],
    phases: tuple[str, ...],
    wanted: Mapping[Gap, str],
    known: Mapping[Gap, Suggestion],
) -> Row:
    def cell(gap: Gap) -> Cell:
        standing = [ref for ref, measure in placed if _stands_in(gap, measure, phases)]
        if standing or gap not in wanted:
            return Cell(gap, standing, bool(gap.level) or gap.phase in phases, "", None, "")
        idea = _(STARTERS[gap.sector][gap.level]) if gap.level else ""
        return Cell(gap, [], True, idea, known.get(gap), wanted[gap])

    return Row(sector, _(LABELS["sector"][sector]), [cell(gap) for gap in gaps])


def _stands_in(gap: Gap, measure: Measure, phases: tuple[str, ...]) -> bool:
    if gap.sector not in (measure.sectors or ()):
        return False
    if gap.level:
        return gap.level in (measure.actor_levels or ())
    return gap.phase in (measure.phases or phases)


def _phases_of_package(package: Package) -> tuple[str, ...]:
    """Its phase and the others that it names, in their order; a measure that names none has these."""
    context = package.context
    said = {context.phase, *(context.other_phases or ())} if context else set()
    return tuple(phase for phase in PHASES if phase in said)
