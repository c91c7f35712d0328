"""The measures as rungs of a ladder over time, from easy to demanding, and where the order asks for a second look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.engine.coverage import Coverage
from assessments.engine.draft import Draft
from assessments.engine.evaluation import Evaluation
from assessments.package import Measure, Package
from assessments.pictures.addresses import Href, MeasureRef, nowhere, refs
from assessments.presentation.fields import label, word

Demand = Literal["light", "medium", "demanding", "unknown"]
Order = Literal["time", "document"]

MANY_STEPS: Final = 8
"""A measure of so many steps, or more, counts as demanding as can be in this respect."""

_CLOSENESS: Final = {"peripheral": 0.0, "related": 0.5, "core": 1.0}
_LIGHT_BELOW: Final = 1 / 3
_DEMANDING_FROM: Final = 0.5
_PIPS: Final[dict[Demand, int]] = {"unknown": 0, "light": 1, "medium": 2, "demanding": 3}


class Rung(NamedTuple):
    """A measure on the ladder.

    ``said_demand``: what it asks for, read from the draft; ``pips``: 0 (unknown) to 3; ``verified``: when those who check
    are ready, ``verified_poorly`` if too late or never; ``concerns``: what asks for a second look at this rung.
    """

    number: int
    measure: MeasureRef
    start: str
    start_iso: str
    first_result: str
    demand: Demand
    demand_word: str
    said_demand: list[str]
    pips: int
    reciprocity: str
    mover: str
    verified: str
    verified_poorly: bool
    opens: list[MeasureRef]
    concerns: list[str]


class Ladder(NamedTuple):
    """All rungs, the first one first. ``dated`` counts the measures with a start."""

    rungs: list[Rung]
    dated: int
    concerns: list[str]


def ladder(package: Package, href: Href = nowhere, *, order: Order = "time") -> Ladder:
    """The ladder of a package.

    ``order``: "time" puts those with a start first, by date, then the quick before the slow and the light before the
    demanding, but a measure that opens another before it, unless their dates say otherwise; "document" leaves the
    measures as they stand, for a page where people move them.
    """
    draft = Evaluation(package).draft
    named = refs(package, href)
    positions = _over_time(draft) if order == "time" else list(range(len(draft.measures)))
    place = {i: n for n, i in enumerate(positions, 1)}
    rungs = [_rung(n, i, draft, named, place) for i, n in place.items()]
    dated = sum(1 for measure in draft.measures if measure.start)
    return Ladder(rungs, dated, [*_steep(rungs), *_against_dates(rungs)])


def _over_time(draft: Draft) -> list[int]:
    ranked = sorted(range(len(draft.measures)), key=lambda i: _when(draft.measures[i], i))
    openers = _openers(draft, ranked)
    ordered: list[int] = []
    seen: set[int] = set()

    def put(i: int) -> None:
        if i in seen:
            return
        seen.add(i)  # before its openers, so that a circle comes to an end
        for opener in openers[i]:
            if not (draft.measures[i].start and draft.measures[opener].start):
                put(opener)
        ordered.append(i)

    for i in ranked:
        put(i)
    return ordered


def _openers(draft: Draft, ranked: list[int]) -> list[list[int]]:
    """For each measure the others that open it, as ranked."""
    opened = [_targets(draft, measure) for measure in draft.measures]
    return [[i for i in ranked if measure.id in opened[i]] for measure in draft.measures]


def _when(measure: Measure, position: int) -> tuple[date, int, float, int]:
    days, asked = measure.days_to_first_result, demand_of(measure)
    return (
        _day(measure.start) or date.max,
        10**9 if days is None else days,
        2.0 if asked is None else asked,
        position,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def demand_of(measure: Measure) -> float | None:
    """How demanding a measure is, 0 to 1: the mean of what is known of closeness to the conflict, the highest cost of
    any kind, the number of steps and the highest burden, each 0 to 1. ``None`` if nothing is known."""
    known = [value for value in _demands(measure).values() if value is not None]
    return sum(known) / len(known) if known else None


def _demands(measure: Measure) -> dict[str, float | None]:
    costs = [c for cost in (measure.cost or {}).values() for c in (cost.money, cost.political, cost.security)]
    cost = max((c for c in costs if c is not None), default=None)
    burden = max((i.burden for i in (measure.impact or {}).values() if i.burden is not None), default=None)
    return {
        "sensitivity": None if measure.sensitivity is None else _CLOSENESS[measure.sensitivity],
        "cost": None if cost is None else cost / 3,
        "steps": None if measure.steps is None else min(measure.steps, MANY_STEPS) / MANY_STEPS,
        "burden": None if burden is None else burden / 4,
    }


def _demand(measure: Measure) -> Demand:
    asked = demand_of(measure)
    if asked is None:
        return "unknown"
    if asked < _LIGHT_BELOW:
        return "light"
    return "demanding" if asked >= _DEMANDING_FROM else "medium"


def demand_word(demand: Demand) -> str:
    """The word for how demanding a measure is."""
    words = {"light": _("Light"), "medium": _("Medium"), "demanding": _("Demanding"), "unknown": _("Not known")}
    return words[demand]


def _said_demand(measure: Measure) -> list[str]:
    """What the figure was read from, in words."""
    demands = _demands(measure)
    said = []
    if measure.sensitivity:
        said.append(f"{label('sensitivity', 'measures')}: {word('sensitivity', measure.sensitivity)}")
    if demands["cost"] is not None:
        said.append(_("highest cost: %(value)s of 3") % {"value": round(demands["cost"] * 3)})
    if measure.steps is not None:
        said.append(f"{label('steps', 'measures')}: {measure.steps}")
    if demands["burden"] is not None:
        said.append(_("highest burden: %(value)s of 4") % {"value": round(demands["burden"] * 4)})
    return said


def _rung(number: int, position: int, draft: Draft, named: list[MeasureRef], place: dict[int, int]) -> Rung:
    measure = draft.measures[position]
    demand = _demand(measure)
    start, days = _day(measure.start), measure.days_to_first_result
    verified, poorly = _verified(draft, position)
    targets = _targets(draft, measure)
    opened = [i for i, other in enumerate(draft.measures) if other.id in targets]
    return Rung(
        number=number,
        measure=named[position],
        start=date_format(start, "j F Y") if start else "",
        start_iso=start.isoformat() if start else "",
        first_result="" if days is None else _("first result after %(days)s days") % {"days": days},
        demand=demand,
        demand_word=demand_word(demand),
        said_demand=_said_demand(measure),
        pips=_PIPS[demand],
        reciprocity=word("reciprocity", measure.reciprocity) if measure.reciprocity else "",
        mover=_mover(draft, measure),
        verified=verified,
        verified_poorly=poorly,
        opens=[named[i] for i in opened],
        concerns=list(_concerns(draft, position, opened, place, named)),
    )


def _mover(draft: Draft, measure: Measure) -> str:
    """Who moves first, where somebody does."""
    if measure.reciprocity == "simultaneous":
        return ""
    if measure.initiator is None:
        return "" if measure.reciprocity is None else _("who moves first is not said")
    return _("%(party)s moves first") % {"party": draft.party_names.get(measure.initiator, measure.initiator)}


def _verified(draft: Draft, position: int) -> tuple[str, bool]:
    """When the verification is ready, in words, and whether that is too late or never."""
    checked: Coverage = draft.verified
    if position not in draft.undertakings:
        return _("needs no verification"), False
    if not checked.stated:
        return _("verification: not said"), False
    if position not in checked.entries:
        return _("nobody verifies it"), True
    ready = {checked.section[n].ready for n in checked.entries[position]} - {None}
    for code, said in (
        ("before", _("verification stands before the duties begin")),
        ("with", _("verification begins with the duties")),
        ("after", _("verification begins after the duties")),
    ):
        if code in ready:
            return said, code == "after"
    return _("verification: when it is ready is not said"), False


def _targets(draft: Draft, measure: Measure) -> set[str]:
    """Ids of the measures that this one leads to."""
    return {
        link.target
        for link in draft.package.links or ()
        if link.to == "measure" and link.target and link.from_ not in (None, "all") and measure.id in (link.from_ or ())
    } - {measure.id}


def _concerns(
    draft: Draft, position: int, opened: list[int], place: dict[int, int], named: list[MeasureRef]
) -> Iterator[str]:
    measure = draft.measures[position]
    for i in opened:
        if place[i] < place[position]:
            yield _("It opens “%(title)s”, which stands before it.") % {"title": named[i].title}
    alone = measure.reciprocity in ("unilateral", "sequenced")
    if draft.powers_differ and alone and measure.initiator in draft.weaker and measure.reply_agreed != "yes":
        yield _("The weaker side moves first, and the draft does not say that the reply is agreed.")


def _steep(rungs: list[Rung]) -> Iterator[str]:
    """Each demanding rung that stands before a light one, with the first such."""
    for n, rung in enumerate(rungs):
        lighter = next((later for later in rungs[n + 1 :] if later.demand == "light"), None)
        if rung.demand == "demanding" and lighter:
            yield _(
                "“%(hard)s” is demanding and comes before “%(easy)s”, which is light. Could the light one come first and "
                "earn the trust that the other needs?"
            ) % {"hard": rung.measure.title, "easy": lighter.measure.title}


def _against_dates(rungs: list[Rung]) -> Iterator[str]:
    """Neighbours whose starts say otherwise than their order; only where people order the rungs themselves."""
    dated = [rung for rung in rungs if rung.start_iso]
    for before, after in pairwise(dated):
        if before.start_iso > after.start_iso:
            yield _("“%(first)s” stands before “%(second)s”, yet it starts later.") % {
                "first": before.measure.title,
                "second": after.measure.title,
            }
