"""G3 Visible: a measure signals intent only if those who should read the signal notice it; the audience may be a
delegation, a general staff or a nation, so discretion can be right."""

from __future__ import annotations

from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    TRI,
    UNKNOWN,
    Grade,
    Judgement,
    from_floor,
    mean_of_known,
    percent,
)
from assessments.engine.mending import named, raise_measures
from assessments.engine.reading import NO_MEASURES, graded_share, not_said, over_measures, tri_share
from assessments.engine.rubric import Applies, Cap, Change, Example, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G3"

CAPS = (
    Cap(
        49,
        lambda grade, draft: grade("G3.2") == NOT_MET,
        _("One of the audiences will hardly notice the measures meant for it."),
    ),
)

AUDIENCE_NAMES = {
    "negotiators": _("negotiators"),
    "decision_makers": _("decision-makers"),
    "security_forces": _("security forces"),
    "constituencies": _("constituencies"),
    "international": _("the international audience"),
}
BEHIND_THE_SCENES = frozenset({"negotiators", "decision_makers", "security_forces"})
TO_CONSTITUENCIES = {"public": 1.0, "audience_only": 0.5, "confidential": 0.0}
TO_OTHERS = {"public": 1.0, "audience_only": 1.0, "confidential": 0.5}


def shown(*measures: dict[str, Any], phase: str | None = "negotiation") -> dict[str, Any]:
    """An example package of these measures in a phase."""
    entered = [{"id": f"m{n}", "title": f"step {n}", **m} for n, m in enumerate(measures)]
    return {"measures": entered, **({"context": {"phase": phase}} if phase else {})}


TO_PEOPLE = {"audiences": ["constituencies"]}


def _names_somebody(audiences: tuple[str, ...]) -> float:
    return 1.0 if audiences else 0.0


@check(
    "G3.1",
    question=_("Is the audience of each measure named?"),
    weight=2,
    reads=("measures.audiences",),
    rule=_("Share of measures with at least one audience: met from 90 %, partly from 60 %; an empty list counts 0."),
    advice=_(
        'For each measure write: who must notice this, on which side? If the answer is only "donors", think again.'
    ),
    ask=_("Who must notice this, on which side?"),
    too_far=_("A measure for everybody is noticed by nobody in particular."),
    cases=("us-china-ping-pong-1971",),
    effort=1,
    examples=(
        Example(shown(TO_PEOPLE), MET),
        Example(shown(TO_PEOPLE, TO_PEOPLE, {"audiences": []}), PARTLY),
        Example(shown({"audiences": []}), NOT_MET),
        Example(shown({}), UNKNOWN),
    ),
    mend=raise_measures(
        "audiences", ["constituencies"], _("Say who must notice {measures}"), met=0.9, worth=_names_somebody
    ),
)
def audiences_are_named(draft: Draft) -> Judgement:
    """Share of measures with an audience."""
    reading = over_measures(draft, "audiences", worth=_names_somebody)
    return graded_share(reading, 0.9, 0.6, _("{yes} of {known} measures name who should notice them."))


def _noticed(draft: Draft) -> dict[str, float]:
    """By audience class the share of the measures aimed at it that it will see; classes that stay unknown left out."""
    shares = {}
    for audience in AUDIENCE_NAMES:
        aimed = draft.aimed_at(audience)
        seen = [None if (by := draft.measures[i].seen_by) is None else float(audience in by) for i in aimed]
        share = mean_of_known(seen)
        if share is not None:
            shares[audience] = share
    return shares


def _let_them_see(draft: Draft) -> Change | None:
    edits: dict[int, list[str]] = {}
    for audience in AUDIENCE_NAMES:
        aimed = draft.aimed_at(audience)
        if not aimed:
            continue
        blank = [i for i in aimed if draft.measures[i].seen_by is None]
        stated = [i for i in aimed if draft.measures[i].seen_by is not None]
        missed = [i for i in stated if audience not in (draft.measures[i].seen_by or ())]
        fix = blank if 2 * len(stated) < len(aimed) or not stated else missed
        for i in fix:
            edits.setdefault(i, list(draft.measures[i].seen_by or ())).append(audience)
    if not edits and not any(m.audiences for m in draft.measures):
        both = ("audiences", "seen_by")
        pairs = [
            Edit(f"/measures/{i}/{field}", ["constituencies"]) for i in range(len(draft.measures)) for field in both
        ]
        return Change(tuple(pairs), "") if pairs else None
    changes = tuple(Edit(f"/measures/{i}/seen_by", sorted(set(by))) for i, by in sorted(edits.items()))
    words = _("Choose a place, a witness or a messenger through which each audience learns of {measures}")
    return Change(changes, words, {"measures": named(draft, sorted(edits))}) if changes else None


@check(
    "G3.2",
    question=_("Will every audience notice?"),
    weight=3,
    reads=("measures.audiences", "measures.seen_by"),
    rule=_(
        "For each audience, the share of the measures aimed at it that it will see; the lowest counts: met from 80 %, "
        "partly from 50 %."
    ),
    advice=_(
        "Ask people from that audience how they would learn of it. Choose place, witness or messenger they believe; two "
        "clergymen did what an expert report could not."
    ),
    ask=_("How would people there learn of it, and from whom would they believe it?"),
    too_far=_("What everybody sees, opponents see too."),
    cases=("northern-ireland-confidence",),
    effort=1,
    examples=(
        Example(shown({**TO_PEOPLE, "seen_by": ["constituencies"]}), MET),
        Example(shown({**TO_PEOPLE, "seen_by": ["constituencies"]}, {**TO_PEOPLE, "seen_by": []}), PARTLY),
        Example(
            shown({"audiences": ["constituencies", "security_forces"], "seen_by": ["security_forces"]}),
            NOT_MET,
        ),
        Example(shown(TO_PEOPLE), UNKNOWN),
        Example(shown({"seen_by": ["constituencies"]}), UNKNOWN),
    ),
    mend=_let_them_see,
)
def every_audience_will_notice(draft: Draft) -> Judgement:
    """The lowest share of any audience."""
    shares = _noticed(draft)
    aimed = [i for i, m in enumerate(draft.measures) if m.audiences]
    evidence = [f"/measures/{i}" + ("" if draft.measures[i].seen_by is None else "/seen_by") for i in aimed]
    if not shares:
        return Judgement(UNKNOWN, Text(_("The draft does not say which audience will see what.")), evidence)
    lowest = min(shares, key=lambda audience: shares[audience])
    because = Text(
        _("Of the measures meant for {audience}, {percent} % will be seen by it; no audience has less."),
        audience=Text(AUDIENCE_NAMES[lowest]),
        percent=percent(shares[lowest]),
    )
    return Judgement(from_floor(shares[lowest], 0.8, 0.5), because, evidence)


def _fitting(draft: Draft, position: int) -> float | None:
    """How well exposure fits the audience, 0 to 1; ``None`` without audience or exposure."""
    measure = draft.measures[position]
    if not measure.audiences or measure.exposure is None:
        return None
    audiences = set(measure.audiences)
    if "constituencies" in audiences:
        return TO_CONSTITUENCIES[measure.exposure]
    if audiences <= BEHIND_THE_SCENES:
        shamed = any(impact.loss_of_face == 2 for impact in (measure.impact or {}).values())
        return 0.5 if measure.exposure == "public" and draft.early and shamed else 1.0
    return TO_OTHERS[measure.exposure]


def _choose_exposure(draft: Draft) -> Change | None:
    worths = {i: _fitting(draft, i) for i in range(len(draft.measures))}
    known = {i: w for i, w in worths.items() if w is not None}
    edits = []
    if not known or 2 * len(known) < len(worths):
        for i in (i for i, w in worths.items() if w is None):
            if not draft.measures[i].audiences:
                edits.append(Edit(f"/measures/{i}/audiences", ["constituencies"]))
            edits.append(Edit(f"/measures/{i}/exposure", "public"))
        return Change(tuple(edits), "") if edits else None
    chosen = []
    for i in sorted((i for i in known if known[i] < 1), key=lambda i: (known[i], i)):
        if sum(known.values()) / len(known) >= 0.8 - 1e-6:
            break
        known[i] = 1.0
        chosen.append(i)
        hidden = "constituencies" in (draft.measures[i].audiences or ()) or draft.measures[i].exposure != "public"
        edits.append(Edit(f"/measures/{i}/exposure", "public" if hidden else "audience_only"))
    words = _("Choose for {measures} how openly it is done, to suit those who should notice")
    return Change(tuple(edits), words, {"measures": named(draft, sorted(chosen))}) if edits else None


@check(
    "G3.3",
    question=_("Is exposure chosen on purpose?"),
    weight=2,
    reads=("measures.exposure", "measures.audiences", "context.phase", "measures.impact"),
    rule=_(
        "With constituencies in the audience: public 1, audience only 0.5, confidential 0. For negotiators, "
        "decision-makers or security forces alone: 1, but 0.5 if early, public and somebody may be shamed. Otherwise 1, "
        "confidential 0.5. Met from 80 %, partly from 50 %."
    ),
    advice=_(
        "Discreet early contact is legitimate. If it is to move the public later, agree now how and when it will be told."
    ),
    ask=_("Who may know of this, and from when on?"),
    too_far=_("Publicity before the sides are ready can end a contact."),
    cases=("israel-jordan-1994",),
    effort=1,
    examples=(
        Example(shown({**TO_PEOPLE, "exposure": "public"}), MET),
        Example(shown({"audiences": ["negotiators"], "exposure": "confidential"}), MET),
        Example(shown({**TO_PEOPLE, "exposure": "audience_only"}), PARTLY),
        Example(shown({"audiences": ["international"], "exposure": "confidential"}), PARTLY),
        Example(
            shown(
                {"audiences": ["negotiators"], "exposure": "public", "impact": {"a": {"loss_of_face": 2}}},
                phase="pre_negotiation",
            ),
            PARTLY,
        ),
        Example(shown({**TO_PEOPLE, "exposure": "confidential"}), NOT_MET),
        Example(shown({"exposure": "public"}), UNKNOWN),
        Example(shown({**TO_PEOPLE, "exposure": "public"}, phase=None), UNKNOWN),
    ),
    mend=_choose_exposure,
)
def exposure_is_chosen(draft: Draft) -> Judgement:
    """How well exposure fits the audience, over measures."""
    reading = over_measures(draft, "exposure")
    worths = reading._replace(values=[_fitting(draft, i) for i in range(len(draft.measures))])
    tally = _("For {yes} of {known} measures the openness suits those who should notice ({percent} % in all).")
    return graded_share(worths, 0.8, 0.5, tally)


@check(
    "G3.4",
    question=_("Is the public message agreed?"),
    weight=1.5,
    reads=("measures.message_agreed", "measures.audiences"),
    rule=_("As answered, over the measures meant for constituencies: met from 70 %, partly from 40 %."),
    advice=_("Agree three sentences both leaders will say, and one neither will say. Forbid victory language."),
    ask=_("Which three sentences would both leaders say in public about this?"),
    too_far=_("A message that is too polished is believed by nobody."),
    cases=("shalit-exchange-2011",),
    effort=2,
    applies=Applies(lambda draft: bool(draft.for_constituencies), _("No measure addresses constituencies.")),
    examples=(
        Example(shown({**TO_PEOPLE, "message_agreed": "yes"}), MET),
        Example(shown({**TO_PEOPLE, "message_agreed": "partly"}), PARTLY),
        Example(shown({**TO_PEOPLE, "message_agreed": "no"}), NOT_MET),
        Example(shown(TO_PEOPLE), UNKNOWN),
        Example(shown({"audiences": ["negotiators"]}), NOT_APPLICABLE),
    ),
    mend=raise_measures(
        "message_agreed",
        "yes",
        _("Agree what both leaders will say about {measures}, and what neither will"),
        met=0.7,
        among=lambda draft: draft.for_constituencies,
    ),
)
def the_message_is_agreed(draft: Draft) -> Judgement:
    """Tri-state answers over the measures for constituencies."""
    tally = _("For {yes} of {known} measures meant for the public the message is fully agreed ({percent} % in all).")
    return tri_share(draft, "message_agreed", 0.7, 0.4, tally, draft.for_constituencies)


def _touches_people(draft: Draft) -> bool:
    return bool(draft.for_constituencies) or draft.phase == "implementation"


def _make_tangible(draft: Draft) -> Change | None:
    if not draft.measures:
        return None
    best = max(
        range(len(draft.measures)),
        key=lambda i: (TRI[draft.measures[i].tangible] or 0, i in draft.for_constituencies, -i),
    )
    words = _("Add to {measures} one benefit that ordinary people can see: a road, a visit, a market day")
    return Change((Edit(f"/measures/{best}/tangible", "yes"),), words, {"measures": named(draft, [best])})


@check(
    "G3.5",
    question=_("Is there something people can touch?"),
    weight=1.5,
    reads=("measures.tangible", "measures.audiences", "context.phase"),
    rule=_("The most tangible measure of the package counts."),
    advice=_("Add one visible benefit for ordinary people in the affected place: a road, a visit, a market day."),
    ask=_("What will a family there see or hold in its hands?"),
    too_far=_("Gifts without talks look like a price for silence."),
    cases=("ivory-coast-zone-of-confidence",),
    effort=2,
    applies=Applies(
        _touches_people, _("No measure addresses constituencies, and it is not yet time to carry out an agreement.")
    ),
    examples=(
        Example(shown({**TO_PEOPLE, "tangible": "no"}, {"tangible": "yes"}), MET),
        Example(shown({**TO_PEOPLE, "tangible": "partly"}), PARTLY),
        Example(shown({"tangible": "no"}, phase="implementation"), NOT_MET),
        Example(shown(TO_PEOPLE), UNKNOWN),
        Example(shown({**TO_PEOPLE, "tangible": "yes"}, phase=None), UNKNOWN),
        Example(shown({"tangible": "yes"}, phase=None), NOT_APPLICABLE),
        Example(shown({"audiences": ["negotiators"]}), NOT_APPLICABLE),
    ),
    mend=_make_tangible,
)
def people_can_touch_something(draft: Draft) -> Judgement:
    """The best tri-state answer of any measure."""
    if not draft.measures:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    reading = over_measures(draft, "tangible", worth=TRI.__getitem__)
    if not reading.known:
        return not_said(*reading.evidence)
    best = max(reading.known)
    grade: Grade = MET if best == 1 else PARTLY if best == 0.5 else NOT_MET
    says = {
        1.0: _("At least one measure can be seen or touched by ordinary people."),
        0.5: _("What ordinary people can see or touch is slight."),
        0.0: _("No measure can be seen or touched by ordinary people."),
    }
    return Judgement(grade, Text(says[best]), reading.evidence)
