"""Burden and benefit: what each measure asks of each party and brings it, summed, and who comes off worst."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from assessments.engine import Scorecard
from assessments.engine.balance import Balance
from assessments.package import Measure, Package, Party
from assessments.pictures.addresses import Href, MeasureRef, nowhere, refs
from assessments.pictures.what_if import WhatIf, what_ifs
from assessments.presentation.fields import SCALES, label, word

COSTS: Final = ("money", "political", "security")
EVEN_ENOUGH: Final = 0.75
"""Net effects up to this far apart are close (G10.2)."""


class Bars(NamedTuple):
    """Two bars from the middle, in per cent of the picture: the burden to one side, the benefit to the other."""

    burden_from: float
    burden: float
    benefit: float


class Share(NamedTuple):
    """What a measure, or the package, means for a party. ``None``: the draft does not say. ``face``: loss of face."""

    party: str
    burden: int | None
    benefit: int | None
    face: int | None
    costs: list[tuple[str, int | None, int]]
    bars: Bars

    @property
    def known(self) -> bool:
        """Whether burden or benefit is said."""
        return self.burden is not None or self.benefit is not None

    @property
    def net(self) -> int:
        """Benefit minus burden; what is not said counts 0, as in the rubric."""
        return (self.benefit or 0) - (self.burden or 0)

    @property
    def net_figure(self) -> str:
        """The net with its sign: "+2", "−1", "±0"; "?" if neither side of it is said."""
        return signed(self.net) if self.known else "?"

    @property
    def costs_known(self) -> bool:
        return any(value is not None for _name, value, _most in self.costs)


class LedgerRow(NamedTuple):
    """A measure with what it means for each party, in the order of the parties."""

    measure: MeasureRef
    rated: bool
    one_sided: bool
    shares: list[Share]


class PartyTotal(NamedTuple):
    """A party's sums over the rated measures. ``part``: its part of the whole burden in per cent."""

    id: str
    name: str
    power: str
    total: Share
    part: int | None
    worst_off: bool


class Ledger(NamedTuple):
    """The whole ledger; ``summary`` says in words who comes off worst, ``comparable`` whether enough is rated."""

    parties: list[PartyTotal]
    rows: list[LedgerRow]
    unrated: list[MeasureRef]
    comparable: bool
    summary: str
    what_ifs: list[WhatIf]
    asked: str

    @property
    def what_if_helps(self) -> bool:
        """Whether one of the changes would make the package more even."""
        return any(each.better == "yes" for each in self.what_ifs)


def ledger(card: Scorecard, href: Href = nowhere) -> Ledger:
    """The ledger of a scored package, and what would change if the stronger side took more."""
    package, balance = card.package, card.evaluation.draft.balance
    named = refs(package, href)
    suspect = set(balance.suspect) if balance.known else set()
    rows = [
        LedgerRow(named[i], i in balance.rated, i in suspect, [_share(measure, party) for party in balance.parties])
        for i, measure in enumerate(balance.measures)
    ]
    asked, tried = what_ifs(card)
    return Ledger(
        parties=_totals(package, balance),
        rows=rows,
        unrated=[row.measure for row in rows if not row.rated],
        comparable=balance.known and len(balance.parties) > 1,
        summary=_summary(balance),
        what_ifs=tried,
        asked=asked,
    )


def signed(number: float) -> str:
    """A number with its sign, as people write it."""
    if abs(number) < 0.005:
        return "±0"
    return f"+{number:.3g}" if number > 0 else f"−{-number:.3g}"


def _share(measure: Measure, party: Party) -> Share:
    impact = (measure.impact or {}).get(party.id)
    cost = (measure.cost or {}).get(party.id)
    burden = impact.burden if impact else None
    benefit = impact.benefit if impact else None
    return Share(
        party=party.name,
        burden=burden,
        benefit=benefit,
        face=impact.loss_of_face if impact else None,
        costs=[(label(kind, "cost"), getattr(cost, kind, None), SCALES[kind]) for kind in COSTS],
        bars=_bars(burden, benefit, SCALES["burden"]),
    )


def _bars(burden: int | None, benefit: int | None, scale: int) -> Bars:
    half = 50 / max(scale, 1)
    length = (burden or 0) * half
    return Bars(round(50 - length, 2), round(length, 2), round((benefit or 0) * half, 2))


def _totals(package: Package, balance: Balance) -> list[PartyTotal]:
    if not balance.rated:
        scale, worst, whole = 1, "", 0
    else:
        scale = max(*balance.burdens.values(), *balance.benefits.values(), 1) if balance.parties else 1
        far = balance.parties and len(balance.parties) > 1 and balance.known and balance.distance > 0
        worst = balance.worst_off.id if far else ""
        whole = sum(balance.burdens.values())
    return [
        PartyTotal(
            id=party.id,
            name=party.name,
            power=word("power", party.power) if party.power else "",
            total=_total(party, balance, scale),
            part=round(100 * balance.burdens[party.id] / whole) if whole else None,
            worst_off=party.id == worst,
        )
        for party in balance.parties
    ]


def _total(party: Party, balance: Balance, scale: int) -> Share:
    """Burdens and benefits are summed; of loss of face and of each cost the highest counts, never a sum."""
    shares = [_share(balance.measures[i], party) for i in balance.rated]
    everywhere = [_share(measure, party) for measure in balance.measures]
    known = any(share.known for share in shares)
    burden = balance.burdens[party.id] if known else None
    benefit = balance.benefits[party.id] if known else None
    return Share(
        party=party.name,
        burden=burden,
        benefit=benefit,
        face=_highest(share.face for share in everywhere),
        costs=[
            (label(kind, "cost"), _highest(share.costs[n][1] for share in everywhere), SCALES[kind])
            for n, kind in enumerate(COSTS)
        ],
        bars=_bars(burden, benefit, scale),
    )


def _highest(values: Iterable[int | None]) -> int | None:
    return max((value for value in values if value is not None), default=None)


def _summary(balance: Balance) -> str:
    if len(balance.parties) < 2:
        return _("Name at least two parties, and the ledger compares them.")
    if not balance.measures:
        return _("There is no measure yet whose burden and benefit could be compared.")
    if not balance.rated:
        return _("No measure is rated yet: say for each what it asks of each party and brings it, from 0 to 4.")
    if not balance.known:
        return _("Fewer than half of the measures are rated, so the parties cannot be compared yet.")
    if balance.distance == 0:
        return _("By these ratings all parties come off alike.")
    values = {"party": balance.worst_off.name, "distance": f"{balance.distance:.2g}"}
    if balance.distance <= EVEN_ENOUGH:
        said = _(
            "%(party)s comes off a little worse: its net effect is lower by %(distance)s a measure. That is close."
        )
        return said % values
    return _("%(party)s comes off worst: its net effect is lower by %(distance)s a measure.") % values
