"""C2 Stalling or cover-up: a party may use measures to look active, gain time or prepare force."""

from __future__ import annotations

from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    UNKNOWN,
    Grade,
    Judgement,
    from_ceiling,
    from_floor,
    percent,
)
from assessments.engine.mending import answer, if_unknown, named
from assessments.engine.reading import BLANK, NO_MEASURES, not_said
from assessments.engine.rubric import Applies, Change, Example, Trigger, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "C2"


def _buildup(draft: Draft) -> bool:
    process = draft.package.process
    return process is not None and process.buildup == "yes"


def _buildup_without_will(draft: Draft) -> bool:
    diagnosis = draft.package.diagnosis
    return _buildup(draft) and diagnosis is not None and (diagnosis.will_deficit or 0) >= 3


TRIGGERS = (
    Trigger(
        "lowers_to_moderate",
        lambda grade, draft: draft.prevention_only and not _buildup(draft),
        _("The package means only to prevent escalation and no force is known to be built up."),
    ),
    Trigger(
        "raises_to_high",
        lambda grade, draft: _buildup_without_will(draft),
        _("Force is built up while the will to settle is low."),
    ),
)

MORE_THAN_PREVENTION = Applies(
    lambda draft: not draft.prevention_only,
    _("The package means only to prevent escalation, so nothing is being stalled."),
)
FIELD: dict[str | None, float | None] = {"easing": 1.0, "stable": 0.5, "worsening": 0.0, None: None}
NO_BUILDUP: dict[str | None, float | None] = {"no": 1.0, "partly": 0.5, "yes": 0.0, None: None}
BY_WORTH: dict[float, Grade] = {1.0: MET, 0.5: PARTLY, 0.0: NOT_MET}


def process(**answers: Any) -> dict[str, Any]:
    """An example package with these answers on the process."""
    return {"process": answers}


def lever(package: dict[str, Any]) -> dict[str, Any]:
    """The example with a purpose beyond prevention."""
    return {"context": {"purposes": ["initiate_deepen"]}, **package}


def prevention(package: dict[str, Any]) -> dict[str, Any]:
    """The example as pure prevention."""
    return {"context": {"purposes": ["prevent_escalation"], "phase": "negotiation"}, **package}


@check(
    "C2.1",
    question=_("Have motives been talked through?"),
    weight=1.5,
    reads=("diagnosis.motives_explored",),
    rule=_("In plenary or both in plenary and with each side: met; with each side only: partly; not at all: not met."),
    advice=_("Ask each side separately, then together: what will you do with the time this buys?"),
    ask=_("What will you do with the time that this buys?"),
    too_far=_("Asked too early in plenary, the question sounds like an accusation."),
    cases=("nuba-mountains-2002",),
    effort=2,
    examples=(
        Example({"diagnosis": {"motives_explored": "both"}}, MET),
        Example({"diagnosis": {"motives_explored": "plenary"}}, MET),
        Example({"diagnosis": {"motives_explored": "bilateral"}}, PARTLY),
        Example({"diagnosis": {"motives_explored": "none"}}, NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=answer(
        "diagnosis",
        "motives_explored",
        "both",
        _("Talk through with each side, then together, what each wants from it"),
    ),
)
def motives_are_talked_through(draft: Draft) -> Judgement:
    """How motives were explored."""
    diagnosis = draft.package.diagnosis
    if diagnosis is None or diagnosis.motives_explored is None:
        return not_said(*(["/diagnosis"] if diagnosis is not None else []))
    grades: dict[str, Grade] = {"plenary": MET, "both": MET, "bilateral": PARTLY, "none": NOT_MET}
    says = {
        "plenary": _("Motives were talked through together."),
        "both": _("Motives were talked through with each side and together."),
        "bilateral": _("Motives were explored with each side, not yet together."),
        "none": _("Motives have not been talked through."),
    }
    explored = diagnosis.motives_explored
    return Judgement(grades[explored], Text(says[explored]), ("/diagnosis/motives_explored",))


def _answer_comfort(draft: Draft) -> Change | None:
    diagnosis = draft.package.diagnosis
    if not draft.parties or (diagnosis is not None and diagnosis.comfort):
        return None
    comfort = {party.id: 2 for party in draft.parties}
    edit = Edit("/diagnosis", {"comfort": comfort}) if diagnosis is None else Edit("/diagnosis/comfort", comfort)
    return Change((edit,), "")


@check(
    "C2.2",
    question=_("Does anyone live well with things as they are?"),
    weight=2,
    reads=("diagnosis.comfort",),
    rule=_("The most comfortable side, 0 to 4: met up to 2, partly at 3, not met at 4."),
    advice=_("Find what the comfortable side fears or wants beyond the status quo; without it, expect delay."),
    ask=_("What gets worse for you if nothing changes for two years?"),
    too_far=_("Discomfort made by others hardens a side more often than it moves it."),
    cases=("western-sahara-unhcr-2004",),
    effort=2,
    examples=(
        Example({"diagnosis": {"comfort": {"a": 2, "b": 1}}}, MET),
        Example({"diagnosis": {"comfort": {"a": 3, "b": 1}}}, PARTLY),
        Example({"diagnosis": {"comfort": {"a": 0, "b": 4}}}, NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=_answer_comfort,
)
def nobody_lives_too_well(draft: Draft) -> Judgement:
    """The highest comfort of any party."""
    diagnosis = draft.package.diagnosis
    if diagnosis is None or not diagnosis.comfort:
        return not_said(*(["/diagnosis"] if diagnosis is not None else []))
    highest = max(diagnosis.comfort.values())
    because = Text(_("The most comfortable side is rated {highest} of 4."), highest=highest)
    return Judgement(from_ceiling(highest, 2, 3), because, ("/diagnosis/comfort",))


def _answer_time(draft: Draft) -> Change | None:
    known = draft.package.process
    if known is None:
        return Change((Edit("/process", {"months_on_cbms": 1, "substantive_track": "ongoing"}),), "")
    edits = [
        Edit(f"/process/{field}", value)
        for field, value in (("months_on_cbms", 1), ("substantive_track", "ongoing"))
        if getattr(known, field) is None
    ]
    return Change(tuple(edits), "") if edits else None


@check(
    "C2.3",
    question=_("Is bargaining over CBMs eating the time?"),
    weight=1.5,
    reads=("process.months_on_cbms", "process.substantive_track", "context.purposes"),
    rule=_("Met up to 6 months, or if the talks are ongoing or concluded; partly up to 12. Both must be given."),
    advice=_("Cap the time and run one substantive session in parallel."),
    ask=_("How many months have gone into these measures, and what else was on the table meanwhile?"),
    too_far=_("A deadline that nobody believes only adds to the mistrust."),
    cases=("cyprus-crossings-2003",),
    effort=3,
    applies=MORE_THAN_PREVENTION,
    examples=(
        Example(process(months_on_cbms=6, substantive_track="planned"), MET),
        Example(process(months_on_cbms=30, substantive_track="ongoing"), MET),
        Example(process(months_on_cbms=12, substantive_track="planned"), PARTLY),
        Example(process(months_on_cbms=13, substantive_track="scheduled"), NOT_MET),
        Example(process(months_on_cbms=2), UNKNOWN),
        Example(prevention(process(months_on_cbms=30, substantive_track="none")), NOT_APPLICABLE),
    ),
    mend=_answer_time,
)
def bargaining_leaves_time(draft: Draft) -> Judgement:
    """Months spent on measures against the state of the talks."""
    stated = draft.package.process
    if stated is None or stated.months_on_cbms is None or stated.substantive_track is None:
        return not_said(*(["/process"] if stated is not None else []))
    evidence = ("/process/months_on_cbms", "/process/substantive_track")
    if stated.substantive_track in ("ongoing", "concluded"):
        return Judgement(MET, Text(_("The talks on the substance run beside the measures.")), evidence)
    because = Text(_("{months:g} months went into bargaining over measures."), months=stated.months_on_cbms)
    return Judgement(from_ceiling(stated.months_on_cbms, 6, 12), because, evidence)


def _made_earlier(draft: Draft) -> bool:
    stated = draft.package.process
    return not (stated is not None and stated.earlier_measures is not None and stated.earlier_measures.agreed == 0)


@check(
    "C2.4",
    question=_("Were earlier promises kept?"),
    weight=1.5,
    reads=("process.earlier_measures",),
    rule=_("Share of earlier measures that were kept: met from 70 %, partly from 40 %."),
    advice=_("Finish one old promise before making a new one."),
    ask=_("Which earlier promise would you most like to see kept first?"),
    too_far=_("Counting old failures can reopen them; choose one that can be finished."),
    cases=("ivory-coast-zone-of-confidence",),
    effort=3,
    applies=Applies(_made_earlier, _("No measures were agreed earlier.")),
    examples=(
        Example(process(earlier_measures={"agreed": 10, "kept": 7}), MET),
        Example(process(earlier_measures={"agreed": 10, "kept": 4}), PARTLY),
        Example(process(earlier_measures={"agreed": 3, "kept": 1}), NOT_MET),
        Example(process(earlier_measures={"agreed": 3}), UNKNOWN),
        Example(process(earlier_measures={"agreed": 0}), NOT_APPLICABLE),
    ),
    mend=if_unknown("process", "earlier_measures", {"agreed": 1, "kept": 1}, whole=("agreed", "kept")),
)
def earlier_promises_were_kept(draft: Draft) -> Judgement:
    """Kept out of agreed."""
    stated = draft.package.process
    earlier = stated.earlier_measures if stated is not None else None
    if earlier is None or not earlier.agreed or earlier.kept is None:
        return not_said(*(["/process"] if stated is not None else []))
    because = Text(_("{kept} of {agreed} earlier measures were kept."), kept=earlier.kept, agreed=earlier.agreed)
    return Judgement(from_floor(earlier.kept / earlier.agreed, 0.7, 0.4), because, ("/process/earlier_measures",))


def _answer_conduct(draft: Draft) -> Change | None:
    stated = draft.package.process
    if stated is None:
        return Change((Edit("/process", {"hostilities": "easing", "buildup": "no"}),), "")
    if stated.hostilities is None and stated.buildup is None:
        return Change((Edit("/process/hostilities", "easing"), Edit("/process/buildup", "no")), "")
    return None


@check(
    "C2.5",
    question=_("Does conduct in the field fit the words?"),
    weight=2.5,
    reads=("process.hostilities", "process.buildup"),
    rule=_(
        "The worse of what is known: hostilities easing, no build-up: met; stable, or some build-up: partly; worsening, "
        "or build-up: not met."
    ),
    advice=_("Add freeze or transparency clauses so that calm here cannot feed an offensive elsewhere."),
    ask=_("What moved in the field last month that does not fit what is said at the table?"),
    too_far=_("A freeze that cannot be checked invites charges of cheating."),
    cases=("nuba-mountains-2002", "syria-deescalation-2017"),
    effort=3,
    examples=(
        Example(process(hostilities="easing", buildup="no"), MET),
        Example(process(buildup="no"), MET),
        Example(process(hostilities="stable", buildup="no"), PARTLY),
        Example(process(hostilities="easing", buildup="yes"), NOT_MET),
        Example(process(hostilities="worsening"), NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=_answer_conduct,
)
def conduct_fits_the_words(draft: Draft) -> Judgement:
    """The worse of hostilities and build-up, of those known."""
    stated = draft.package.process
    if stated is None:
        return not_said()
    worths = {"hostilities": FIELD[stated.hostilities], "buildup": NO_BUILDUP[stated.buildup]}
    known = {field: worth for field, worth in worths.items() if worth is not None}
    if not known:
        return not_said("/process")
    worst = min(known.values())
    says = {
        1.0: _("Conduct in the field fits the words."),
        0.5: _("Conduct in the field fits the words only in part."),
        0.0: _("Conduct in the field does not fit the words."),
    }
    return Judgement(BY_WORTH[worst], Text(says[worst]), [f"/process/{field}" for field in known])


@check(
    "C2.6",
    question=_("Is there a dated bridge to substance?"),
    weight=1.5,
    reads=("G6.2", "context.purposes"),
    rule=_("As G6.2."),
    advice=_("Put a meeting on the calendar at which results are reviewed and one core topic is opened."),
    ask=_("On which day, or after which event, will the substance be opened?"),
    too_far=_("A date that cannot be kept costs more trust than no date."),
    cases=("korea-basic-agreement-sunshine",),
    effort=3,
    applies=MORE_THAN_PREVENTION,
    examples=(
        Example(lever({"context": {"phase": "negotiation"}, "links": [{"to": "substantive", "when": "May"}]}), MET),
        Example(lever({"context": {"phase": "negotiation"}, "links": [{"to": "substantive"}]}), PARTLY),
        Example(lever({"context": {"phase": "negotiation"}, "links": []}), NOT_MET),
        Example(lever({}), UNKNOWN),
        Example(prevention({"links": []}), NOT_APPLICABLE),
    ),
)
def a_dated_bridge_leads_to_substance(draft: Draft) -> Judgement:
    """The judgement of G6.2."""
    return draft.judge("G6.2")


def _address_somebody_here(draft: Draft) -> Change | None:
    silent = [i for i, m in enumerate(draft.measures) if not m.audiences]
    if 2 * len(silent) > len(draft.measures) or len(silent) == len(draft.measures):
        edits = [Edit(f"/measures/{i}/audiences", ["constituencies"]) for i in silent]
        return Change(tuple(edits), "") if edits else None
    abroad = [i for i, m in enumerate(draft.measures) if m.audiences and set(m.audiences) == {"international"}]
    stated = len(draft.measures) - len(silent)
    fix = [i for n, i in enumerate(abroad, 1) if (len(abroad) - n + 1) / stated > 0.2 + 1e-6]
    edits = [Edit(f"/measures/{i}/audiences", ["constituencies", "international"]) for i in fix]
    words = _("Say who at home should notice {measures}")
    return Change(tuple(edits), words, {"measures": named(draft, fix)}) if edits else None


@check(
    "C2.7",
    question=_("Is it addressed to more than the international gallery?"),
    weight=1,
    reads=("measures.audiences",),
    rule=_("Share of measures whose only audience is international: met up to 20 %, partly up to 50 %."),
    advice=_("Ask what the party's own commanders and voters will be told."),
    ask=_("What will your own commanders and voters be told?"),
    too_far=_("Support from abroad is worth having; it must not be the only one asked for."),
    cases=("syria-deescalation-2017",),
    effort=1,
    examples=(
        Example({"measures": [{"id": "m1", "title": "visit", "audiences": ["constituencies", "international"]}]}, MET),
        Example(
            {
                "measures": [
                    {"id": "m1", "title": "visit", "audiences": ["international"]},
                    {"id": "m2", "title": "call", "audiences": ["security_forces"]},
                ]
            },
            PARTLY,
        ),
        Example({"measures": [{"id": "m1", "title": "visit", "audiences": ["international"]}]}, NOT_MET),
        Example({"measures": [{"id": "m1", "title": "visit", "audiences": []}]}, UNKNOWN),
    ),
    mend=_address_somebody_here,
)
def it_speaks_to_people_at_home(draft: Draft) -> Judgement:
    """Share of measures that only the international audience should notice."""
    if not draft.measures:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    stated = [(i, m.audiences) for i, m in enumerate(draft.measures) if m.audiences]
    if not stated or 2 * len(stated) < len(draft.measures):
        return Judgement(UNKNOWN, Text(BLANK, known=len(stated), count=len(draft.measures)), ("/measures",))
    abroad = sum(1 for _i, audiences in stated if set(audiences) == {"international"})
    share = abroad / len(stated)
    because = Text(
        _("{abroad} of {count} measures address only the international audience ({percent} %)."),
        abroad=abroad,
        count=len(stated),
        percent=percent(share),
    )
    return Judgement(from_ceiling(share, 0.2, 0.5), because, [f"/measures/{i}/audiences" for i, _a in stated])
