"""A proposal and its variants in one table: scores, coverage, cost, burden and benefit, sequence. No database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from assessments.engine.balance import Balance
from assessments.package import Package
from assessments.presentation.fields import label
from assessments.presentation.package_view import sentence
from assessments.presentation.scorecard import in_order
from proposals.comparing.scores import (
    Advice,
    Standing,
    Turn,
    advice_of,
    challenge_standing,
    guideline_standing,
    turn,
    turn_of,
)

COSTS: Final = ("money", "political", "security")
MINUS: Final = "\N{MINUS SIGN}"

Scores = Mapping[str, Any]


class Candidate(NamedTuple):
    """A package with its scorecard."""

    package: Package
    scorecard: Scores


class Cell(NamedTuple):
    """A figure in words; ``note`` says what it rests on, ``is_known`` is false where the draft does not say it."""

    text: str
    is_known: bool = True
    note: str = ""


class Row(NamedTuple):
    """A figure of each candidate, the base first; ``is_same``: it is the same in all."""

    name: str
    cells: list[Cell]
    is_same: bool


class TopicCell(NamedTuple):
    """A guideline or challenge in one candidate, and how and by how much it differs from the base; ``turn`` is
    ``None`` for the base itself."""

    standing: Standing
    turn: Turn | None
    by: str


class TopicRow(NamedTuple):
    """A guideline or challenge in each candidate."""

    id: str
    name: str
    cells: list[TopicCell]
    is_same: bool


class SideBySide(NamedTuple):
    """The whole table. ``sequence``: the titles of each candidate's measures, in order."""

    advice: list[tuple[Advice, Turn | None]]
    figures: list[Row]
    guidelines: list[TopicRow]
    challenges: list[TopicRow]
    costs: list[Row]
    parties: list[Row]
    sequence: list[list[str]]


def side_by_side(candidates: Sequence[Candidate]) -> SideBySide:
    """The candidates in their order; the first one is the base."""
    packages = [each.package for each in candidates]
    scores = [each.scorecard for each in candidates]
    advice = [advice_of(each) for each in scores]
    base = advice[0].verdict
    return SideBySide(
        advice=[(each, turn(base, each.verdict) if n else None) for n, each in enumerate(advice)],
        figures=[
            _row(_("Index"), [_number(each.overall) for each in advice]),
            _row(_("How much is known"), [_coverage(each) for each in scores]),
            _row(_("Measures"), [Cell(str(len(package.measures or ()))) for package in packages]),
        ],
        guidelines=_topics([each["guidelines"] for each in scores], guideline_standing),
        challenges=_topics([each["challenges"] for each in scores], challenge_standing),
        costs=[_row(sentence(label(kind, "cost")), [_cost(package, kind) for package in packages]) for kind in COSTS],
        parties=_parties(packages),
        sequence=[[measure.title for measure in package.measures or ()] for package in packages],
    )


def _row(name: str, cells: list[Cell]) -> Row:
    return Row(name, cells, all(cell == cells[0] for cell in cells))


def _unknown(note: str = "") -> Cell:
    return Cell(_("not said"), is_known=False, note=note)


def _number(number: int | None) -> Cell:
    return Cell(str(number)) if number is not None else Cell(_("too little known"), is_known=False)


def _coverage(scores: Scores) -> Cell:
    """The mean coverage of the guidelines that apply."""
    known = [row["coverage"] for row in scores["guidelines"].values() if row["band"] != "not_applicable"]
    return Cell(_("%(percent)s %%") % {"percent": round(100 * sum(known) / len(known))}) if known else _unknown()


def _topics(groups: Sequence[Mapping[str, Scores]], standing: Callable[[Scores], Standing]) -> list[TopicRow]:
    rows = []
    for row in in_order(groups[0]):
        every = [standing(next(each for each in group.values() if each["id"] == row["id"])) for group in groups]
        cells = [TopicCell(each, *(turn_of(every[0], each) if n else (None, ""))) for n, each in enumerate(every)]
        same = all((each.code, each.score) == (every[0].code, every[0].score) for each in every)
        rows.append(TopicRow(row["id"], _(row["name"]), cells, same))
    return rows


def _cost(package: Package, kind: str) -> Cell:
    """What all measures together cost all parties, in points from 0 to 3 for each measure and party."""
    measures = package.measures or ()
    told = [[getattr(cost, kind) for cost in (measure.cost or {}).values()] for measure in measures]
    stated = [[points for points in each if points is not None] for each in told]
    rated = sum(1 for each in stated if each)
    if not rated:
        return _unknown()
    return Cell(str(sum(map(sum, stated))), note=_rests_on(rated, len(measures)))


def _rests_on(rated: int, of: int) -> str:
    return "" if rated == of else _("rated for %(rated)s of %(of)s measures") % {"rated": rated, "of": of}


def _parties(packages: Sequence[Package]) -> list[Row]:
    """Burden, benefit and net effect of each party that any of the packages has."""
    names = {party.id: party.name for package in reversed(packages) for party in package.parties or ()}
    order = dict.fromkeys(party.id for package in packages for party in package.parties or ())
    ledgers = [Balance.of(package.measures or (), package.parties or ()) for package in packages]
    return [_row(names[party], [_ledger(balance, party) for balance in ledgers]) for party in order]


def _ledger(balance: Balance, party: str) -> Cell:
    if not balance.known or party not in balance.burdens:
        return _unknown(_("fewer than half of the measures are rated") if balance.parties and balance.rated else "")
    figures = {
        "burden": balance.burdens[party],
        "benefit": balance.benefits[party],
        "net": _signed(balance.nets[party]),
    }
    text = _("burden %(burden)s, benefit %(benefit)s, net %(net)s for each measure") % figures
    return Cell(text, note=_rests_on(len(balance.rated), len(balance.measures)))


def _signed(number: float) -> str:
    rounded = round(number, 1) or 0.0
    return f"{rounded:+.1f}".replace("-", MINUS) if rounded else "0"
