"""G10 Equal impact: both sides feel effort and gain of like weight in practice; where equal terms would bite unequally,
the stronger side carries more."""

from __future__ import annotations

from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    TRI_GRADE,
    UNKNOWN,
    Grade,
    Judgement,
    at_least,
    at_most,
    from_ceiling,
    from_floor,
    percent,
)
from assessments.engine.mending import answer, named
from assessments.engine.reading import NO_MEASURES, graded_share, over_measures, tri_answer
from assessments.engine.rubric import Applies, Cap, Change, Example, check
from assessments.package import Measure
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G10"

DELIVERY = {"yes": 1.0, "partly": 0.6, "no": 0.0}
HOPE = 0.6


def _mostly_hope(grade: Grade, draft: Draft) -> bool:
    """Less than 60 per cent of some party's benefit can be delivered; a grade that is put in decides where it must."""
    if grade in (MET, UNKNOWN, NOT_APPLICABLE):
        return False
    value = _deliverable(draft)
    return grade == NOT_MET or (value is not None and not at_least(value, HOPE))


CAPS = (
    Cap(74, lambda grade, draft: grade("G10.2") == NOT_MET, _("Net effects are far apart.")),
    Cap(
        74,
        lambda grade, draft: _mostly_hope(grade("G10.6"), draft),
        _("Much of what one side is to gain cannot be delivered by those who sign."),
    ),
    Cap(49, lambda grade, draft: grade("G10.1") == NOT_MET, _("Not every side both gives and gets.")),
)

IMPACT = ("measures.impact", "parties")
SCARCE = _("Fewer than half of the measures are rated for their effect on each side.")


def impacts(*rows: tuple[tuple[int, int], tuple[int, int]], powers: bool = False, **fields: Any) -> dict[str, Any]:
    """An example package: a row a measure, with (burden, benefit) for a and for b; ``powers``: a is stronger."""
    parties = [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]
    if powers:
        parties = [{**parties[0], "power": "stronger"}, {**parties[1], "power": "weaker"}]
    measures = [
        {
            "id": f"m{n}",
            "title": f"step {n}",
            "impact": {p: {"burden": x, "benefit": y} for p, (x, y) in zip("ab", row, strict=True)},
            **fields,
        }
        for n, row in enumerate(rows)
    ]
    return {"parties": parties, "measures": measures}


def moves(*measures: dict[str, Any]) -> dict[str, Any]:
    """An example package of these measures; a is stronger and b weaker."""
    return {
        "parties": [{"id": "a", "name": "A", "power": "stronger"}, {"id": "b", "name": "B", "power": "weaker"}],
        "measures": [{"id": f"m{n}", "title": f"step {n}", **m} for n, m in enumerate(measures)],
    }


def faces(*rows: tuple[int, int]) -> dict[str, Any]:
    """An example package with the loss of face of a and of b in each measure."""
    return moves(*[{"impact": {"a": {"loss_of_face": x}, "b": {"loss_of_face": y}}} for x, y in rows])


EVEN = ((1, 2), (1, 2))
UNRATED = moves({})


def _unrated(draft: Draft) -> Judgement:
    if not draft.measures:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    return Judgement(UNKNOWN, Text(SCARCE), ("/measures",))


def _evidence(draft: Draft, positions: tuple[int, ...] | None = None) -> list[str]:
    return [f"/measures/{i}/impact" for i in (positions or draft.balance.rated)]


def _rate_evenly(draft: Draft) -> Change | None:
    """Answers missing ratings with an even effect on every party."""
    if not draft.parties:
        return None
    even = {party.id: {"burden": 1, "benefit": 2, "loss_of_face": 0} for party in draft.parties}
    edits = [Edit(f"/measures/{i}/impact", even) for i, m in enumerate(draft.measures) if m.impact is None]
    return Change(tuple(edits), "") if edits else None


def _make_even(draft: Draft, positions: tuple[int, ...], words: str) -> Change | None:
    """Gives the measures the same burden and benefit for every side: their rounded means, at least 1."""
    edits = []
    for i in positions:
        parties = [p.id for p in draft.parties]
        burden = max(1, round(sum(draft.balance.burden(i, p) for p in parties) / len(parties)))
        benefit = max(1, round(sum(draft.balance.benefit(i, p) for p in parties) / len(parties)))
        even = {
            p: {"burden": burden, "benefit": benefit, "loss_of_face": draft.balance.loss_of_face(i, p)} for p in parties
        }
        edits.append(Edit(f"/measures/{i}/impact", even))
    return Change(tuple(edits), words, {"measures": named(draft, positions)}) if edits else None


def _pair_with_mirror(draft: Draft) -> Change | None:
    if not draft.balance.known:
        return _rate_evenly(draft)
    return _make_even(
        draft,
        draft.balance.suspect or draft.balance.rated,
        _("Pair {measures} with a mirror step and announce both together"),
    )


@check(
    "G10.1",
    question=_("Does every side both give and get?"),
    weight=2.5,
    reads=(*IMPACT, "measures.reciprocity"),
    rule=_(
        "Met: every party has burden and benefit of 1 or more in all, and no measure touches one side only; partly: the "
        "former only; else not met."
    ),
    advice=_("Pair the one-sided measure with its mirror, and announce both together."),
    ask=_("What do you give in this package, and what do you get?"),
    too_far=_("Mirrors for everything turn a package into a barter."),
    cases=("moldova-berlin-plus-2016",),
    effort=3,
    examples=(
        Example(impacts(EVEN), MET),
        Example(impacts(EVEN, ((0, 1), (2, 1))), PARTLY),
        Example(impacts(EVEN, ((0, 1), (2, 1)), reciprocity="sequenced"), MET),
        Example(impacts(((1, 2), (1, 0))), NOT_MET),
        Example(UNRATED, UNKNOWN),
    ),
    mend=_pair_with_mirror,
)
def every_side_gives_and_gets(draft: Draft) -> Judgement:
    """Totals of each party, and measures that touch one side only."""
    balance = draft.balance
    if not balance.known:
        return _unrated(draft)
    if min(balance.burdens.values()) < 1 or min(balance.benefits.values()) < 1:
        because = _("In all, at least one side gives nothing or gets nothing.")
        return Judgement(NOT_MET, Text(because), _evidence(draft))
    if balance.suspect:
        because = _("Every side gives and gets in all, but {measures} touches one side only.")
        return Judgement(
            PARTLY, Text(because, measures=named(draft, balance.suspect)), _evidence(draft, balance.suspect)
        )
    return Judgement(MET, Text(_("Every side gives and gets, and no measure touches one side only.")), _evidence(draft))


def _equalise(draft: Draft) -> Change | None:
    if not draft.balance.known:
        return _rate_evenly(draft)
    words = _("Equalise the effect of {measures}, not the words: each side should feel about the same")
    return _make_even(draft, draft.balance.rated, words)


@check(
    "G10.2",
    question=_("Are net effects close?"),
    weight=2.5,
    reads=IMPACT,
    rule=_(
        "D is the distance between the highest and the lowest net effect (benefit less burden, per rated measure). Met "
        "up to 0.75, partly up to 1.5. If powers differ, partly becomes met when the worst-off is stronger and D is up "
        "to 1.0, and not met when it is weaker and D is above 1.0."
    ),
    advice=_(
        "Do not equalise the words, equalise the effect: fewer tanks on one side may equal fewer rifles on the other."
    ),
    ask=_("What will change for people on each side, and whose gain is larger?"),
    too_far=_("Balancing on paper can hide who really pays."),
    cases=("sinai-disengagement-1975",),
    effort=3,
    examples=(
        Example(impacts(EVEN), MET),
        Example(impacts(((1, 1), (1, 2)), powers=True), MET),
        Example(impacts(((1, 2), (1, 1)), powers=True), PARTLY),
        Example(impacts(((1, 2), (1, 3)), EVEN, EVEN, EVEN), MET),
        Example(impacts(((1, 1), (1, 2))), PARTLY),
        Example(impacts(((1, 3), (1, 2)), ((1, 3), (1, 1)), powers=True), NOT_MET),
        Example(impacts(((1, 1), (1, 3))), NOT_MET),
        Example(UNRATED, UNKNOWN),
    ),
    mend=_equalise,
)
def net_effects_are_close(draft: Draft) -> Judgement:
    """D, read by who is worst off."""
    balance = draft.balance
    if not balance.known:
        return _unrated(draft)
    distance = balance.distance
    grade = from_ceiling(distance, 0.75, 1.5)
    worst = balance.worst_off
    if grade == PARTLY and draft.powers_differ:
        if worst.power == "stronger" and at_most(distance, 1.0):
            grade = MET
        elif worst.power == "weaker" and not at_most(distance, 1.0):
            grade = NOT_MET
    because = Text(
        _("Net effects are {distance:.2f} points a measure apart; {worst} has the lowest."),
        distance=distance,
        worst=worst.name,
    )
    return Judgement(grade, because, _evidence(draft))


def _burden_grade(draft: Draft) -> tuple[Grade, float]:
    """The grade, and the share or distance that it rests on."""
    burdens = draft.balance.burdens
    total = sum(burdens.values())
    if draft.powers_differ:
        carried = sum(burdens[p] for p in draft.stronger) / total
        due = len(draft.stronger) / len(draft.parties)
        return from_floor(carried - due, -0.02, -0.10), carried
    even = 1 / len(draft.parties)
    farthest = max(abs(burden / total - even) for burden in burdens.values())
    return from_ceiling(farthest, 0.15, 0.25), farthest


def _shift_burden(draft: Draft) -> Change | None:
    if not draft.balance.known:
        return _rate_evenly(draft)
    words = _("Ask the stronger side for the first or larger step in {measures}, as a sign of its own confidence")
    return _make_even(draft, draft.balance.rated, words)


def _somebody_bears_it(draft: Draft) -> bool:
    return not draft.balance.known or any(draft.balance.burdens.values())


@check(
    "G10.3",
    question=_("Who carries the burden?"),
    weight=1.5,
    reads=IMPACT,
    rule=_(
        "Powers differ: the stronger parties together carry at least their head-count share of the burden less 2 points "
        "(met) or 10 points (partly). Comparable: no party is more than 15 points (met) or 25 points (partly) from an "
        "even share."
    ),
    advice=_("Ask the stronger side for the first or larger step, framed as confidence in its own position."),
    ask=_("Which side has more to do in the first month?"),
    too_far=_("A side that is made to carry everything will drop it."),
    cases=("mozambique-2014-2019",),
    effort=3,
    applies=Applies(_somebody_bears_it, _("Nobody bears a burden.")),
    examples=(
        Example(impacts(EVEN, powers=True), MET),
        Example(impacts(((3, 2), (2, 2))), MET),
        Example(impacts(((3, 2), (4, 2)), powers=True), PARTLY),
        Example(impacts(((3, 2), (1, 2))), PARTLY),
        Example(impacts(((1, 2), (3, 2)), powers=True), NOT_MET),
        Example(impacts(((4, 2), (1, 2))), NOT_MET),
        Example(UNRATED, UNKNOWN),
        Example(impacts(((0, 2), (0, 2))), NOT_APPLICABLE),
    ),
    mend=_shift_burden,
)
def the_burden_is_carried_fairly(draft: Draft) -> Judgement:
    """Shares of the total burden."""
    if not draft.balance.known:
        return _unrated(draft)
    grade, figure = _burden_grade(draft)
    says = (
        _("The stronger side carries {percent} % of the burden.")
        if draft.powers_differ
        else _("No side is more than {percent} points from an even share of the burden.")
    )
    return Judgement(grade, Text(says, percent=percent(figure)), _evidence(draft))


def _sequenced_worth(measure: Measure) -> float | None:
    return {"yes": 1.0, "partly": 0.5, "no": 0.25, None: None}[measure.reply_agreed]


def _reciprocity(draft: Draft, measure: Measure) -> float | None:
    """How reciprocal a measure is, 0 to 1; ``None`` unknown."""
    if measure.reciprocity is None:
        return None
    if measure.reciprocity == "simultaneous":
        return 1.0
    if measure.reciprocity == "sequenced":
        return _sequenced_worth(measure)
    if measure.tacit_consent is None:
        return None
    consent, reply = measure.tacit_consent == "yes", measure.reply_agreed == "yes"
    if measure.initiator in draft.stronger:
        return (0.75 if reply else 0.5) if consent else 0.25
    return 0.25 if consent else 0.0


def _together(draft: Draft) -> Change | None:
    worths = {i: _reciprocity(draft, m) for i, m in enumerate(draft.measures)}
    known = {i: w for i, w in worths.items() if w is not None}
    if not known or 2 * len(known) < len(worths):
        edits = [Edit(f"/measures/{i}/reciprocity", "simultaneous") for i, w in worths.items() if w is None]
        return Change(tuple(edits), "") if edits else None
    chosen = []
    for i in sorted((i for i in known if known[i] < 1), key=lambda i: (known[i], i)):
        if at_least(sum(known.values()) / len(known), 0.7):
            break
        known[i] = 1.0
        chosen.append(i)
    chosen.sort()
    edits = [Edit(f"/measures/{i}/reciprocity", "simultaneous") for i in chosen]
    words = _("Make {measures} a step of both sides at once, or fix the reply and its date before the first move")
    return Change(tuple(edits), words, {"measures": named(draft, chosen)}) if edits else None


@check(
    "G10.4",
    question=_("Is it reciprocal?"),
    weight=2,
    reads=(
        "measures.reciprocity",
        "measures.reply_agreed",
        "measures.tacit_consent",
        "measures.initiator",
        "parties",
    ),
    rule=_(
        "Simultaneous 1. In sequence: reply agreed 1, in part 0.5, not 0.25. Unilateral by a stronger side: with consent "
        "and reply 0.75, consent only 0.5, otherwise 0.25; by any other: with consent 0.25, otherwise 0. Met from 70 %, "
        "partly from 40 %."
    ),
    advice=_("Make steps simultaneous, or fix the reply and its date before the first move."),
    ask=_("When one side has moved, what does the other do, by when?"),
    too_far=_("Tit for tat in everything makes each delay a reason for the next."),
    cases=("korea-basic-agreement-sunshine",),
    effort=3,
    examples=(
        Example(moves({"reciprocity": "simultaneous"}), MET),
        Example(moves({"reciprocity": "sequenced", "reply_agreed": "yes"}), MET),
        Example(
            moves({"reciprocity": "unilateral", "initiator": "a", "tacit_consent": "yes", "reply_agreed": "yes"}), MET
        ),
        Example(moves({"reciprocity": "unilateral", "initiator": "a", "tacit_consent": "yes"}), PARTLY),
        Example(moves({"reciprocity": "sequenced", "reply_agreed": "partly"}), PARTLY),
        Example(moves({"reciprocity": "sequenced", "reply_agreed": "no"}), NOT_MET),
        Example(moves({"reciprocity": "unilateral", "tacit_consent": "no"}), NOT_MET),
        Example(moves({"reciprocity": "sequenced"}), UNKNOWN),
        Example(moves({"reciprocity": "unilateral", "initiator": "a"}), UNKNOWN),
    ),
    mend=_together,
)
def it_is_reciprocal(draft: Draft) -> Judgement:
    """Reciprocity over measures."""
    reading = over_measures(draft, "reciprocity")
    worths = reading._replace(values=[_reciprocity(draft, m) for m in draft.measures])
    tally = _("{yes} of {known} measures are fully reciprocal ({percent} % in all).")
    return graded_share(worths, 0.7, 0.4, tally)


def _shaming(draft: Draft) -> tuple[int, ...]:
    """Rated measures in which some parties lose face badly, but not all."""
    shaming = []
    for i in draft.balance.rated:
        losses = [draft.balance.loss_of_face(i, p.id) == 2 for p in draft.parties]
        if any(losses) and not all(losses):
            shaming.append(i)
    return tuple(shaming)


def _save_face(draft: Draft) -> Change | None:
    if not draft.balance.known:
        return _rate_evenly(draft)
    shaming = _shaming(draft)
    edits = tuple(
        Edit(f"/measures/{i}/impact/{p.id}/loss_of_face", 1)
        for i in shaming
        for p in draft.parties
        if draft.balance.loss_of_face(i, p.id) == 2
    )
    words = _("Change place, order or wording of {measures} so that nobody arrives as petitioner")
    return Change(edits, words, {"measures": named(draft, shaming)}) if edits else None


@check(
    "G10.5",
    question=_("Can nobody be shamed or crowned?"),
    weight=1,
    reads=IMPACT,
    rule=_("Share of rated measures in which some but not all lose face badly: none met, up to 25 % partly."),
    advice=_("Change place, order or wording so that nobody arrives as petitioner."),
    ask=_("What picture of this would your opponents at home like to print?"),
    too_far=_("Protocol can eat the time that the talks need."),
    cases=("shalit-exchange-2011",),
    effort=2,
    examples=(
        Example(faces((0, 1)), MET),
        Example(faces((2, 2)), MET),
        Example(faces((2, 0), (0, 0), (0, 0), (0, 0)), PARTLY),
        Example(faces((2, 0)), NOT_MET),
        Example(UNRATED, UNKNOWN),
    ),
    mend=_save_face,
)
def nobody_is_shamed(draft: Draft) -> Judgement:
    """Share of shaming measures."""
    balance = draft.balance
    if not balance.known:
        return _unrated(draft)
    shaming = _shaming(draft)
    because = Text(
        _("In {count} of {rated} rated measures one side loses face badly and another does not."),
        count=len(shaming),
        rated=len(balance.rated),
    )
    return Judgement(from_ceiling(len(shaming) / len(balance.rated), 0, 0.25), because, _evidence(draft, shaming))


def _deliverable(draft: Draft) -> float | None:
    """The lowest share of a party's benefit that can be delivered; ``None`` unknown."""
    balance = draft.balance
    if not balance.rated or not draft.parties:
        return None
    if any(draft.measures[i].capacity is None for i in balance.rated):
        return None
    lowest = None
    for party in draft.parties:
        total = sum(balance.benefit(i, party.id) for i in balance.rated)
        if not total:
            return None
        kept = sum(balance.benefit(i, party.id) * DELIVERY[draft.measures[i].capacity or ""] for i in balance.rated)
        lowest = kept / total if lowest is None else min(lowest, kept / total)
    return lowest


def _make_deliverable(draft: Draft) -> Change | None:
    if not draft.balance.rated:
        even = _rate_evenly(draft)
        if even is None:
            return None
        edits = [*even.edits, *(Edit(f"/measures/{i}/capacity", "yes") for i in range(len(draft.measures)))]
        return Change(tuple(edits), "")
    lacking = [i for i in draft.balance.rated if draft.measures[i].capacity != "yes"]
    edits = [Edit(f"/measures/{i}/capacity", "yes") for i in lacking]
    words = _("Bring those who must deliver {measures} in, or replace the benefit by one that the sides can deliver")
    return Change(tuple(edits), words, {"measures": named(draft, lacking)}) if edits else None


@check(
    "G10.6",
    question=_("Can the signatories deliver each side's gain?"),
    weight=1.5,
    reads=(*IMPACT, "measures.capacity"),
    rule=_(
        "For each party, benefit times capacity (yes 1, in part 0.6, no 0) over benefit; the lowest: met from 75 %, "
        "partly from 50 %. Unknown if the capacity of a rated measure is, or a party has no benefit."
    ),
    advice=_("A benefit promised on behalf of outsiders is a hope. Bring them in, or replace it."),
    ask=_("Who outside this room must act before your people feel a benefit?"),
    too_far=_("Guarantors at every step make the sides their wards."),
    cases=("black-sea-grain-2022",),
    effort=3,
    examples=(
        Example(impacts(EVEN, capacity="yes"), MET),
        Example(impacts(EVEN, capacity="partly"), PARTLY),
        Example(impacts(EVEN, capacity="no"), NOT_MET),
        Example(impacts(EVEN), UNKNOWN),
        Example(impacts(((1, 2), (1, 0)), capacity="yes"), UNKNOWN),
        Example(UNRATED, UNKNOWN),
    ),
    mend=_make_deliverable,
)
def gains_can_be_delivered(draft: Draft) -> Judgement:
    """The lowest deliverable share of any party."""
    value = _deliverable(draft)
    if value is None:
        because = Text(_("For a rated measure it is not said who can deliver it, or a side gains nothing."))
        return Judgement(UNKNOWN, because, _evidence(draft) or ("/measures",) if draft.measures else ())
    because = Text(
        _("At least {percent} % of each side's gain can be delivered by those who sign."), percent=percent(value)
    )
    return Judgement(from_floor(value, 0.75, 0.5), because, _evidence(draft))


@check(
    "G10.7",
    question=_("Was the effect assessed on the ground, with those affected?"),
    weight=0.5,
    reads=("context.impact_assessed",),
    rule=_("As answered."),
    advice=_("Ask people on both sides of the line what would change for them on the Monday after."),
    ask=_("What would change for people on both sides of the line on the Monday after?"),
    too_far=_("Asking people raises hopes; say what is and what is not being promised."),
    cases=("southern-africa-peace-parks",),
    effort=2,
    examples=(
        Example({"context": {"impact_assessed": "yes"}}, MET),
        Example({"context": {"impact_assessed": "partly"}}, PARTLY),
        Example({"context": {"impact_assessed": "no"}}, NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=answer(
        "context", "impact_assessed", "yes", _("Ask people on both sides of the line what would change for them")
    ),
)
def the_effect_was_assessed(draft: Draft) -> Judgement:
    """The answer on assessment."""
    return tri_answer(
        draft,
        "context",
        "impact_assessed",
        TRI_GRADE,
        {
            "yes": _("The effect was assessed on the ground, with those affected."),
            "partly": _("The effect was assessed in part."),
            "no": _("The effect was not assessed with those affected."),
        },
    )
