"""G8 Low-cost: cheap in money, and above all in political and military risk, so that the threshold to act stays low and
a step can be taken back."""

from __future__ import annotations

from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import MET, NOT_MET, PARTLY, TRI, UNKNOWN, Judgement, from_ceiling
from assessments.engine.mending import named, raise_measures
from assessments.engine.reading import not_said, tri_share
from assessments.engine.rubric import Change, Example, Mend, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G8"


def costing(kind: str, *values: int | None, phase: str | None = "negotiation", **fields: Any) -> dict[str, Any]:
    """An example package in a phase with a measure for each cost of a kind to party a."""
    measures = [
        {"id": f"m{n}", "title": f"step {n}", **({} if v is None else {"cost": {"a": {kind: v}}}), **fields}
        for n, v in enumerate(values)
    ]
    return {"measures": measures, **({"context": {"phase": phase}} if phase else {})}


def tri(field: str, *values: str | None, phase: str | None = "negotiation") -> dict[str, Any]:
    """An example package in a phase with a measure for each answer of a field."""
    measures = [{"id": f"m{n}", "title": f"step {n}", **({field: v} if v else {})} for n, v in enumerate(values)]
    return {"measures": measures, **({"context": {"phase": phase}} if phase else {})}


def _ratings(draft: Draft, kind: str) -> dict[int, int]:
    """By position the highest cost of a kind to any party, where one is given."""
    highest = {}
    for i, measure in enumerate(draft.measures):
        values = [v for cost in (measure.cost or {}).values() if (v := getattr(cost, kind)) is not None]
        if values:
            highest[i] = max(values)
    return highest


def _costs(draft: Draft, positions: list[int]) -> list[str]:
    return [f"/measures/{i}/cost" for i in positions]


def _cheapen(kind: str, words: str, limit: Any) -> Mend:
    """Lowers every cost of a kind to the limit; if none is given, answers with a low one."""

    def mend(draft: Draft) -> Change | None:
        if not _ratings(draft, kind):
            if not draft.measures or not draft.parties:
                return None
            party = draft.parties[0].id
            cost = {p: c.model_dump(exclude_none=True) for p, c in (draft.measures[0].cost or {}).items()}
            cost[party] = {**cost.get(party, {}), kind: 1}
            return Change((Edit("/measures/0/cost", cost),), "")
        most = limit(draft)
        dear = [
            (i, party)
            for i, measure in enumerate(draft.measures)
            for party, cost in (measure.cost or {}).items()
            if (getattr(cost, kind) or 0) > most
        ]
        edits = tuple(Edit(f"/measures/{i}/cost/{party}/{kind}", most) for i, party in dear)
        return Change(edits, words, {"measures": named(draft, dict.fromkeys(i for i, _p in dear))}) if edits else None

    return mend


def _risk_limits(draft: Draft) -> tuple[int, int]:
    return (2, 3) if draft.phase == "implementation" else (1, 2)


def _fund(draft: Draft) -> Change | None:
    if not _ratings(draft, "money"):
        return _cheapen("money", "", lambda d: 1)(draft)
    unfunded = [i for i, m in enumerate(draft.measures) if m.funding in ("partly", "no")]
    if not unfunded and not any(m.funding for m in draft.measures):
        unfunded = list(range(len(draft.measures)))
    edits = tuple(Edit(f"/measures/{i}/funding", "yes") for i in unfunded)
    words = _(
        "Find the money for {measures} before the announcement, or shrink the step until each side can pay its share"
    )
    return Change(edits, words, {"measures": named(draft, unfunded)}) if edits else None


@check(
    "G8.1",
    question=_("Money?"),
    weight=2,
    reads=("measures.cost", "measures.funding"),
    rule=_(
        "Highest cost up to 1, or all known funding in hand: met; cost 2, or the least funding in part: partly; else not met."
    ),
    advice=_("Find the money before the announcement, or shrink the step until each side can pay its own share."),
    ask=_("Who pays for this, and is the money in hand?"),
    too_far=_("Money from outside can make others the owners."),
    cases=("bosnia-missing-persons", "somalia-livestock-trade"),
    effort=2,
    examples=(
        Example(costing("money", 1, 0), MET),
        Example(costing("money", 3, funding="yes"), MET),
        Example(costing("money", 2), PARTLY),
        Example(costing("money", 3, funding="partly"), PARTLY),
        Example(costing("money", 3, funding="no"), NOT_MET),
        Example(costing("money", 3), NOT_MET),
        Example(costing("money", None, funding="yes"), UNKNOWN),
    ),
    mend=_fund,
)
def money_is_there(draft: Draft) -> Judgement:
    """The highest cost in money, and the least funding."""
    ratings = _ratings(draft, "money")
    if not ratings:
        return not_said(*(["/measures"] if draft.measures else []))
    highest = max(ratings.values())
    stated = [i for i, m in enumerate(draft.measures) if m.funding is not None]
    funding = min((TRI[draft.measures[i].funding] or 0.0 for i in stated), default=None)
    evidence = _costs(draft, list(ratings)) + [f"/measures/{i}/funding" for i in stated]
    because = Text(_("The highest cost in money is {highest} of 3."), highest=highest)
    if highest <= 1 or funding == 1:
        return Judgement(MET, because, evidence)
    if highest == 2 or funding == 0.5:
        return Judgement(PARTLY, because, evidence)
    return Judgement(NOT_MET, because, evidence)


def _highest(draft: Draft, kind: str, says: str) -> Judgement:
    ratings = _ratings(draft, kind)
    if not ratings:
        return not_said(*(["/measures"] if draft.measures else []))
    highest = max(ratings.values())
    dear = [i for i, rating in ratings.items() if rating == highest]
    because = Text(says, highest=highest, measures=named(draft, dear))
    return Judgement(from_ceiling(highest, *_risk_limits(draft)), because, _costs(draft, list(ratings)))


@check(
    "G8.2",
    question=_("Political risk?"),
    weight=3,
    reads=("measures.cost", "context.phase"),
    rule=_("Highest political cost up to 1: met; 2: partly; 3: not met. In implementation up to 2 met, 3 partly."),
    advice=_("Ask which opponent at home would use this, and give the leader a ready answer or a quieter form."),
    ask=_("Which opponent at home would use this against you, and what would you answer?"),
    too_far=_("A step without any risk sends no signal."),
    cases=("sadat-jerusalem-1977",),
    effort=2,
    examples=(
        Example(costing("political", 1), MET),
        Example(costing("political", 2, phase="implementation"), MET),
        Example(costing("political", 0, 2), PARTLY),
        Example(costing("political", 3, phase="implementation"), PARTLY),
        Example(costing("political", 3), NOT_MET),
        Example(costing("political", None), UNKNOWN),
        Example(costing("political", 1, phase=None), UNKNOWN),
    ),
    mend=_cheapen(
        "political",
        _("Give leaders a ready answer to critics of {measures}, or choose a quieter form"),
        lambda draft: _risk_limits(draft)[0],
    ),
)
def political_risk_is_low(draft: Draft) -> Judgement:
    """The highest political cost."""
    return _highest(draft, "political", _("The highest political cost is {highest} of 3, for {measures}."))


@check(
    "G8.3",
    question=_("Exposure to attack?"),
    weight=2.5,
    reads=("measures.cost", "context.phase"),
    rule=_("Highest security cost up to 1: met; 2: partly; 3: not met. In implementation up to 2 met, 3 partly."),
    advice=_(
        "Keep means of defence in reach: store rather than destroy, pull back rather than disband, in equal stages."
    ),
    ask=_("If the other side cheated the day after, what could you no longer defend?"),
    too_far=_("A side that keeps every defence has not moved."),
    cases=("nepal-ammaa-2006",),
    effort=3,
    examples=(
        Example(costing("security", 1), MET),
        Example(costing("security", 2, phase="implementation"), MET),
        Example(costing("security", 2), PARTLY),
        Example(costing("security", 3), NOT_MET),
        Example(costing("security", None), UNKNOWN),
        Example(costing("security", 1, phase=None), UNKNOWN),
    ),
    mend=_cheapen(
        "security",
        _("Keep means of defence in reach in {measures}: store, do not destroy; pull back in equal stages"),
        lambda draft: _risk_limits(draft)[0],
    ),
)
def exposure_is_low(draft: Draft) -> Judgement:
    """The highest security cost."""
    return _highest(draft, "security", _("The highest exposure to attack is {highest} of 3, for {measures}."))


@check(
    "G8.4",
    question=_("Can it be taken back?"),
    weight=1.5,
    reads=("measures.reversible", "context.phase"),
    rule=_("As answered, over measures: met from 75 %, partly from 50 %; in implementation 40 % and 20 %."),
    advice=_("Set a term and make renewal the decision."),
    ask=_("If this goes wrong, how would you take it back?"),
    too_far=_("What can be undone overnight convinces nobody."),
    cases=("nuba-mountains-2002",),
    effort=2,
    examples=(
        Example(tri("reversible", "yes", "partly"), MET),
        Example(tri("reversible", "partly", "no", phase="implementation"), PARTLY),
        Example(tri("reversible", "partly", phase="implementation"), MET),
        Example(tri("reversible", "partly"), PARTLY),
        Example(tri("reversible", "no"), NOT_MET),
        Example(tri("reversible", None), UNKNOWN),
        Example(tri("reversible", "yes", phase=None), UNKNOWN),
    ),
    mend=raise_measures("reversible", "yes", _("Set a term for {measures} and make renewal the decision"), met=0.75),
)
def it_can_be_taken_back(draft: Draft) -> Judgement:
    """Tri-state answers over measures."""
    limits = (0.4, 0.2) if draft.phase == "implementation" else (0.75, 0.5)
    return tri_share(
        draft, "reversible", *limits, _("{yes} of {known} measures can be fully taken back ({percent} % in all).")
    )


@check(
    "G8.5",
    question=_("Can those responsible deliver?"),
    weight=1,
    reads=("measures.capacity",),
    rule=_("As answered, over measures: met from 80 %, partly from 50 %."),
    advice=_("Check with the officer or mayor who must do it, not with the ministry."),
    ask=_("Who must do it on the day, and what does that person need?"),
    too_far=_("Helping one side to deliver can look like taking its part."),
    cases=("libya-jmc-2020",),
    effort=2,
    examples=(
        Example(tri("capacity", "yes"), MET),
        Example(tri("capacity", "partly"), PARTLY),
        Example(tri("capacity", "no"), NOT_MET),
        Example(tri("capacity", None), UNKNOWN),
    ),
    mend=raise_measures("capacity", "yes", _("Check with those who must carry out {measures} what they need"), met=0.8),
)
def those_responsible_can_deliver(draft: Draft) -> Judgement:
    """Tri-state answers over measures."""
    tally = _("For {yes} of {known} measures those responsible can fully deliver ({percent} % in all).")
    return tri_share(draft, "capacity", 0.8, 0.5, tally)
