"""What has to change in a draft when a party or a measure goes: everything that names it. No database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assessments.package.addresses import ABSENT, address, key_of
from assessments.package.changes import Operation, Put, Remove
from proposals.building.places import COVERING

Draft = Mapping[str, Any]


def without_measure(draft: Draft, measure: str) -> Iterator[Operation]:
    """Takes the measure's name away; a row of verification, "what if" or links that is about it alone goes with it."""
    for section, field in COVERING.items():
        for at, row in _rows(draft, address(section)):
            named = row.get(field)
            leads_there = section == "links" and row.get("to") == "measure" and row.get("target") == measure
            if leads_there or named == [measure]:
                yield Remove(at)
            elif isinstance(named, list) and measure in named:
                yield Put(f"{at}/{field}", [each for each in named if each != measure])


def without_party(draft: Draft, party: str) -> Iterator[Operation]:
    """Takes the name of a party or third party away, with what was said of it. What is emptied is unknown again."""
    for at, row in _rows(draft, "/third_parties"):
        for field in ("accepted_by", "ally_of"):
            yield from _unnamed(f"{at}/{field}", row.get(field), party)
    for field in ("comfort", "motives"):
        yield from _unmapped(f"/diagnosis/{field}", _part(draft.get("diagnosis"), field), party)
    for at, row in _rows(draft, "/diagnosis/distrust_between"):
        if party in (row.get("who"), row.get("whom")):
            yield Remove(at)
    for at, measure in _rows(draft, "/measures"):
        yield from _of_measure(draft, at, measure, party)


def _of_measure(draft: Draft, at: str, measure: Draft, party: str) -> Iterator[Operation]:
    for field in ("cost", "impact"):
        yield from _unmapped(f"{at}/{field}", measure.get(field), party)
    if measure.get("initiator") == party:
        yield Put(f"{at}/initiator", ABSENT)
    yield from _unnamed(f"{at}/developed_with", measure.get("developed_with"), party)
    for row_at, actor in _rows(draft, f"{at}/actors"):
        if actor.get("party") == party:
            if set(actor) <= {"party", "_key"}:
                yield Remove(row_at)
            else:
                yield Put(f"{row_at}/party", ABSENT)
    for row_at, clause in _rows(draft, f"{at}/commitments"):
        yield from _unnamed(f"{row_at}/who", clause.get("who"), party)


def _unnamed(at: str, named: Any, one: str) -> Iterator[Operation]:
    if isinstance(named, list) and one in named:
        yield Put(at, [each for each in named if each != one] or ABSENT)


def _unmapped(at: str, mapped: Any, party: str) -> Iterator[Operation]:
    if isinstance(mapped, Mapping) and party in mapped:
        yield Put(at + address(party), ABSENT)


def _part(node: Any, name: str) -> Any:
    return node.get(name) if isinstance(node, Mapping) else None


def _rows(draft: Draft, at: str) -> Iterator[tuple[str, Draft]]:
    node: Any = draft
    for part in at[1:].split("/"):
        if isinstance(node, list):
            node = next((row for row in node if key_of(row) == part.replace("~1", "/").replace("~0", "~")), None)
        else:
            node = _part(node, part)
    for row in node if isinstance(node, list) else ():
        if key := key_of(row):
            yield at + address(key), row
