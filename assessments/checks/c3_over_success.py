"""C3 Over-successful measures: relief can remove the discomfort that makes a settlement worth its price, and a full
calendar of measures can replace negotiation. No advice here prolongs hardship: it sequences, links, and names the
purpose honestly."""

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
    TRI_GRADE,
    UNKNOWN,
    Grade,
    Judgement,
)
from assessments.engine.mending import answer
from assessments.engine.reading import not_said, tri_answer
from assessments.engine.rubric import Applies, Change, Example, Trigger, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "C3"


def _measures_became_the_process(draft: Draft) -> bool:
    process = draft.package.process
    return (
        process is not None
        and process.cbm_only_agenda == "yes"
        and process.relief == "high"
        and not draft.prevention_only
    )


TRIGGERS = (
    Trigger(
        "raises_to_high",
        lambda grade, draft: _measures_became_the_process(draft),
        _("Only measures are on the agenda, and they take off much pressure."),
    ),
)

NOT_PURE_PREVENTION_EARLY = Applies(
    lambda draft: not (draft.phase == "before_process" and draft.prevention_only),
    _("Before a process, a package that only prevents escalation needs no agenda besides itself."),
)
SUBSTANCE = frozenset({"substantive", "agreement"})


def process(phase: str = "negotiation", **answers: Any) -> dict[str, Any]:
    """An example package in a phase with these answers on the process."""
    return {"context": {"phase": phase, "purposes": ["initiate_deepen"]}, "process": answers}


def linked(*links: dict[str, Any], track: str = "planned") -> dict[str, Any]:
    """An example package with these links."""
    return {**process(substantive_track=track), "links": list(links)}


EARLY_PREVENTION = {
    "context": {"phase": "before_process", "purposes": ["prevent_escalation"]},
    "process": {"cbm_only_agenda": "yes"},
    "links": [],
}


def many(count: int) -> dict[str, Any]:
    """An example package with so many measures before a process."""
    return {
        "context": {"phase": "before_process"},
        "measures": [{"id": f"m{n}", "title": f"step {n}"} for n in range(count)],
    }


@check(
    "C3.1",
    question=_("Is the package of a size that leaves room?"),
    weight=1,
    reads=("G2.6",),
    rule=_("As G2.6."),
    advice=_("Hold some measures back for later rounds."),
    ask=_("Which of these could wait for a second round?"),
    too_far=_("Holding back what is ready can look like bargaining with goodwill."),
    cases=("moldova-berlin-plus-2016",),
    effort=2,
    examples=(
        Example(many(5), MET),
        Example(many(7), PARTLY),
        Example(many(8), NOT_MET),
        Example({"measures": [{"id": "m1", "title": "call"}]}, UNKNOWN),
    ),
)
def size_leaves_room(draft: Draft) -> Judgement:
    """The judgement of G2.6."""
    return draft.judge("G2.6")


@check(
    "C3.2",
    question=_("Is there an agenda besides CBMs?"),
    weight=3,
    reads=("process.cbm_only_agenda", "context.phase", "context.purposes"),
    rule=_("Only measures on the agenda: not met; mostly: partly; substance too: met."),
    advice=_("Reserve a fixed part of every round for substance, however small."),
    ask=_("What besides measures was on the agenda of the last round?"),
    too_far=_("Forcing substance onto the table before it can be spoken of can empty the table."),
    cases=("moldova-berlin-plus-2016",),
    effort=3,
    applies=NOT_PURE_PREVENTION_EARLY,
    examples=(
        Example(process(cbm_only_agenda="no"), MET),
        Example(process(cbm_only_agenda="partly"), PARTLY),
        Example(process(cbm_only_agenda="yes"), NOT_MET),
        Example(process(), UNKNOWN),
        Example({"process": {"cbm_only_agenda": "no"}}, UNKNOWN),
        Example(EARLY_PREVENTION, NOT_APPLICABLE),
    ),
    mend=answer("process", "cbm_only_agenda", "no", _("Reserve a fixed part of every round for substance")),
)
def substance_is_on_the_agenda(draft: Draft) -> Judgement:
    """The answer on an agenda of measures only, reversed."""
    return tri_answer(
        draft,
        "process",
        "cbm_only_agenda",
        REVERSED_TRI_GRADE,
        {
            "yes": _("Only measures are on the agenda."),
            "partly": _("Measures fill most of the agenda."),
            "no": _("Substance is on the agenda besides the measures."),
        },
    )


@check(
    "C3.3",
    question=_("Does enough pressure remain?"),
    weight=2.5,
    reads=("process.relief",),
    rule=_("Pressure that the package takes off: low: met; medium: partly; high: not met."),
    advice=_(
        "Choose measures that show what peace would bring rather than make its absence painless. Never withhold relief "
        "in order to create pressure."
    ),
    ask=_("If all of this worked, what would still make a settlement worth its price?"),
    too_far=_("Hardship is never a tool: relief for people goes ahead whatever the talks do."),
    cases=("cyprus-crossings-2003",),
    effort=3,
    examples=(
        Example(process(relief="low"), MET),
        Example(process(relief="medium"), PARTLY),
        Example(process(relief="high"), NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=answer(
        "process", "relief", "low", _("Choose measures that show what peace would bring, beside relief that goes on")
    ),
)
def enough_pressure_remains(draft: Draft) -> Judgement:
    """How much pressure the package takes off."""
    stated = draft.package.process
    if stated is None or stated.relief is None:
        return not_said(*(["/process"] if stated is not None else []))
    grades: dict[str, Grade] = {"low": MET, "medium": PARTLY, "high": NOT_MET}
    says = {
        "low": _("The package takes off little of the pressure to settle."),
        "medium": _("The package takes off some of the pressure to settle."),
        "high": _("The package takes off much of the pressure to settle."),
    }
    return Judgement(grades[stated.relief], Text(says[stated.relief]), ("/process/relief",))


def _review_date(draft: Draft) -> Change:
    link = {"from": "all", "to": "review", "target": "the core issues", "when": "before renewal"}
    edit = Edit("/links", [link]) if draft.package.links is None else Edit("/links/-", link)
    return Change((edit,), _("Make renewal, on a date, the occasion to ask what has moved on the core issues"))


@check(
    "C3.4",
    question=_("Is continuation tied to a review of substance?"),
    weight=1.5,
    reads=("links", "process.substantive_track", "context.phase", "context.purposes"),
    rule=_(
        "A dated review, or a live track and a dated link to substance or agreement: met; any review, substance or "
        "agreement link: partly; none: not met."
    ),
    advice=_("Make renewal the occasion for asking what has moved on the core issues."),
    ask=_("When will you look together at what these measures have moved on the core issues?"),
    too_far=_("Reviews that come too often turn into bargaining over the measures."),
    cases=("nuba-mountains-2002",),
    effort=2,
    applies=NOT_PURE_PREVENTION_EARLY,
    examples=(
        Example(linked({"to": "review", "when": "6 months"}), MET),
        Example(linked({"to": "substantive", "when": "May"}, track="ongoing"), MET),
        Example(linked({"to": "substantive", "when": "May"}), PARTLY),
        Example(linked({"to": "review"}), PARTLY),
        Example(linked({"to": "measure", "when": "May"}), NOT_MET),
        Example(process(), UNKNOWN),
        Example(EARLY_PREVENTION, NOT_APPLICABLE),
    ),
    mend=_review_date,
)
def continuation_is_reviewed(draft: Draft) -> Judgement:
    """Links to a review or to the substance."""
    links = draft.package.links
    if links is None:
        return not_said()
    bridges = [n for n, link in enumerate(links) if link.to == "review" or link.to in SUBSTANCE]
    evidence = [f"/links/{n}" for n in bridges] or ["/links"]
    if not bridges:
        return Judgement(NOT_MET, Text(_("No link leads to a review or to the substance.")), evidence)
    for n in bridges:
        if (links[n].when or "").strip() and (links[n].to == "review" or draft.live_track):
            return Judgement(
                MET, Text(_("Continuation is tied to a date at which the substance is looked at.")), evidence
            )
    return Judgement(
        PARTLY, Text(_("A link leads to a review or to the substance, but no date ties it to live talks.")), evidence
    )


@check(
    "C3.5",
    question=_("Are leaders not harvesting applause instead of negotiating?"),
    weight=1,
    reads=("process.used_for_pr",),
    rule=_("Measures used for applause: not met; in part: partly; not: met."),
    advice=_("Agree a common line: these steps prepare, they do not replace."),
    ask=_("What do leaders say in public that these steps are for?"),
    too_far=_("Leaders need something to show; silence about success can lose their followers."),
    cases=("kaesong-industrial-complex",),
    effort=2,
    examples=(
        Example(process(used_for_pr="no"), MET),
        Example(process(used_for_pr="partly"), PARTLY),
        Example(process(used_for_pr="yes"), NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=answer(
        "process", "used_for_pr", "no", _("Agree a common line: these steps prepare the talks and do not replace them")
    ),
)
def applause_does_not_replace_talks(draft: Draft) -> Judgement:
    """The answer on use for public relations, reversed."""
    return tri_answer(
        draft,
        "process",
        "used_for_pr",
        REVERSED_TRI_GRADE,
        {
            "yes": _("The measures are used for applause."),
            "partly": _("The measures are used for applause in part."),
            "no": _("The measures are not used for applause."),
        },
    )


@check(
    "C3.6",
    question=_("Has this dilemma been put to the parties?"),
    weight=0.75,
    reads=("process.dilemma_discussed",),
    rule=_("As answered."),
    advice=_("Ask openly how much is enough to begin, and how much would let everyone stay where they are."),
    ask=_("How much is enough to begin, and how much would let everyone stay where they are?"),
    too_far=_("Raised too early, the question can talk people out of a good first step."),
    cases=("mindanao-ceasefire-mechanisms",),
    effort=2,
    examples=(
        Example(process(dilemma_discussed="yes"), MET),
        Example(process(dilemma_discussed="partly"), PARTLY),
        Example(process(dilemma_discussed="no"), NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=answer(
        "process", "dilemma_discussed", "yes", _("Put the dilemma to the parties: how much is enough to begin?")
    ),
)
def the_dilemma_is_discussed(draft: Draft) -> Judgement:
    """The answer on the dilemma."""
    return tri_answer(
        draft,
        "process",
        "dilemma_discussed",
        TRI_GRADE,
        {
            "yes": _("The parties have talked about how much relief is too much."),
            "partly": _("Some have talked about how much relief is too much."),
            "no": _("The parties have not talked about how much relief is too much."),
        },
    )
