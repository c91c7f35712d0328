"""References inside a package: every party and measure that is named must be there, and ids must be unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assessments.package.problems import Place

if TYPE_CHECKING:
    from assessments.package.models import Measure, Package

Broken = tuple[Place, str]


def broken_references(package: Package) -> list[Broken]:
    """Each place that names what is not there, or an id that is taken, with what to do; empty if all is well."""
    found: list[Broken] = []
    parties = [party.id for party in package.parties or ()]
    thirds = [third.id for third in package.third_parties or ()]
    measures = [measure.id for measure in package.measures or ()]
    found += _doubles("parties", parties, set())
    found += _doubles("third_parties", thirds, set(parties))
    found += _doubles("measures", measures, set())
    waived = [waived.check for waived in package.not_applicable or ()]
    if len(waived) != len(set(waived)):
        found += [
            (("not_applicable", n, "check"), f'"{check}" is set aside twice; keep one')
            for n, check in enumerate(waived)
            if check in waived[:n]
        ]
    known = frozenset(parties)
    for place, named in _parties_named(package):
        if named not in known:
            found.append((place, _nobody(named, parties)))
    ids = frozenset(measures)
    for place, named in _measures_named(package):
        if named not in ids:
            listed = ", ".join(measures[:20]) + (", …" if len(measures) > 20 else "")
            found.append((place, f'no measure "{named}"; the measures are {listed or "not entered yet"}'))
    return found


def _nobody(named: str, parties: list[str]) -> str:
    return (
        f'no party "{named}"; the parties are {", ".join(parties)}'
        if parties
        else f'no party "{named}"; enter the parties'
    )


def _doubles(section: str, ids: list[str], taken: set[str]) -> Iterable[Broken]:
    if len(set(ids)) == len(ids) and taken.isdisjoint(ids):
        return
    seen = Counter(dict.fromkeys(taken, 1))
    for n, one in enumerate(ids):
        if seen[one]:
            yield (section, n, "id"), f'the id "{one}" is taken; choose another'
        seen[one] += 1


def _parties_named(package: Package) -> Iterator[tuple[Place, str]]:
    for n, third in enumerate(package.third_parties or ()):
        for field in ("accepted_by", "ally_of"):
            for i, party in enumerate(getattr(third, field) or ()):
                yield ("third_parties", n, field, i), party
    diagnosis = package.diagnosis
    if diagnosis is not None:
        for field in ("comfort", "motives"):
            for party in getattr(diagnosis, field) or ():
                yield ("diagnosis", field, party), party
        for n, pair in enumerate(diagnosis.distrust_between or ()):
            yield ("diagnosis", "distrust_between", n, "who"), pair.who
            yield ("diagnosis", "distrust_between", n, "whom"), pair.whom
    for n, measure in enumerate(package.measures or ()):
        yield from _of_measure(n, measure)


def _of_measure(n: int, measure: Measure) -> Iterator[tuple[Place, str]]:
    if measure.impact:
        for party in measure.impact:
            yield ("measures", n, "impact", party), party
    if measure.cost:
        for party in measure.cost:
            yield ("measures", n, "cost", party), party
    if measure.initiator is not None:
        yield ("measures", n, "initiator"), measure.initiator
    if measure.developed_with is not None and measure.developed_with != "all":
        for i, party in enumerate(measure.developed_with):
            yield ("measures", n, "developed_with", i), party
    for i, actor in enumerate(measure.actors or ()):
        if actor.party is not None:
            yield ("measures", n, "actors", i, "party"), actor.party


def _measures_named(package: Package) -> Iterator[tuple[Place, str]]:
    for section in ("verification", "violations"):
        for n, entry in enumerate(getattr(package, section) or ()):
            if entry.covers is not None and entry.covers != "all":
                for i, measure in enumerate(entry.covers):
                    yield (section, n, "covers", i), measure
    for n, link in enumerate(package.links or ()):
        if link.from_ is not None and link.from_ != "all":
            for i, measure in enumerate(link.from_):
                yield ("links", n, "from", i), measure
        if link.to == "measure" and link.target:
            yield ("links", n, "target"), link.target
