"""G1 Tailor-made: the package answers this conflict's own fears and capacities, asks no more than present trust can
carry, and everyone knows what it is for."""

from __future__ import annotations

from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import (
    MET,
    NOT_MET,
    PARTLY,
    UNKNOWN,
    Grade,
    Judgement,
    at_least,
    at_most,
)
from assessments.engine.mending import member, named, raise_measures
from assessments.engine.reading import NO_MEASURES, graded_share, not_said, over_measures, tri_share
from assessments.engine.rubric import Cap, Change, Example, check
from assessments.package import Measure
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G1"

CAPS = (
    Cap(
        74, lambda grade, draft: grade("G1.3") == NOT_MET, _("The boldest step asks more than present trust can carry.")
    ),
)

SENSITIVITY = {"peripheral": 0, "related": 1, "core": 2}
REVERSIBILITY = {"yes": 0.0, "partly": 1.0, "no": 2.0, None: 1.0}
THIRD = 0.34
FAR_ABOVE = 1.5


def purposeful(statement: str | None, *own: list[str], **context: Any) -> dict[str, Any]:
    """An example package that wants to initiate talks; each of ``own`` is the purposes of one measure."""
    measures = [{"id": f"m{n}", "title": f"step {n}", "purposes": purposes} for n, purposes in enumerate(own)]
    stated = {} if statement is None else {"purpose_statement": statement}
    return {"context": {"purposes": ["initiate_deepen"], **stated, **context}, "measures": measures or [PLAIN]}


def steps(*measures: dict[str, Any], **sections: Any) -> dict[str, Any]:
    """An example package of these measures."""
    return {"measures": [{"id": f"m{n}", "title": f"step {n}", **m} for n, m in enumerate(measures)], **sections}


def bold(*measures: dict[str, Any], trust: int | None = None, phase: str = "negotiation") -> dict[str, Any]:
    """An example package in a phase with this trust deficit."""
    diagnosis = {} if trust is None else {"diagnosis": {"trust_deficit": trust}}
    return steps(*measures, context={"phase": phase}, **diagnosis)


PLAIN = {"id": "m1", "title": "hotline"}


def _state_purpose(draft: Draft) -> Change | None:
    context = draft.package.context
    words = _(
        "Write one sentence both sides accept: what should their people believe in three months that they do not now?"
    )
    sentence = "[what should change, in whom, by when]"
    if context is None:
        whole = {"purposes": ["initiate_deepen"], "purpose_statement": sentence, "purpose_shared": "yes"}
        return Change((Edit("/context", whole),), words)
    edits = []
    if not context.purpose_statement or not context.purpose_statement.strip():
        edits.append(member(draft, "context", "purpose_statement", sentence))
    if context.purpose_shared not in (None, "yes"):
        edits.append(member(draft, "context", "purpose_shared", "yes"))
    if not context.purposes:
        edits.append(member(draft, "context", "purposes", ["initiate_deepen"]))
    package = set(context.purposes or ["initiate_deepen"])
    loose = [i for i, m in enumerate(draft.measures) if m.purposes is not None and package.isdisjoint(m.purposes)]
    edits += [Edit(f"/measures/{i}/purposes", sorted(package)) for i in loose]
    return Change(tuple(edits), words) if edits else None


@check(
    "G1.1",
    question=_("Is it clear what should change, in whom, and do the parties see it that way?"),
    weight=2,
    reads=("context.purpose_statement", "context.purposes", "context.purpose_shared", "measures.purposes"),
    rule=_(
        "Met if a purpose is stated, the parties share it and 80 % of the measures serve it; partly if it is stated but "
        "shared in part or not at all, or fewer measures serve it; not met if there is none."
    ),
    advice=_(
        "Ask each side: after three months, what should your people believe that they do not believe today, and what "
        "will they have seen? Write one sentence both accept."
    ),
    ask=_("In three months, what should your people believe that they do not believe today?"),
    too_far=_("A purpose polished to please everyone says nothing."),
    cases=("nuba-mountains-2002",),
    effort=2,
    examples=(
        Example(purposeful("show that a truce can be kept"), MET),
        Example(purposeful("show that a truce can be kept", *[["initiate_deepen"]] * 4, ["consolidate"]), MET),
        Example(purposeful("show that a truce can be kept", ["initiate_deepen"], ["consolidate"]), PARTLY),
        Example(purposeful("show that a truce can be kept", purpose_shared="partly"), PARTLY),
        Example(purposeful(""), NOT_MET),
        Example(purposeful(None), UNKNOWN),
        Example({"context": {"purpose_statement": "calm"}, "measures": [PLAIN]}, UNKNOWN),
    ),
    mend=_state_purpose,
)
def purpose_is_clear_and_shared(draft: Draft) -> Judgement:
    """The statement, whether it is shared, and how many measures serve it."""
    context = draft.package.context
    if context is None or context.purpose_statement is None:
        return not_said(*(["/context"] if context is not None else []))
    evidence = ["/context/purpose_statement"]
    if not context.purpose_statement.strip():
        return Judgement(NOT_MET, Text(_("The draft says that there is no purpose to state.")), evidence)
    if not context.purposes:
        return Judgement(UNKNOWN, Text(_("A purpose is stated, but not of which kind it is.")), evidence)
    wanted = set(context.purposes)
    serving = sum(
        1 for m in draft.measures if not wanted.isdisjoint(context.purposes if m.purposes is None else m.purposes)
    )
    fits = not draft.measures or at_least(serving / len(draft.measures), 0.8)
    shared = context.purpose_shared in (None, "yes")
    if context.purpose_shared is not None:
        evidence.append("/context/purpose_shared")
    because = Text(
        _("A purpose is stated, shared by the parties, and {serving} of {count} measures serve it.")
        if shared
        else _("A purpose is stated, but the parties do not fully share it; {serving} of {count} measures serve it."),
        serving=serving,
        count=len(draft.measures),
    )
    return Judgement(MET if shared and fits else PARTLY, because, [*evidence, "/context/purposes"])


def _ownership(measure: Measure, everybody: frozenset[str]) -> float | None:
    """1 if a party's, joint, or developed with all; a mediator's developed with some 0.5; else 0; ``None`` unknown."""
    if measure.origin is None:
        return None
    if measure.origin in ("party", "joint") or measure.developed_with == "all":
        return 1.0
    if measure.developed_with and everybody.issubset(measure.developed_with):
        return 1.0
    if measure.developed_with is None:
        return None
    return 0.5 if measure.origin == "mediator" and measure.developed_with else 0.0


def _ownerships(draft: Draft) -> list[float | None]:
    everybody = frozenset(party.id for party in draft.parties)
    return [_ownership(measure, everybody) for measure in draft.measures]


def _develop_with_all(draft: Draft) -> Change | None:
    worths = _ownerships(draft)
    blank = [i for i, w in enumerate(worths) if w is None]
    if len(blank) * 2 > len(worths) or len(blank) == len(worths):
        edits = [Edit(f"/measures/{i}/origin", "joint") for i in blank]
        return Change(tuple(edits), "") if edits else None
    known = [w for w in worths if w is not None]
    total, chosen = sum(known), []
    for i in sorted((i for i, w in enumerate(worths) if w is not None and w < 1), key=lambda i: (worths[i], i)):
        if at_least(total / len(known), 0.7):
            break
        total += 1 - (worths[i] or 0)
        chosen.append(i)
    edits = [Edit(f"/measures/{i}/developed_with", "all") for i in sorted(chosen)]
    words = _("Take {measures} back to the sides and let each strike, change and add")
    return Change(tuple(edits), words, {"measures": named(draft, sorted(chosen))}) if edits else None


@check(
    "G1.2",
    question=_("Do the ideas come from, or were they shaped with, those who must carry them out?"),
    weight=2.5,
    reads=("measures.origin", "measures.developed_with", "parties"),
    rule=_(
        "A measure counts 1 if it comes from a party or both, or was developed with all; a half if it is the mediator's "
        "and was developed with some; else 0. Met from 70 %, partly from 40 %."
    ),
    advice=_(
        "Take the list back. Let each side strike, change and add before anything is tabled; keep at least one measure "
        "that each can call its own."
    ),
    ask=_("Whose idea was this, and who has had a hand in it since?"),
    too_far=_("Endless rounds of consultation can let the moment pass."),
    cases=("southern-africa-peace-parks",),
    effort=2,
    examples=(
        Example(steps({"origin": "party"}), MET),
        Example(steps({"origin": "template", "developed_with": "all"}), MET),
        Example(steps({"origin": "mediator", "developed_with": ["a", "b"]}), MET),
        Example(steps({"origin": "mediator", "developed_with": ["a"]}), PARTLY),
        Example(steps({"origin": "template", "developed_with": ["a"]}), NOT_MET),
        Example(steps({"origin": "mediator", "developed_with": []}), NOT_MET),
        Example(steps({"origin": "mediator"}), UNKNOWN),
        Example(steps({}), UNKNOWN),
    ),
    mend=_develop_with_all,
)
def those_who_act_shaped_it(draft: Draft) -> Judgement:
    """Origin and development over measures."""
    reading = over_measures(draft, "origin")
    worths = reading._replace(values=_ownerships(draft))
    tally = _("{yes} of {known} measures come from a side or were developed with all ({percent} % in all).")
    return graded_share(worths, 0.7, 0.4, tally)


def _ambition(measure: Measure) -> float | None:
    """Sensitivity, reversibility and risk of attack, together 0 to 6; ``None`` without a sensitivity."""
    if measure.sensitivity is None:
        return None
    risks = [cost.security for cost in (measure.cost or {}).values() if cost.security is not None]
    return SENSITIVITY[measure.sensitivity] + REVERSIBILITY[measure.reversible] + max(risks, default=0) / 1.5


def _tolerance(draft: Draft) -> float:
    """What present trust can carry in this phase."""
    diagnosis = draft.package.diagnosis
    trust = diagnosis.trust_deficit if diagnosis is not None else None
    return draft.by_phase(2.5, 3.0, 3.5, 5.0) - 0.5 * max(0, (trust or 0) - 2)


def _split_the_step(draft: Draft) -> Change | None:
    known = {i: a for i, m in enumerate(draft.measures) if (a := _ambition(m)) is not None}
    if not known:
        edits = [Edit(f"/measures/{i}/sensitivity", "peripheral") for i in range(len(draft.measures))]
        edits += [Edit(f"/measures/{i}/reversible", "yes") for i in range(len(draft.measures))]
        return Change(tuple(edits), "") if edits else None
    above = [i for i, ambition in known.items() if not at_most(ambition, _tolerance(draft))]
    edits = []
    for i in above:
        edits.append(Edit(f"/measures/{i}/reversible", "yes"))
        edits.append(Edit(f"/measures/{i}/sensitivity", "peripheral"))
        for party, cost in (draft.measures[i].cost or {}).items():
            if cost.security is not None and cost.security > 1:
                edits.append(Edit(f"/measures/{i}/cost/{party}/security", 1))
    words = _("Split {measures}: a pilot area, a smaller number, a shorter term, a form that can be taken back")
    return Change(tuple(edits), words, {"measures": named(draft, above)}) if above else None


@check(
    "G1.3",
    question=_("Does the boldest step fit the trust there is?"),
    weight=3.5,
    reads=(
        "measures.sensitivity",
        "measures.reversible",
        "measures.cost",
        "diagnosis.trust_deficit",
        "context.phase",
    ),
    rule=_(
        "Ambition is sensitivity (0 to 2) + how hard it is to take back (0 to 2) + the highest security cost / 1.5. "
        "Trust can carry 2.5, 3, 3.5 or 5 by phase, less 0.5 for each point of missing trust above 2. Met if no step is "
        "above; partly if at most a third is, none by more than 1.5."
    ),
    advice=_(
        "Split the step: a pilot area, a smaller number, a shorter term, a reversible form. Keep the large version as "
        "the second round, and say what would open it."
    ),
    ask=_("Which of these steps could your side not take back if the other side cheated?"),
    too_far=_("Steps so small that nobody notices build no trust either."),
    cases=("aceh-coha-2002",),
    effort=3,
    examples=(
        Example(bold({"sensitivity": "peripheral", "reversible": "yes"}), MET),
        Example(
            bold(
                {"sensitivity": "related", "reversible": "partly", "cost": {"a": {"security": 3}}},
                phase="implementation",
            ),
            MET,
        ),
        Example(
            bold(
                {"sensitivity": "core", "reversible": "partly", "cost": {"a": {"security": 3}}},
                {"sensitivity": "peripheral", "reversible": "yes"},
                {"sensitivity": "peripheral", "reversible": "yes"},
            ),
            PARTLY,
        ),
        Example(bold({"sensitivity": "core", "reversible": "no", "cost": {"a": {"security": 1}}}, trust=4), NOT_MET),
        Example(bold({"reversible": "no"}), UNKNOWN),
        Example(steps({"sensitivity": "core"}), UNKNOWN),
    ),
    mend=_split_the_step,
)
def the_boldest_step_fits_the_trust(draft: Draft) -> Judgement:
    """Ambition of each measure against what trust can carry."""
    known = {i: a for i, m in enumerate(draft.measures) if (a := _ambition(m)) is not None}
    if not known:
        return Judgement(UNKNOWN, Text(_("No measure says how close it comes to the core of the conflict.")), ())
    limit = _tolerance(draft)
    above = {i: a - limit for i, a in known.items() if not at_most(a, limit)}
    grade: Grade = MET
    if above:
        few = at_most(len(above) / len(known), THIRD) and at_most(max(above.values()), FAR_ABOVE)
        grade = PARTLY if few else NOT_MET
    if above:
        because = Text(
            _("{count} of {known} steps ask more than trust can carry now: {measures}."),
            count=len(above),
            known=len(known),
            measures=named(draft, above),
        )
    else:
        because = Text(_("None of {known} steps asks more than trust can carry now."), known=len(known))
    return Judgement(grade, because, [f"/measures/{i}/sensitivity" for i in above or known])


@check(
    "G1.4",
    question=_("Does each measure answer a named incident, fear or need?"),
    weight=2,
    reads=("measures.answers_need",),
    rule=_("As answered, over measures: met from 80 %, partly from 50 %."),
    advice=_(
        'For each measure complete: "this stops ... from happening" or "this lets ... do ... again". Drop those that '
        "cannot be completed."
    ),
    ask=_("Which incident would this have stopped, or what would it let people do again?"),
    too_far=_("Naming old incidents can reopen them; a need can be named without blame."),
    cases=("kenya-wajir-1993",),
    effort=2,
    examples=(
        Example(steps({"answers_need": "yes"}), MET),
        Example(steps({"answers_need": "yes"}, {"answers_need": "no"}), PARTLY),
        Example(steps({"answers_need": "no"}), NOT_MET),
        Example(steps({"answers_need": "yes"}, {}), MET),
        Example(steps({"answers_need": "yes"}, {}, {}), UNKNOWN),
    ),
    mend=raise_measures("answers_need", "yes", _("Say which incident, fear or need {measures} answers"), met=0.8),
)
def each_measure_answers_a_need(draft: Draft) -> Judgement:
    """Tri-state answers over measures."""
    if not draft.measures:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    tally = _("{yes} of {known} measures fully answer a named incident, fear or need ({percent} % in all).")
    return tri_share(draft, "answers_need", 0.8, 0.5, tally)
