"""What the case library is asked for a measure of a package. Nothing confidential goes in: no diagnosis, no notes."""

from __future__ import annotations

from assessments.package import Package
from assessments.package.models import Measure
from cases.precedents.drafted import DraftContext, DraftMeasure, evenness
from cases.searching.facets import between


def drafted_measure(package: Package, measure: Measure) -> DraftMeasure:
    """A measure as the library reads it. Phase and purposes are the package's where the measure says none."""
    context = package.context
    said = {
        "sector": measure.sectors,
        "level": measure.actor_levels,
        "track": measure.tracks,
        "phase": measure.phases or (context and context.phase and (context.phase,)),
        "purpose": measure.purposes or (context and context.purposes),
        "binding": measure.binding and (measure.binding,),
        "reciprocity": measure.reciprocity and (measure.reciprocity,),
        "verification": _verified(package, measure.id),
    }
    texts = [measure.description or "", *(clause.text for clause in measure.commitments or ())]
    return DraftMeasure(
        title=measure.title,
        description="\n".join(text for text in texts if text),
        tags={facet: frozenset(codes) for facet, codes in said.items() if codes},
    )


def _verified(package: Package, measure_id: str) -> set[str]:
    """How the measure is verified, by all entries that cover it; an empty list says that nobody does."""
    if package.verification is None:
        return set()
    covering = [
        each for each in package.verification if each.covers in (None, "all") or measure_id in (each.covers or ())
    ]
    methods: set[str] = {each.method for each in covering if each.method}
    return methods if package.verification else {"none"}


def drafted_context(package: Package) -> DraftContext:
    """The conflict around a package, as far as it is said; kinds of parties count only when each is known."""
    parties = package.parties or ()
    kinds = [party.kind for party in parties if party.kind]
    conflict = package.conflict.type if package.conflict and package.conflict.type else ""
    return DraftContext(
        between=frozenset(between(kinds)) if kinds and len(kinds) == len(parties) else frozenset(),
        conflict=conflict.replace("_", "-"),
        power=evenness(party.power for party in parties if party.power),
    )
