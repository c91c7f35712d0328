"""C4 Unilateral, asymmetric and "false" measures: one-sided steps can cost face or invite triumph, equal terms can hit
unequally, and some measures touch one side only."""

from __future__ import annotations

from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    REVERSED_TRI_GRADE,
    UNKNOWN,
    Grade,
    Judgement,
    at_most,
    from_ceiling,
)
from assessments.engine.mending import answer, named, raise_measures
from assessments.engine.reading import BLANK, NO_MEASURES, tri_answer, tri_share
from assessments.engine.rubric import Applies, Change, Example, Trigger, check
from assessments.package import Measure
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "C4"

CLOSE = 0.75
"""D, the distance between net effects, up to which nothing has to be made good."""


def _weaker_pays(draft: Draft) -> bool:
    return draft.powers_differ and draft.balance.known and draft.balance.worst_off.power == "weaker"


TRIGGERS = (
    Trigger(
        "raises_to_moderate",
        lambda grade, draft: grade("C4.3") == NOT_MET and _weaker_pays(draft),
        _("Net effects are far apart and a weaker side is worst off."),
    ),
    Trigger(
        "raises_to_high",
        lambda grade, draft: (
            grade("C4.3") == NOT_MET and _weaker_pays(draft) and not at_most(draft.balance.distance, 2)
        ),
        _("Net effects are very far apart and a weaker side is worst off."),
    ),
)

IMPACT = ("measures.impact", "measures.reciprocity", "parties")
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


def stepping(*measures: dict[str, Any], powers: bool = True) -> dict[str, Any]:
    """An example package of measures without ratings; a is stronger and b weaker."""
    parties = [{"id": "a", "name": "A", "power": "stronger"}, {"id": "b", "name": "B", "power": "weaker"}]
    if not powers:
        parties = [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]
    return {
        "parties": parties,
        "measures": [{"id": f"m{n}", "title": f"step {n}", **m} for n, m in enumerate(measures)],
    }


EVEN = ((1, 2), (1, 2))
ONE_SIDED = ((0, 0), (1, 3))


def _unrated(draft: Draft) -> Judgement:
    if not draft.measures:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    return Judgement(UNKNOWN, Text(SCARCE), ("/measures",))


def rate_evenly(draft: Draft) -> Change | None:
    """Answers missing ratings with an even effect on every party."""
    if draft.balance.known or not draft.parties:
        return None
    even = {party.id: {"burden": 1, "benefit": 2, "loss_of_face": 0} for party in draft.parties}
    edits = [Edit(f"/measures/{i}/impact", even) for i, m in enumerate(draft.measures) if m.impact is None]
    return Change(tuple(edits), "") if edits else None


def _pair_one_sided(draft: Draft) -> Change | None:
    if not draft.balance.known:
        return rate_evenly(draft)
    suspect = draft.balance.suspect
    if not suspect:
        return None
    edits = []
    for i in suspect:
        both = {
            p.id: {
                "burden": max(1, draft.balance.burden(i, p.id)),
                "benefit": max(1, draft.balance.benefit(i, p.id)),
                "loss_of_face": draft.balance.loss_of_face(i, p.id),
            }
            for p in draft.parties
        }
        edits.append(Edit(f"/measures/{i}/impact", both))
    return Change(
        tuple(edits),
        _("Pair {measures} with a mirror step, so that each side gives and gets"),
        {"measures": named(draft, suspect)},
    )


@check(
    "C4.1",
    question=_("No false measures?"),
    weight=2.5,
    reads=IMPACT,
    rule=_(
        "Share of rated measures that touch one side only (one gains nothing and another 2 or more, or one carries "
        "nothing and another 2 or more and the step is not sequenced): none: met; up to 25 %: partly."
    ),
    advice=_("Pair or drop."),
    ask=_("What does each side give, and what does each get, in this measure?"),
    too_far=_("Not every step needs a mirror on the same day; a sequence can balance too."),
    cases=("black-sea-grain-2022",),
    effort=3,
    examples=(
        Example(impacts(EVEN, EVEN), MET),
        Example(impacts(EVEN, EVEN, EVEN, ONE_SIDED), PARTLY),
        Example(impacts(EVEN, ONE_SIDED), NOT_MET),
        Example(impacts(((0, 1), (3, 1)), reciprocity="sequenced"), MET),
        Example(impacts(((0, 1), (3, 1))), NOT_MET),
        Example({"measures": [{"id": "m1", "title": "call"}]}, UNKNOWN),
    ),
    mend=_pair_one_sided,
)
def no_measure_touches_one_side_only(draft: Draft) -> Judgement:
    """Share of suspect measures among the rated ones."""
    balance = draft.balance
    if not balance.known:
        return _unrated(draft)
    suspect = balance.suspect
    because = Text(
        _("{suspect} of {rated} rated measures touch one side only."), suspect=len(suspect), rated=len(balance.rated)
    )
    evidence = [f"/measures/{i}/impact" for i in suspect or balance.rated]
    return Judgement(from_ceiling(len(suspect) / len(balance.rated), 0, 0.25), because, evidence)


def _safety(draft: Draft, measure: Measure) -> float | None:
    """1 safe, 0.5 partly, 0 not; ``None`` if consent is unknown."""
    if measure.tacit_consent is None:
        return None
    consent, reply = measure.tacit_consent == "yes", measure.reply_agreed == "yes"
    if measure.initiator in draft.stronger:
        return 1.0 if consent and reply else 0.5 if consent else 0.0
    return 0.5 if consent and reply else 0.0


def _bless_unilateral(draft: Draft) -> Change | None:
    stated = [m for m in draft.measures if m.reciprocity is not None]
    if 2 * len(stated) < len(draft.measures) or not stated:
        edits = [
            Edit(f"/measures/{i}/reciprocity", "simultaneous")
            for i, m in enumerate(draft.measures)
            if m.reciprocity is None
        ]
        return Change(tuple(edits), "") if edits else None
    fix = [i for i, m in enumerate(draft.measures) if m.reciprocity == "unilateral" and (_safety(draft, m) or 0) < 1]
    words = _("Make {measures} a step of both sides at the same time, or fix the reply beforehand")
    edits = [Edit(f"/measures/{i}/reciprocity", "simultaneous") for i in fix]
    return Change(tuple(edits), words, {"measures": named(draft, fix)}) if fix else None


@check(
    "C4.2",
    question=_("Are unilateral steps safe?"),
    weight=2,
    reads=(
        "measures.reciprocity",
        "measures.initiator",
        "measures.tacit_consent",
        "measures.reply_agreed",
        "parties",
    ),
    rule=_(
        "No unilateral step: met. Otherwise the worst one: by a stronger side with consent and an agreed reply: met, "
        "with consent only: partly; by any other side with both: partly; else not met, but partly if at most one "
        "measure in four is unilateral."
    ),
    advice=_(
        "If a gesture is the only way to open the door, let the stronger make it, with the tacit blessing of all, and "
        "agree the answer beforehand."
    ),
    ask=_("Does the other side know of this step, and what will it do in return?"),
    too_far=_("A gesture that is bargained over first is no gesture any more."),
    cases=("sadat-jerusalem-1977", "cyprus-crossings-2003"),
    effort=3,
    examples=(
        Example(stepping({"reciprocity": "simultaneous"}), MET),
        Example(
            stepping({"reciprocity": "unilateral", "initiator": "a", "tacit_consent": "yes", "reply_agreed": "yes"}),
            MET,
        ),
        Example(stepping({"reciprocity": "unilateral", "initiator": "a", "tacit_consent": "yes"}), PARTLY),
        Example(
            stepping({"reciprocity": "unilateral", "initiator": "b", "tacit_consent": "yes", "reply_agreed": "yes"}),
            PARTLY,
        ),
        Example(stepping({"reciprocity": "unilateral", "initiator": "b", "tacit_consent": "yes"}), NOT_MET),
        Example(
            stepping(
                {"reciprocity": "unilateral", "initiator": "b", "tacit_consent": "no"},
                *[{"reciprocity": "simultaneous"}] * 3,
            ),
            PARTLY,
        ),
        Example(stepping({"reciprocity": "unilateral", "initiator": "a"}), UNKNOWN),
        Example(stepping({"reciprocity": "simultaneous"}, {}, {}), UNKNOWN),
    ),
    mend=_bless_unilateral,
)
def unilateral_steps_are_safe(draft: Draft) -> Judgement:
    """The worst known unilateral step."""
    if not draft.measures:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    stated = sum(1 for m in draft.measures if m.reciprocity is not None)
    alone = [i for i, m in enumerate(draft.measures) if m.reciprocity == "unilateral"]
    if not alone:
        if 2 * stated < len(draft.measures):
            return Judgement(UNKNOWN, Text(BLANK, known=stated, count=len(draft.measures)), ("/measures",))
        return Judgement(MET, Text(_("No step is unilateral.")), ("/measures",))
    known = {i: safety for i in alone if (safety := _safety(draft, draft.measures[i])) is not None}
    evidence = [f"/measures/{i}/reciprocity" for i in alone]
    if not known:
        because = Text(
            _("The draft does not say whether the other side consents to {measures}."), measures=named(draft, alone)
        )
        return Judgement(UNKNOWN, because, evidence)
    worst = min(known.values())
    grade: Grade = MET if worst == 1 else PARTLY if worst == 0.5 else NOT_MET
    if grade == NOT_MET and at_most(len(alone) / len(draft.measures), 0.25):
        grade = PARTLY
    says = {
        1.0: _("{count} unilateral: each with the consent of the other side and an agreed reply."),
        0.5: _("{count} unilateral: at least one without an agreed reply, or not by the stronger side."),
        0.0: _("{count} unilateral: at least one without the consent of the other side or its reply."),
    }
    return Judgement(grade, Text(says[worst], count=len(alone)), evidence)


@check(
    "C4.3",
    question=_("Are net effects close?"),
    weight=2.5,
    reads=("G10.2",),
    rule=_("As G10.2."),
    advice=_("Do not equalise the words, equalise the effect."),
    ask=_("What will change for people on each side, and whose gain is larger?"),
    too_far=_("Balancing on paper can hide who really pays."),
    cases=("syria-deescalation-2017",),
    effort=3,
    examples=(
        Example(impacts(EVEN), MET),
        Example(impacts(((1, 2), (1, 3))), PARTLY),
        Example(impacts(((1, 1), (1, 4))), NOT_MET),
        Example({"measures": [{"id": "m1", "title": "call"}]}, UNKNOWN),
    ),
)
def net_effects_are_close(draft: Draft) -> Judgement:
    """The judgement of G10.2."""
    return draft.judge("G10.2")


def _needs_making_good(draft: Draft) -> bool:
    """Unknown effects leave the question open; otherwise powers must differ and effects be apart."""
    if not draft.powers_differ:
        return False
    return not draft.balance.known or not at_most(draft.balance.distance, CLOSE)


@check(
    "C4.4",
    question=_("Is unequal effect made good by the stronger?"),
    weight=1.5,
    reads=("G10.2", "G10.3", "measures.impact", "parties"),
    rule=_(
        "Burden carried as G10.3 asks, and the worst-off side is stronger: met; burden so, otherwise: partly; else not met."
    ),
    advice=_("Add a step by the stronger that helps the weaker's people or dignity."),
    ask=_("What could the stronger side do that the weaker side's people would notice?"),
    too_far=_("Help that looks like charity costs the weaker side its dignity."),
    cases=("nepal-ammaa-2006",),
    effort=3,
    applies=Applies(_needs_making_good, _("Powers do not differ, or net effects are close.")),
    examples=(
        Example(impacts(((3, 1), (1, 3)), powers=True), MET),
        Example(impacts(((2, 4), (2, 1)), powers=True), PARTLY),
        Example(impacts(((1, 4), (3, 1)), powers=True), NOT_MET),
        Example(stepping({}), UNKNOWN),
        Example(impacts(((1, 4), (3, 1))), NOT_APPLICABLE),
        Example(impacts(EVEN, powers=True), NOT_APPLICABLE),
    ),
)
def the_stronger_makes_it_good(draft: Draft) -> Judgement:
    """G10.3 and who is worst off."""
    balance = draft.balance
    if not balance.known:
        return _unrated(draft)
    evidence = [f"/measures/{i}/impact" for i in balance.rated]
    if draft.judge("G10.3").grade != MET:
        return Judgement(
            NOT_MET, Text(_("Effects are unequal and the stronger side does not carry its part.")), evidence
        )
    if balance.worst_off.power == "stronger":
        return Judgement(MET, Text(_("Effects are unequal and it is the stronger side that carries more.")), evidence)
    return Judgement(PARTLY, Text(_("The stronger side carries its part, yet another side is worse off.")), evidence)


def _sequenced(draft: Draft) -> list[int]:
    return [i for i, m in enumerate(draft.measures) if m.reciprocity == "sequenced"]


@check(
    "C4.5",
    question=_("Is the first mover protected?"),
    weight=1,
    reads=("measures.reply_agreed", "measures.reciprocity"),
    rule=_("Whether the reply is agreed, over sequenced measures: met from 80 %, partly from 50 %."),
    advice=_("Shorten the interval, deposit the reply with the third party, or go in quarters."),
    ask=_("What will the second side do, by when, once the first has moved?"),
    too_far=_("A reply that is fixed to the last detail leaves no room for goodwill."),
    cases=("aceh-mou-2005",),
    effort=2,
    applies=Applies(lambda draft: bool(_sequenced(draft)), _("No step is said to follow another's.")),
    examples=(
        Example(stepping({"reciprocity": "sequenced", "reply_agreed": "yes"}), MET),
        Example(stepping({"reciprocity": "sequenced", "reply_agreed": "partly"}), PARTLY),
        Example(stepping({"reciprocity": "sequenced", "reply_agreed": "no"}), NOT_MET),
        Example(stepping({"reciprocity": "sequenced"}), UNKNOWN),
        Example(stepping({"reciprocity": "simultaneous"}), NOT_APPLICABLE),
    ),
    mend=raise_measures(
        "reply_agreed",
        "yes",
        _("Agree the reply to {measures}, and its date, before the first move"),
        met=0.8,
        among=_sequenced,
    ),
)
def the_first_mover_is_protected(draft: Draft) -> Judgement:
    """Agreed replies over sequenced measures."""
    tally = _("For {yes} of {count} steps in sequence the reply is fully agreed ({percent} % in all).")
    return tri_share(draft, "reply_agreed", 0.8, 0.5, tally, _sequenced(draft))


@check(
    "C4.6",
    question=_("Does it not look like one side's list?"),
    weight=0.75,
    reads=("process.seen_as_one_sided_demand",),
    rule=_("Seen as one side's list: not met; in part: partly; not: met."),
    advice=_("Present it as the mediator's and both sides' draft, with the same number of items of each."),
    ask=_("Which lines of this draft would your side call its own?"),
    too_far=_("Counting lines to make them even can push out what matters."),
    cases=("cyprus-varosha-airport-1993",),
    effort=2,
    examples=(
        Example({"process": {"seen_as_one_sided_demand": "no"}}, MET),
        Example({"process": {"seen_as_one_sided_demand": "partly"}}, PARTLY),
        Example({"process": {"seen_as_one_sided_demand": "yes"}}, NOT_MET),
        Example({"process": {}}, UNKNOWN),
    ),
    mend=answer(
        "process",
        "seen_as_one_sided_demand",
        "no",
        _("Present it as a draft of both sides, with lines that each calls its own"),
    ),
)
def it_is_not_one_sides_list(draft: Draft) -> Judgement:
    """The answer on being seen as one side's demand, reversed."""
    return tri_answer(
        draft,
        "process",
        "seen_as_one_sided_demand",
        REVERSED_TRI_GRADE,
        {
            "yes": _("The package is seen as one side's list."),
            "partly": _("Some see the package as one side's list."),
            "no": _("The package is not seen as one side's list."),
        },
    )
