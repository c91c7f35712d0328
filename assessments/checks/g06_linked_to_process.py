"""G6 Linked to a process: each step leads somewhere, to another step or to the substance, without holding people's
welfare hostage."""

from __future__ import annotations

from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    TOLERANCE,
    UNKNOWN,
    Grade,
    Judgement,
    from_ceiling,
    from_floor,
)
from assessments.engine.mending import answer, named
from assessments.engine.reading import NO_MEASURES, not_said
from assessments.engine.rubric import Applies, Cap, Change, Example, Mend, check
from assessments.package import Link
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G6"

CAPS = (
    Cap(74, lambda grade, draft: grade("G6.2") == PARTLY, _("No date ties the measures to the substance.")),
    Cap(49, lambda grade, draft: grade("G6.2") == NOT_MET, _("Nothing leads from the measures to the substance.")),
)

SUBSTANCE = frozenset({"substantive", "agreement"})
ONWARD = frozenset({"measure", "next_package"})
CIVIL = frozenset({"II", "III"})
LIGHT = 0.2


def linked(
    *links: dict[str, Any], phase: str | None = "negotiation", measures: int = 1, **sections: Any
) -> dict[str, Any]:
    """An example package in a phase with so many measures and these links."""
    context = {"purposes": ["initiate_deepen"], **({"phase": phase} if phase else {})}
    return {
        "context": context,
        "measures": [{"id": f"m{n}", "title": f"step {n}"} for n in range(measures)],
        "links": list(links),
        **sections,
    }


def track(state: str, phase: str = "negotiation", purpose: str = "initiate_deepen") -> dict[str, Any]:
    """An example package with the talks in this state."""
    return {"context": {"phase": phase, "purposes": [purpose]}, "process": {"substantive_track": state}}


def civil(*links: dict[str, Any], tracks: tuple[str, ...] = ("III",)) -> dict[str, Any]:
    """An example package with one measure on these tracks and these links."""
    return {"measures": [{"id": "m1", "title": "school day", "tracks": list(tracks)}], "links": list(links)}


SILENT = {"context": {"phase": "negotiation"}, "measures": [{"id": "m1", "title": "step"}]}
PREVENTION = {"context": {"phase": "negotiation", "purposes": ["prevent_escalation"]}}


def _says(text: str | None) -> bool:
    return bool(text and text.strip())


def _starts(links: tuple[Link, ...]) -> set[str] | None:
    """Ids of the measures that a link starts from; ``None`` if one starts from all."""
    if any(link.from_ is None or link.from_ == "all" for link in links):
        return None
    return {measure for link in links for measure in link.from_ or ()}


def add_link(link: dict[str, Any], words: str) -> Mend:
    """Mends by one more link from all measures."""

    def mend(draft: Draft) -> Change:
        edit = Edit("/links", [link]) if draft.package.links is None else Edit("/links/-", link)
        return Change((edit,), words)

    return mend


def _lead_on(draft: Draft) -> Change | None:
    links = draft.package.links or ()
    starts = _starts(links) if links else set()
    if starts is None or not draft.measures:
        return None
    loose = [i for i, m in enumerate(draft.measures) if m.id not in starts]
    link = {
        "from": [draft.measures[i].id for i in loose],
        "to": "review",
        "target": "[if this works, then ...]",
        "when": "[date]",
    }
    edit = Edit("/links", [link]) if draft.package.links is None else Edit("/links/-", link)
    words = _("Write next to {measures}: if this works, then ...")
    return Change((edit,), words, {"measures": named(draft, loose)}) if loose else None


@check(
    "G6.1",
    question=_("Does each measure lead on?"),
    weight=2,
    reads=("links", "measures.id"),
    rule=_("Share of measures that a link starts from: met from 70 %, partly from 40 %."),
    advice=_('Next to each measure write "if this works, then ...".'),
    ask=_("If this works, what will you do next?"),
    too_far=_("A chain in which all hangs on the first step breaks with it."),
    cases=("us-china-ping-pong-1971",),
    effort=1,
    examples=(
        Example(linked({"to": "review"}, measures=3), MET),
        Example(linked({"from": ["m0"], "to": "review"}, measures=2), PARTLY),
        Example(linked({"from": ["m0"], "to": "review"}, measures=3), NOT_MET),
        Example(linked(), NOT_MET),
        Example(SILENT, UNKNOWN),
    ),
    mend=_lead_on,
)
def each_measure_leads_on(draft: Draft) -> Judgement:
    """Share of measures that a link starts from."""
    links = draft.package.links
    if links is None:
        return not_said()
    if not draft.measures:
        return Judgement(UNKNOWN, Text(NO_MEASURES), ("/links",))
    starts = _starts(links)
    loose = [] if starts is None else [i for i, m in enumerate(draft.measures) if m.id not in starts]
    leading = len(draft.measures) - len(loose)
    because = Text(_("{leading} of {count} measures lead on to something."), leading=leading, count=len(draft.measures))
    return Judgement(
        from_floor(leading / len(draft.measures), 0.7, 0.4), because, ["/links", *(f"/measures/{i}" for i in loose)]
    )


@check(
    "G6.2",
    question=_("Is there a dated or triggered step to the substance?"),
    weight=3,
    reads=("links", "context.phase", "context.purposes"),
    rule=_(
        "Met: a link to substance or agreement has a date or an event; partly: such a link without one (for prevention "
        "only, also a review). Before a process: any link except to a review met, a review only partly, none not met."
    ),
    advice=_("Put a meeting on the calendar at which results are reviewed and one core topic is opened."),
    ask=_("On which day, or after which event, will a core topic be opened?"),
    too_far=_("A date that cannot be kept costs more trust than no date."),
    cases=("colombia-demining-pilot-2015", "ecuador-peru-momep-1995"),
    effort=3,
    examples=(
        Example(linked({"to": "substantive", "when": "May 2005"}), MET),
        Example(linked({"to": "next_package"}, phase="before_process"), MET),
        Example(linked({"to": "agreement"}), PARTLY),
        Example({**linked({"to": "review"}), **PREVENTION}, PARTLY),
        Example(linked({"to": "review"}, phase="before_process"), PARTLY),
        Example(linked({"to": "review", "when": "May"}), NOT_MET),
        Example(linked(phase="before_process"), NOT_MET),
        Example(linked({"to": "substantive", "when": "May"}, phase=None), UNKNOWN),
        Example(SILENT, UNKNOWN),
    ),
    mend=add_link(
        {"from": "all", "to": "substantive", "target": "[one core topic]", "when": "[date or event]"},
        _("Put a meeting on the calendar at which results are reviewed and one core topic is opened"),
    ),
)
def a_dated_step_leads_to_substance(draft: Draft) -> Judgement:
    """Links to the substance, or before a process to anything."""
    links = draft.package.links
    if links is None:
        return not_said()
    evidence = [f"/links/{n}" for n in range(len(links))] or ["/links"]
    if draft.phase == "before_process":
        return _before_a_process(links, evidence)
    bridges = [link for link in links if link.to in SUBSTANCE]
    if any(_says(link.when) for link in bridges):
        return Judgement(MET, Text(_("A link leads to the substance and says when.")), evidence)
    if bridges:
        return Judgement(PARTLY, Text(_("A link leads to the substance, but does not say when.")), evidence)
    if draft.prevention_only and any(link.to == "review" for link in links):
        return Judgement(PARTLY, Text(_("A review is foreseen, which is enough for a start in prevention.")), evidence)
    return Judgement(NOT_MET, Text(_("No link leads to the substance.")), evidence)


def _before_a_process(links: tuple[Link, ...], evidence: list[str]) -> Judgement:
    if any(link.to is not None and link.to != "review" for link in links):
        return Judgement(MET, Text(_("The measures lead on to something; before a process that is enough.")), evidence)
    if any(link.to == "review" for link in links):
        return Judgement(PARTLY, Text(_("The measures lead to a review only.")), evidence)
    return Judgement(NOT_MET, Text(_("The measures lead nowhere yet.")), evidence)


def _prevention_without_talks(draft: Draft) -> bool:
    return (
        draft.phase == "before_process" and draft.prevention_only and draft.substantive_track in ("none", "not_sought")
    )


@check(
    "G6.3",
    question=_("Is the substantive track alive?"),
    weight=2,
    reads=("process.substantive_track", "context.phase", "context.purposes"),
    rule=_("Ongoing, scheduled or concluded: met; planned or suspended: partly; none or not sought: not met."),
    advice=_(
        "If nothing is planned, decide with the parties whether the aim is prevention only. If not, agree what would "
        "reopen talks."
    ),
    ask=_("What would have to happen for talks on the substance to take place?"),
    too_far=_("Talks that are announced and not meant discredit the measures too."),
    cases=("moldova-berlin-plus-2016",),
    effort=3,
    applies=Applies(
        lambda draft: not _prevention_without_talks(draft),
        _("Before a process, a package that only prevents escalation needs no talks."),
    ),
    examples=(
        Example(track("scheduled"), MET),
        Example(track("suspended"), PARTLY),
        Example(track("none"), NOT_MET),
        Example(track("not_sought", "before_process"), NOT_MET),
        Example({"context": {"phase": "negotiation"}}, UNKNOWN),
        Example({"process": {"substantive_track": "ongoing"}}, UNKNOWN),
        Example(track("none", "before_process", "prevent_escalation"), NOT_APPLICABLE),
    ),
    mend=answer(
        "process", "substantive_track", "scheduled", _("Agree with the sides what would reopen talks, and a date")
    ),
)
def the_talks_are_alive(draft: Draft) -> Judgement:
    """The state of the talks on the substance."""
    state = draft.substantive_track
    if state is None:
        return not_said(*(["/process"] if draft.package.process is not None else []))
    grade: Grade = MET if draft.live_track else PARTLY if state in ("planned", "suspended") else NOT_MET
    says = {
        MET: _("Talks on the substance are going on, have a date or are concluded."),
        PARTLY: _("Talks on the substance are planned or suspended."),
        NOT_MET: _("No talks on the substance are planned."),
    }
    return Judgement(grade, Text(says[grade]), ("/process/substantive_track",))


@check(
    "G6.4",
    question=_("Do measures grow out of one another?"),
    weight=1.5,
    reads=("links",),
    rule=_(
        "A link to another measure or to the next package: met; otherwise a link to a review: partly; else not met."
    ),
    advice=_("Order them from easy to hard and let success at one rung open the next."),
    ask=_("Which of these would make another one possible?"),
    too_far=_("If every rung must be perfect before the next, nobody climbs."),
    cases=("argentina-brazil-abacc-1991",),
    effort=2,
    examples=(
        Example(linked({"to": "measure", "target": "m0"}), MET),
        Example(linked({"to": "next_package"}), MET),
        Example(linked({"to": "review"}), PARTLY),
        Example(linked({"to": "substantive", "when": "May"}), NOT_MET),
        Example(linked(), NOT_MET),
        Example(SILENT, UNKNOWN),
    ),
    mend=add_link(
        {"from": "all", "to": "next_package", "target": "[the next round]", "when": "[date or event]"},
        _("Let success at one rung open the next: name the next round and what opens it"),
    ),
)
def measures_grow_out_of_one_another(draft: Draft) -> Judgement:
    """Links to another measure or the next package; otherwise to a review."""
    links = draft.package.links
    if links is None:
        return not_said()
    onward = [f"/links/{n}" for n, link in enumerate(links) if link.to in ONWARD]
    reviews = [f"/links/{n}" for n, link in enumerate(links) if link.to == "review"]
    if onward:
        return Judgement(MET, Text(_("A link leads to another measure or to a next package.")), onward)
    if reviews:
        return Judgement(PARTLY, Text(_("A link leads to a review, none to another measure.")), reviews)
    return Judgement(NOT_MET, Text(_("No link leads to another measure, a next package or a review.")), ("/links",))


def _soften(draft: Draft) -> Change | None:
    links = draft.package.links
    if links is None:
        return Change((Edit("/links", [{"from": "all", "to": "review", "condition": "soft"}]),), "")
    hard = [n for n, link in enumerate(links) if link.condition == "hard"]
    fix = [n for i, n in enumerate(hard) if (len(hard) - i) / len(links) > LIGHT + TOLERANCE]
    words = _("Let relief, prisoners' health and family visits go on whatever the talks do: make {count} links soft")
    edits = tuple(Edit(f"/links/{n}/condition", "soft") for n in fix)
    return Change(edits, words, {"count": len(fix)}) if edits else None


@check(
    "G6.5",
    question=_("Is conditionality light?"),
    weight=0.75,
    reads=("links",),
    rule=_("Share of links that are hard conditions: met up to 20 %, partly up to 50 %."),
    advice=_("Never make relief, prisoners' health or family visits conditional on political progress."),
    ask=_("What would stop for people if the talks stall?"),
    too_far=_("Without any condition a side may take the benefits and leave the talks."),
    cases=("operation-lifeline-sudan-1989",),
    effort=2,
    applies=Applies(lambda draft: draft.package.links is None or bool(draft.package.links), _("There are no links.")),
    examples=(
        Example(linked({"to": "review", "condition": "soft"}), MET),
        Example(linked({"to": "review"}), MET),
        Example(linked({"to": "review", "condition": "hard"}, {"to": "review"}), PARTLY),
        Example(linked({"to": "review", "condition": "hard"}), NOT_MET),
        Example(SILENT, UNKNOWN),
        Example(linked(), NOT_APPLICABLE),
    ),
    mend=_soften,
)
def conditions_are_light(draft: Draft) -> Judgement:
    """Share of hard links."""
    links = draft.package.links
    if links is None:
        return not_said()
    hard = [f"/links/{n}" for n, link in enumerate(links) if link.condition == "hard"]
    because = Text(_("{hard} of {count} links are hard conditions."), hard=len(hard), count=len(links))
    return Judgement(from_ceiling(len(hard) / len(links), LIGHT, 0.5), because, hard or ("/links",))


def _civil(draft: Draft) -> list[int]:
    return [i for i, m in enumerate(draft.measures) if m.tracks and not CIVIL.isdisjoint(m.tracks)]


@check(
    "G6.6",
    question=_("Do results from society reach the table, and back?"),
    weight=0.75,
    reads=("links", "measures.tracks"),
    rule=_(
        "A link carries results, or a measure on track II or III is on track I too: met; in part: partly; else not met."
    ),
    advice=_("Appoint someone who reports from community work to the delegations once per round."),
    ask=_("Who tells the delegations what these people have achieved?"),
    too_far=_("Community work that is drawn into the talks too closely loses its freedom."),
    cases=("kenya-ccp-2008",),
    effort=1,
    applies=Applies(lambda draft: bool(_civil(draft)), _("No measure is on track II or III.")),
    examples=(
        Example(civil({"to": "review", "bridge": "yes"}), MET),
        Example(civil(tracks=("I", "III")), MET),
        Example(civil({"to": "review", "bridge": "partly"}), PARTLY),
        Example(civil({"to": "review"}), NOT_MET),
        Example({"measures": [{"id": "m1", "title": "school day", "tracks": ["II"]}]}, UNKNOWN),
        Example(civil(tracks=("I",)), NOT_APPLICABLE),
    ),
    mend=add_link(
        {"from": "all", "to": "substantive", "target": "[the delegations]", "when": "[once a round]", "bridge": "yes"},
        _("Appoint someone who reports from community work to the delegations once a round"),
    ),
)
def society_reaches_the_table(draft: Draft) -> Judgement:
    """Bridges, and measures on several tracks."""
    links = draft.package.links
    if links is None:
        return not_said()
    both = [i for i in _civil(draft) if "I" in (draft.measures[i].tracks or ())]
    bridges = {link.bridge for link in links}
    if both or "yes" in bridges:
        return Judgement(MET, Text(_("What is done in society is carried to the official talks.")), ("/links",))
    if "partly" in bridges:
        return Judgement(PARTLY, Text(_("What is done in society is carried to the talks in part.")), ("/links",))
    return Judgement(NOT_MET, Text(_("Nothing carries what is done in society to the official talks.")), ("/links",))
