"""G9 Does not predetermine the future: confidence is built without deciding, or seeming to decide, what is still to be
negotiated."""

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
    percent,
)
from assessments.engine.mending import named, raise_measures
from assessments.engine.reading import BLANK, NO_MEASURES, over_measures, tri_share
from assessments.engine.rubric import Applies, Cap, Change, Example, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G9"

CAPS = (Cap(74, lambda grade, draft: grade("G9.2") == NOT_MET, _("A step closes off an outcome that is still open.")),)

THIRD = 0.34


def steps(*measures: dict[str, Any], phase: str | None = "negotiation") -> dict[str, Any]:
    """An example package of these measures in a phase."""
    entered = [{"id": f"m{n}", "title": f"step {n}", **m} for n, m in enumerate(measures)]
    return {"measures": entered, **({"context": {"phase": phase}} if phase else {})}


CORE, RELATED, PERIPHERAL = ({"sensitivity": s} for s in ("core", "related", "peripheral"))


def _close_to_the_core(draft: Draft) -> list[int]:
    return [i for i, m in enumerate(draft.measures) if m.sensitivity in ("related", "core")]


def _protect(draft: Draft) -> Change | None:
    if not _close_to_the_core(draft):
        blank = [i for i, m in enumerate(draft.measures) if m.sensitivity is None]
        edits = [Edit(f"/measures/{i}/sensitivity", "peripheral") for i in blank]
        return Change(tuple(edits), "") if edits else None
    words = _("Add to {measures} that nothing in it affects legal positions")
    return raise_measures("without_prejudice", "yes", words, met=0.9, among=_close_to_the_core)(draft)


@check(
    "G9.1",
    question=_("Are claims protected?"),
    weight=3,
    reads=("measures.without_prejudice", "measures.sensitivity"),
    rule=_(
        "Whether related and core measures are without prejudice: met from 90 %, partly from 50 %. If there are none: "
        "met when every measure states its sensitivity."
    ),
    advice=_("Add a sentence that nothing here affects legal positions, and repeat it where a name or line is used."),
    ask=_("Which claim could the other side say you gave up by agreeing to this?"),
    too_far=_("So many reservations can bury the step that nobody sees it."),
    cases=("belize-guatemala-oas",),
    effort=1,
    examples=(
        Example(steps({**RELATED, "without_prejudice": "yes"}, PERIPHERAL), MET),
        Example(steps(PERIPHERAL), MET),
        Example(steps({**CORE, "without_prejudice": "partly"}), PARTLY),
        Example(steps({**CORE, "without_prejudice": "no"}), NOT_MET),
        Example(steps(CORE), UNKNOWN),
        Example(steps(PERIPHERAL, {}), UNKNOWN),
    ),
    mend=_protect,
)
def claims_are_protected(draft: Draft) -> Judgement:
    """Tri-state answers over related and core measures."""
    if not draft.measures:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    close = _close_to_the_core(draft)
    if close:
        tally = _("{yes} of {known} measures close to the core are fully without prejudice ({percent} % in all).")
        return tri_share(draft, "without_prejudice", 0.9, 0.5, tally, close)
    reading = over_measures(draft, "sensitivity")
    if len(reading.known) < len(draft.measures):
        because = Text(_("Not every measure says how close it comes to the core, so claims may be touched."))
        return Judgement(UNKNOWN, because, reading.evidence)
    return Judgement(MET, Text(_("No measure comes close to the core of the conflict.")), reading.evidence)


def _keep_open(draft: Draft) -> Change | None:
    stated = [m.forecloses for m in draft.measures]
    known = [s for s in stated if s is not None]
    fix = [i for i, s in enumerate(stated) if s in ("yes", "partly")]
    if not known or 2 * len(known) < len(stated):
        fix += [i for i, s in enumerate(stated) if s is None]
    words = _("Change {measures} until each side's preferred outcome is still possible afterwards")
    edits = tuple(Edit(f"/measures/{i}/forecloses", "no") for i in sorted(fix))
    return Change(edits, words, {"measures": named(draft, sorted(fix))}) if edits else None


@check(
    "G9.2",
    question=_("Are all options still open afterwards?"),
    weight=3,
    reads=("measures.forecloses",),
    rule=_(
        "No measure closes an outcome off: met; some in part, none outright: partly; any outright: not met. Known for half."
    ),
    advice=_("Test the step against each side's preferred outcome. If one becomes impossible, change the step."),
    ask=_("Which outcome would no longer be possible once this is done?"),
    too_far=_("Keeping everything open for ever is a decision too."),
    cases=("aceh-coha-2002",),
    effort=3,
    examples=(
        Example(steps({"forecloses": "no"}), MET),
        Example(steps({"forecloses": "no"}, {"forecloses": "partly"}), PARTLY),
        Example(steps({"forecloses": "no"}, {"forecloses": "yes"}), NOT_MET),
        Example(steps({"forecloses": "no"}, {}, {}), UNKNOWN),
    ),
    mend=_keep_open,
)
def all_options_stay_open(draft: Draft) -> Judgement:
    """The worst answer of any measure."""
    reading = over_measures(draft, "forecloses")
    if not reading.values:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    known = reading.known
    if not known or 2 * len(known) < len(reading.values):
        return Judgement(UNKNOWN, Text(BLANK, known=len(known), count=len(reading.values)), reading.evidence)
    worst: Grade = NOT_MET if "yes" in known else PARTLY if "partly" in known else MET
    says = {
        MET: _("No measure closes off an outcome."),
        PARTLY: _("At least one measure closes off an outcome in part."),
        NOT_MET: _("At least one measure closes off an outcome."),
    }
    return Judgement(worst, Text(says[worst]), reading.evidence)


def _take_out_core(draft: Draft) -> Change | None:
    stated = [i for i, m in enumerate(draft.measures) if m.sensitivity is not None]
    if not stated or 2 * len(stated) < len(draft.measures):
        edits = [
            Edit(f"/measures/{i}/sensitivity", "peripheral")
            for i, m in enumerate(draft.measures)
            if m.sensitivity is None
        ]
        return Change(tuple(edits), "") if edits else None
    core = [i for i in stated if draft.measures[i].sensitivity == "core"]
    edits = [Edit(f"/measures/{i}/sensitivity", "related") for i in core]
    words = _("Move what decides status in {measures} to the political agenda")
    return Change(tuple(edits), words, {"measures": named(draft, core)}) if edits else None


@check(
    "G9.3",
    question=_("Is no core issue settled by stealth?"),
    weight=2,
    reads=("measures.sensitivity", "context.phase"),
    rule=_("Share of core measures: none: met; up to a third: partly."),
    advice=_("Move it to the political agenda, or take out the part that decides status."),
    ask=_("Does any of this decide something that the talks are there to decide?"),
    too_far=_("Measures that keep clear of everything that matters do not matter."),
    cases=("yemen-stockholm-2018",),
    effort=3,
    applies=Applies(
        lambda draft: draft.phase != "implementation", _("In implementation core issues are settled by the agreement.")
    ),
    examples=(
        Example(steps(RELATED, PERIPHERAL), MET),
        Example(steps(CORE, RELATED, PERIPHERAL), PARTLY),
        Example(steps(CORE, RELATED), NOT_MET),
        Example(steps({}), UNKNOWN),
        Example(steps(RELATED, phase=None), UNKNOWN),
        Example(steps(CORE, phase="implementation"), NOT_APPLICABLE),
    ),
    mend=_take_out_core,
)
def no_core_issue_is_settled_by_stealth(draft: Draft) -> Judgement:
    """Share of core measures."""
    reading = over_measures(draft, "sensitivity")
    known = reading.known
    if not reading.values:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    if not known or 2 * len(known) < len(reading.values):
        return Judgement(UNKNOWN, Text(BLANK, known=len(known), count=len(reading.values)), reading.evidence)
    share = known.count("core") / len(known)
    because = Text(
        _("{core} of {count} measures are at the core of the conflict ({percent} %)."),
        core=known.count("core"),
        count=len(known),
        percent=percent(share),
    )
    return Judgement(from_ceiling(share, 0, THIRD), because, reading.evidence)


@check(
    "G9.4",
    question=_("Are names, symbols and signatures neutral?"),
    weight=1,
    reads=("measures.status_neutral",),
    rule=_("As answered, over measures: met from 80 %, partly from 50 %."),
    advice=_("Use neutral plates, stamps, titles and line names; let offices sign rather than states."),
    ask=_("Which name, stamp or signature in this would your side not accept?"),
    too_far=_("Names that nobody uses confuse those who must act."),
    cases=("kosovo-serbia-technical-dialogue-2011",),
    effort=1,
    examples=(
        Example(steps({"status_neutral": "yes"}), MET),
        Example(steps({"status_neutral": "partly"}), PARTLY),
        Example(steps({"status_neutral": "no"}), NOT_MET),
        Example(steps({}), UNKNOWN),
    ),
    mend=raise_measures("status_neutral", "yes", _("Use neutral names, stamps and signatures in {measures}"), met=0.8),
)
def names_and_symbols_are_neutral(draft: Draft) -> Judgement:
    """Tri-state answers over measures."""
    tally = _("In {yes} of {known} measures names and symbols are fully neutral ({percent} % in all).")
    return tri_share(draft, "status_neutral", 0.8, 0.5, tally)


@check(
    "G9.5",
    question=_("Is it limited in time or open to review?"),
    weight=1,
    reads=("measures.time_bound",),
    rule=_("As answered, over measures: met from 60 %, partly from 30 %."),
    advice=_("Add a term or a review date."),
    ask=_("Until when does this hold, and who decides whether it goes on?"),
    too_far=_("Terms that are too short keep everybody at the table about nothing else."),
    cases=("argentina-brazil-abacc-1991",),
    effort=1,
    examples=(
        Example(steps(*[{"time_bound": "yes"}] * 3, *[{"time_bound": "no"}] * 2), MET),
        Example(steps({"time_bound": "partly"}), PARTLY),
        Example(steps({"time_bound": "no"}), NOT_MET),
        Example(steps({}), UNKNOWN),
    ),
    mend=raise_measures("time_bound", "yes", _("Add a term or a review date to {measures}"), met=0.6),
)
def it_is_limited_in_time(draft: Draft) -> Judgement:
    """Tri-state answers over measures."""
    tally = _("{yes} of {known} measures are fully limited in time or open to review ({percent} % in all).")
    return tri_share(draft, "time_bound", 0.6, 0.3, tally)
