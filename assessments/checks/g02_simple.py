"""G2 Simple: few moving parts, quick to start, yet worth something to each side, and never so intricate that bargaining
over them becomes the conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median
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
    at_most,
    from_ceiling,
    from_floor,
)
from assessments.engine.mending import if_unknown, named
from assessments.engine.reading import NO_MEASURES, not_said, over_measures
from assessments.engine.rubric import Cap, Change, Example, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G2"

CAPS = (
    Cap(74, lambda grade, draft: grade("G2.3") == NOT_MET, _("No result will be felt within three months.")),
    Cap(
        49,
        lambda grade, draft: grade("G2.1") == NOT_MET and grade("G2.2") == NOT_MET,
        _("The measures need many steps and much must still fall into place first."),
    ),
)

SOON = 30
FAIRLY_SOON = 90
MANY_BY_PHASE = (5, 6, 8, 12)


def measured(field: str, *values: int | None, phase: str | None = "negotiation") -> dict[str, Any]:
    """An example package with a measure for each value of a field."""
    measures = [
        {"id": f"m{n}", "title": f"step {n}", **({} if value is None else {field: value})}
        for n, value in enumerate(values)
    ]
    return {"measures": measures, **({"context": {"phase": phase}} if phase else {})}


def benefits(*rows: dict[str, int]) -> dict[str, Any]:
    """An example package with a measure for each row of benefits by party."""
    return {
        "measures": [
            {"id": f"m{n}", "title": f"step {n}", "impact": {p: {"benefit": b} for p, b in row.items()}}
            for n, row in enumerate(rows)
        ]
    }


def _lower(field: str, words: str, target: Callable[[Draft], int], good: Callable[[Draft, Iterable[int]], bool]) -> Any:
    """Mends a figure over measures: fills all blanks if nothing is known, else lowers the highest, one by one."""

    def mend(draft: Draft) -> Change | None:
        goal = target(draft)
        stated = {i: v for i, m in enumerate(draft.measures) if (v := getattr(m, field)) is not None}
        if not stated:
            edits = [Edit(f"/measures/{i}/{field}", goal) for i in range(len(draft.measures))]
            return Change(tuple(edits), "") if edits else None
        chosen = []
        for i in sorted(stated, key=lambda i: (-stated[i], i)):
            if good(draft, stated.values()):
                break
            stated[i] = min(goal, stated[i])
            chosen.append(i)
        chosen.sort()
        edits = [Edit(f"/measures/{i}/{field}", goal) for i in chosen]
        return Change(tuple(edits), words, {"measures": named(draft, chosen)}) if edits else None

    return mend


def _few_steps(draft: Draft) -> int:
    return 3 if draft.early else 4


@check(
    "G2.1",
    question=_("How many steps does the typical measure need?"),
    weight=2.5,
    reads=("measures.steps", "context.phase"),
    rule=_("Median of the steps: early met up to 3, partly up to 5; later met up to 4, partly up to 7."),
    advice=_(
        "Cut to the first three steps that would be noticed if they happened. Turn the rest into a later measure."
    ),
    ask=_("What are the first three things that somebody must do for this to happen?"),
    too_far=_("Leaving out a step that is needed only hides it."),
    cases=("india-pakistan-nuclear-lists-1988",),
    effort=1,
    examples=(
        Example(measured("steps", 3, phase="pre_negotiation"), MET),
        Example(measured("steps", 4), MET),
        Example(measured("steps", 4, phase="pre_negotiation"), PARTLY),
        Example(measured("steps", 1, 7, 9), PARTLY),
        Example(measured("steps", 6, phase="before_process"), NOT_MET),
        Example(measured("steps", 3, None, None), MET),
        Example(measured("steps", None), UNKNOWN),
        Example(measured("steps", 3, phase=None), UNKNOWN),
    ),
    mend=_lower(
        "steps",
        _("Cut {measures} to the first steps that would be noticed"),
        _few_steps,
        lambda draft, values: at_most(median(values), _few_steps(draft)),
    ),
)
def measures_need_few_steps(draft: Draft) -> Judgement:
    """The median of the stated steps."""
    reading = over_measures(draft, "steps")
    if not reading.known:
        return not_said(*reading.evidence)
    middle = median(reading.known)
    because = Text(_("The typical measure needs {middle:g} steps."), middle=middle)
    limits = (3, 5) if draft.early else (4, 7)
    return Judgement(from_ceiling(middle, *limits), because, reading.evidence)


@check(
    "G2.2",
    question=_("How much must still fall into place first?"),
    weight=2.5,
    reads=("measures.open_preconditions",),
    rule=_("Mean of what is not yet in hand: met up to 0.5 a measure, partly up to 1.5."),
    advice=_("List what is not in hand, who holds it and by when. Start only what depends on nobody outside the room."),
    ask=_("What do you still need before you can begin, and who holds it?"),
    too_far=_("Waiting until everything is in hand can mean waiting for ever."),
    cases=("mozambique-2014-2019",),
    effort=2,
    examples=(
        Example(measured("open_preconditions", 0, 1), MET),
        Example(measured("open_preconditions", 1, 2), PARTLY),
        Example(measured("open_preconditions", 1, 3), NOT_MET),
        Example(measured("open_preconditions", None), UNKNOWN),
    ),
    mend=_lower(
        "open_preconditions",
        _("Get what {measures} still wait for, or start with what waits for nobody"),
        lambda draft: 0,
        lambda draft, values: at_most(sum(values) / len(list(values)), 0.5),
    ),
)
def little_must_fall_into_place(draft: Draft) -> Judgement:
    """The mean of open preconditions."""
    reading = over_measures(draft, "open_preconditions")
    if not reading.known:
        return not_said(*reading.evidence)
    mean = sum(reading.known) / len(reading.known)
    because = Text(_("A measure waits for {mean:.1f} things on average."), mean=mean)
    return Judgement(from_ceiling(mean, 0.5, 1.5), because, reading.evidence)


def _bring_forward(draft: Draft) -> Change | None:
    stated = {i: m.days_to_first_result for i, m in enumerate(draft.measures) if m.days_to_first_result is not None}
    if not stated:
        edits = [Edit(f"/measures/{i}/days_to_first_result", SOON) for i in range(len(draft.measures))]
        return Change(tuple(edits), "") if edits else None
    chosen = []
    for i in sorted(stated, key=lambda i: (stated[i], i)):
        if _soon_enough(list(stated.values())) == MET:
            break
        if stated[i] > SOON:
            stated[i] = SOON
            chosen.append(i)
    chosen.sort()
    edits = [Edit(f"/measures/{i}/days_to_first_result", SOON) for i in chosen]
    words = _("Find a step of {measures} that can be done within thirty days: a flight, a list, a release, a call")
    return Change(tuple(edits), words, {"measures": named(draft, chosen)}) if edits else None


def _soon_enough(days: list[int]) -> Grade:
    if min(days) <= SOON and at_most(median(days), FAIRLY_SOON):
        return MET
    return PARTLY if min(days) <= FAIRLY_SOON else NOT_MET


@check(
    "G2.3",
    question=_("When will the first result be felt?"),
    weight=1.5,
    reads=("measures.days_to_first_result",),
    rule=_("Met if one result comes within 30 days and the median within 90; partly if one comes within 90."),
    advice=_("Add one step that can be done within thirty days of agreement, a flight, a list, a release, a call."),
    ask=_("How many days after signature would people notice something?"),
    too_far=_("A quick result that does not last disappoints twice."),
    cases=("libya-jmc-2020",),
    effort=2,
    examples=(
        Example(measured("days_to_first_result", 30, 90, 150), MET),
        Example(measured("days_to_first_result", 30, 151), PARTLY),
        Example(measured("days_to_first_result", 90), PARTLY),
        Example(measured("days_to_first_result", 91), NOT_MET),
        Example(measured("days_to_first_result", None), UNKNOWN),
    ),
    mend=_bring_forward,
)
def a_first_result_comes_soon(draft: Draft) -> Judgement:
    """The soonest result and the median."""
    reading = over_measures(draft, "days_to_first_result")
    if not reading.known:
        return not_said(*reading.evidence)
    because = Text(
        _("The first result is due after {first} days, half of them within {middle:g}."),
        first=min(reading.known),
        middle=median(reading.known),
    )
    return Judgement(_soon_enough(reading.known), because, reading.evidence)


def _highest_benefits(draft: Draft) -> dict[str, int | None]:
    """By party id the highest benefit in any measure; ``None`` if the party is rated in no measure."""
    best: dict[str, int | None] = {}
    for party in draft.parties:
        rated = [m.impact[party.id] for m in draft.measures if m.impact and party.id in m.impact]
        best[party.id] = max((impact.benefit or 0 for impact in rated), default=None)
    return best


def _give_each_something(draft: Draft) -> Change | None:
    lacking = [p for p, benefit in _highest_benefits(draft).items() if benefit is None or benefit < 3]
    if not lacking or not draft.measures:
        return None
    first = draft.measures[0]
    impact = {p: r.model_dump(exclude_none=True) for p, r in (first.impact or {}).items()}
    impact.update({p: {**impact.get(p, {}), "benefit": 3} for p in lacking})
    names = ", ".join(draft.party_names[p] for p in lacking)
    words = _("Find one small thing for which {names} would be thanked at home, and build it in")
    return Change((Edit("/measures/0/impact", impact),), words, {"names": names})


@check(
    "G2.4",
    question=_("Does each side care?"),
    weight=1.5,
    reads=("measures.impact", "parties"),
    rule=_("The highest benefit of each side in any measure; the side with the lowest counts: met at 3, partly at 2."),
    advice=_("Simple is not trivial. Ask each side which small thing its own people would thank it for."),
    ask=_("For which small thing would your own people thank you?"),
    too_far=_("A benefit large enough to please everybody is seldom simple."),
    cases=("moldova-berlin-plus-2016",),
    effort=2,
    examples=(
        Example(benefits({"a": 3, "b": 1}, {"b": 4}), MET),
        Example(benefits({"a": 3, "b": 2}), PARTLY),
        Example(benefits({"a": 3, "b": 1}), NOT_MET),
        Example(benefits({"a": 3}), UNKNOWN),
    ),
    mend=_give_each_something,
)
def each_side_cares(draft: Draft) -> Judgement:
    """The lowest of the parties' highest benefits."""
    best = _highest_benefits(draft)
    rated = [i for i, m in enumerate(draft.measures) if m.impact is not None]
    evidence = [f"/measures/{i}/impact" for i in rated]
    known = [benefit for benefit in best.values() if benefit is not None]
    if not best or len(known) < len(best):
        because = Text(_("For at least one side no benefit is rated in any measure."))
        return Judgement(UNKNOWN, because, evidence)
    because = Text(_("Each side gains at least {lowest} of 4 from some measure."), lowest=min(known))
    return Judgement(from_floor(min(known), 3, 2), because, evidence)


@check(
    "G2.5",
    question=_("Are talks about the measures staying short?"),
    weight=1.5,
    reads=("process.months_on_cbms",),
    rule=_("Met up to 3 months, partly up to 9."),
    advice=_(
        "Set a date after which open items leave the package. A smaller package now beats the full one next year."
    ),
    ask=_("How many months have gone into bargaining over these measures?"),
    too_far=_("Haste in the last clause is where misunderstandings are born."),
    cases=("cyprus-varosha-airport-1993",),
    effort=2,
    examples=(
        Example({"process": {"months_on_cbms": 3}}, MET),
        Example({"process": {"months_on_cbms": 9}}, PARTLY),
        Example({"process": {"months_on_cbms": 9.5}}, NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=if_unknown("process", "months_on_cbms", 1),
)
def talks_about_measures_stay_short(draft: Draft) -> Judgement:
    """Months spent bargaining over measures."""
    process = draft.package.process
    if process is None or process.months_on_cbms is None:
        return not_said(*(["/process"] if process is not None else []))
    because = Text(_("{months:g} months went into bargaining over measures."), months=process.months_on_cbms)
    return Judgement(from_ceiling(process.months_on_cbms, 3, 9), because, ("/process/months_on_cbms",))


@check(
    "G2.6",
    question=_("Is the number of measures manageable?"),
    weight=0.5,
    reads=("measures.id", "context.phase"),
    rule=_("Met up to 5, 6, 8 or 12 measures by phase, partly up to one and a half times that."),
    advice=_("Name two or three as the face of the package and move the others to an annex or a second round."),
    ask=_("Which two or three of these would you keep if you could keep no more?"),
    too_far=_("A package cut too short may hold nothing for one of the sides."),
    cases=("korea-basic-agreement-sunshine",),
    effort=2,
    examples=(
        Example(measured("steps", *[1] * 5, phase="before_process"), MET),
        Example(measured("steps", *[1] * 7, phase="before_process"), PARTLY),
        Example(measured("steps", *[1] * 12), PARTLY),
        Example(measured("steps", *[1] * 13), NOT_MET),
        Example(measured("steps", 1, phase=None), UNKNOWN),
    ),
)
def the_number_is_manageable(draft: Draft) -> Judgement:
    """The count of measures against the phase."""
    count = len(draft.measures)
    if not count:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    limit = draft.by_phase(*MANY_BY_PHASE)
    because = Text(
        _("The package holds {count} measures; up to {limit:g} are manageable in this phase."), count=count, limit=limit
    )
    return Judgement(from_ceiling(count, limit, 1.5 * limit), because, ("/measures",))
