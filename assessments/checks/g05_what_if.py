"""G5 Clear about "what if": before the first incident all know what counts as a breach, whom to call, who finds the
facts and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.grading import MET, NOT_APPLICABLE, NOT_MET, PARTLY, TRI, UNKNOWN, Judgement, from_floor
from assessments.engine.mending import cover_the_rest, set_entries
from assessments.engine.reading import not_said, over_covered
from assessments.engine.rubric import Applies, Cap, Example, check
from assessments.package import Violation
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G5"

CAPS = (
    Cap(74, lambda grade, draft: grade("G5.1") == PARTLY, _("For some undertakings nothing is said about a breach.")),
    Cap(49, lambda grade, draft: grade("G5.1") == NOT_MET, _("For most undertakings nothing is said about a breach.")),
)

UNDERTAKINGS = Applies(
    lambda draft: bool(draft.undertakings),
    _("The package holds no undertaking, so there is nothing to break."),
)
COVER = ("measures.kind", "measures.binding", "violations.covers")
LIMITS = (0.8, 0.4)
FAST_ENOUGH = 48


def pact(*violations: Mapping[str, Any], phase: str | None = "negotiation", measures: int = 1) -> dict[str, Any]:
    """An example package: so many undertakings in a phase and the "what if" entries given."""
    return {
        **({"context": {"phase": phase}} if phase else {}),
        "measures": [{"id": f"m{n}", "title": f"post {n}"} for n in range(measures)],
        "violations": [dict(v) for v in violations],
    }


SILENT = {"context": {"phase": "negotiation"}, "measures": [{"id": "m1", "title": "pull back guns"}]}
GESTURE = {"measures": [{"id": "m1", "title": "a meal together", "kind": "relational"}]}


def _tri(draft: Draft, field: str, tally: str) -> Judgement:
    def worth(entry: Violation, position: int) -> float | None:
        return TRI[getattr(entry, field)]

    return over_covered(draft.answered, "violations", (field,), worth, LIMITS, tally)


@check(
    "G5.1",
    question=_("Is each undertaking covered?"),
    weight=2.5,
    reads=(*COVER, "context.phase"),
    rule=_("Share of undertakings with a what-if: met from 80 %, partly from 40 %; before a process 50 % and 25 %."),
    advice=_("Walk the parties through one likely incident per measure and write down the answer."),
    ask=_("Imagine this is broken on the first Friday: who does what?"),
    too_far=_("A long list of breaches can read like a list of suspicions."),
    cases=("korea-basic-agreement-sunshine",),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(pact({}), MET),
        Example(pact({"covers": ["m0"]}, measures=2, phase="before_process"), MET),
        Example(pact({"covers": ["m0"]}, measures=2), PARTLY),
        Example(pact({"covers": ["m0"]}, measures=4, phase="before_process"), PARTLY),
        Example(pact({"covers": ["m0"]}, measures=3), NOT_MET),
        Example(pact(), NOT_MET),
        Example(SILENT, UNKNOWN),
        Example(pact({}, phase=None), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=cover_the_rest(
        "violations",
        lambda draft: draft.answered,
        {"scenario": "[a likely incident]", "response": "[who does what, by when]"},
        _("Walk through one likely incident of {measures} and write down the answer"),
    ),
)
def every_undertaking_has_a_what_if(draft: Draft) -> Judgement:
    """Share of undertakings that at least one entry covers."""
    covered = draft.answered
    if not covered.stated:
        return not_said()
    because = Text(
        _("For {covered} of {count} undertakings it is said what happens on a breach."),
        covered=len(covered.entries),
        count=len(draft.undertakings),
    )
    limits = (0.5, 0.25) if draft.phase == "before_process" else LIMITS
    evidence = ["/violations", *(f"/measures/{i}" for i in covered.uncovered())]
    return Judgement(from_floor(covered.share, *limits), because, evidence)


def _definition_worth(entry: Violation, position: int) -> float | None:
    defined, graded = TRI[entry.breach_defined], TRI[entry.graded]
    return None if defined is None or graded is None else (defined + graded) / 2


@check(
    "G5.2",
    question=_("Is breach defined, and are mishap, breach and grave breach told apart?"),
    weight=2,
    reads=(*COVER, "violations.breach_defined", "violations.graded"),
    rule=_("Mean of both answers, unknown unless both are given: met from 0.8, partly from 0.4."),
    advice=_("List examples for three levels. A lost patrol is not an offensive."),
    ask=_("What would you call a mishap, what a breach, and what a grave breach?"),
    too_far=_("Definitions down to the last case invite searching for gaps."),
    cases=("mindanao-ceasefire-mechanisms",),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(pact({"breach_defined": "yes", "graded": "yes"}), MET),
        Example(pact({"breach_defined": "yes", "graded": "no"}), PARTLY),
        Example(pact({"breach_defined": "partly", "graded": "no"}), NOT_MET),
        Example(pact(), NOT_MET),
        Example(pact({"breach_defined": "yes"}), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "violations",
        {"breach_defined": "yes", "graded": "yes"},
        _("List examples of a mishap, a breach and a grave breach"),
        good=("yes",),
    ),
)
def breach_is_defined_and_graded(draft: Draft) -> Judgement:
    """Definition and grading over the covered undertakings."""
    tally = _("For {count} undertakings with a what-if, breach is defined and graded to {percent} %.")
    return over_covered(draft.answered, "violations", ("breach_defined", "graded"), _definition_worth, LIMITS, tally)


def _line_worth(entry: Violation, position: int) -> float | None:
    if entry.contact_channel is None:
        return None
    if entry.contact_channel == "no":
        return 0.0
    if entry.contact_channel == "partly":
        return 0.5
    if entry.reaction_hours is None:
        return None
    return 1.0 if entry.reaction_hours != "none" and entry.reaction_hours <= FAST_ENOUGH else 0.5


@check(
    "G5.3",
    question=_("Is there a line to call, and a time limit?"),
    weight=1.5,
    reads=(*COVER, "violations.contact_channel", "violations.reaction_hours"),
    rule=_(
        "A channel and a reply within 48 hours 1; a channel in part, a slower reply or no time limit 0.5; no channel 0: met "
        "from 0.8, partly from 0.4."
    ),
    advice=_("Name two officers a side, a phone that works at night and a first answer within a day."),
    ask=_("Whom would you call at two in the morning, and how soon would they have to answer?"),
    too_far=_("A line that is called for everything is soon not answered."),
    cases=("stockholm-1986-vienna-2011",),
    effort=1,
    applies=UNDERTAKINGS,
    examples=(
        Example(pact({"contact_channel": "yes", "reaction_hours": 48}), MET),
        Example(pact({"contact_channel": "yes", "reaction_hours": 49}), PARTLY),
        Example(pact({"contact_channel": "yes", "reaction_hours": "none"}), PARTLY),
        Example(pact({"contact_channel": "yes"}), UNKNOWN),
        Example(pact({"contact_channel": "partly"}), PARTLY),
        Example(pact({"contact_channel": "partly", "reaction_hours": 1}), PARTLY),
        Example(pact({"contact_channel": "no", "reaction_hours": 1}), NOT_MET),
        Example(pact({"reaction_hours": 1}), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "violations",
        {"contact_channel": "yes", "reaction_hours": 24},
        _("Name two officers a side, a phone that works at night and a first answer within a day"),
        good=("yes", *range(FAST_ENOUGH + 1)),
    ),
)
def there_is_a_line_to_call(draft: Draft) -> Judgement:
    """Channel and reaction time over the covered undertakings."""
    tally = _("For {count} undertakings with a what-if, the line to call stands at {percent} %.")
    return over_covered(draft.answered, "violations", ("contact_channel", "reaction_hours"), _line_worth, LIMITS, tally)


@check(
    "G5.4",
    question=_("Are facts found before conclusions are drawn?"),
    weight=1,
    reads=(*COVER, "violations.fact_finding"),
    rule=_("As answered, over undertakings with a what-if: met from 0.8, partly from 0.4."),
    advice=_("No public accusation until the joint or neutral inquiry has reported or its time has run out."),
    ask=_("Who would look into an incident before anybody speaks in public?"),
    too_far=_("An inquiry without a time limit buries what it should clear up."),
    cases=("belize-guatemala-oas",),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(pact({"fact_finding": "yes"}), MET),
        Example(pact({"fact_finding": "partly"}), PARTLY),
        Example(pact({"fact_finding": "no"}), NOT_MET),
        Example(pact({}), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "violations",
        {"fact_finding": "yes"},
        _("Agree that nobody accuses in public until a joint or neutral inquiry has reported or its time has run out"),
        good=("yes",),
    ),
)
def facts_are_found_first(draft: Draft) -> Judgement:
    """Fact-finding over the covered undertakings."""
    return _tri(
        draft, "fact_finding", _("For {count} undertakings with a what-if, fact-finding stands at {percent} %.")
    )


@check(
    "G5.5",
    question=_("Is there a ladder between ignoring and ending?"),
    weight=1.5,
    reads=(*COVER, "violations.response_ladder"),
    rule=_("As answered, over undertakings with a what-if: met from 0.8, partly from 0.4."),
    advice=_(
        "Agree rungs: explanation, correction, pause of the matching step, referral to leaders or guarantors, exit."
    ),
    ask=_("Between doing nothing and ending everything, what could you do?"),
    too_far=_("A ladder followed to the letter can climb by itself."),
    cases=("sri-lanka-cfa-2002",),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(pact({"response_ladder": "yes"}), MET),
        Example(pact({"response_ladder": "partly"}), PARTLY),
        Example(pact({"response_ladder": "no"}), NOT_MET),
        Example(pact({}), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "violations",
        {"response_ladder": "yes"},
        _("Agree rungs: explanation, correction, pause of the matching step, referral, exit"),
        good=("yes",),
    ),
)
def there_is_a_ladder(draft: Draft) -> Judgement:
    """A ladder of responses over the covered undertakings."""
    tally = _("For {count} undertakings with a what-if, the ladder of responses stands at {percent} %.")
    return _tri(draft, "response_ladder", tally)


def _exit_worth(entry: Violation, position: int) -> float | None:
    rule, protected = TRI[entry.exit_rule], TRI[entry.humanitarian_protected]
    if rule is None or protected is None:
        return rule
    return (rule + protected) / 2


@check(
    "G5.6",
    question=_("Can it be paused or left in an orderly way, with humanitarian parts going on?"),
    weight=1,
    reads=(*COVER, "violations.exit_rule", "violations.humanitarian_protected"),
    rule=_(
        "The exit rule, averaged with the protection of humanitarian parts where given: met from 0.8, partly from 0.4."
    ),
    advice=_("Notice period, hand-over duties, and a sentence that relief and family contact continue."),
    ask=_("If one side leaves, what must go on for people all the same?"),
    too_far=_("An exit that is too easy gets used."),
    cases=("black-sea-grain-2022", "kaesong-industrial-complex"),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(pact({"exit_rule": "yes"}), MET),
        Example(pact({"exit_rule": "yes", "humanitarian_protected": "no"}), PARTLY),
        Example(pact({"exit_rule": "no"}), NOT_MET),
        Example(pact({"humanitarian_protected": "yes"}), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "violations",
        {"exit_rule": "yes", "humanitarian_protected": "yes"},
        _("Add a notice period, hand-over duties, and a sentence that relief and family contact continue"),
        good=("yes",),
    ),
)
def it_can_be_left_in_order(draft: Draft) -> Judgement:
    """Exit and humanitarian protection over the covered undertakings."""
    tally = _("For {count} undertakings with a what-if, an orderly exit stands at {percent} %.")
    return over_covered(draft.answered, "violations", ("exit_rule",), _exit_worth, LIMITS, tally)


@check(
    "G5.7",
    question=_("Are acts of spoilers foreseen?"),
    weight=0.5,
    reads=(*COVER, "violations.spoilers_foreseen"),
    rule=_("As answered, over undertakings with a what-if: met from 0.8, partly from 0.4."),
    advice=_(
        "State how acts by groups outside either side's control are judged, and what each side must do about them."
    ),
    ask=_("If a group that nobody controls attacks, how will you judge it?"),
    too_far=_("A clause on spoilers must not become an excuse for one's own men."),
    cases=("india-pakistan-loc-2003",),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(pact({"spoilers_foreseen": "yes"}), MET),
        Example(pact({"spoilers_foreseen": "partly"}), PARTLY),
        Example(pact({"spoilers_foreseen": "no"}), NOT_MET),
        Example(pact({}), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "violations",
        {"spoilers_foreseen": "yes"},
        _("Say how acts of groups outside either side's control are judged, and what each side must do about them"),
        good=("yes",),
    ),
)
def spoilers_are_foreseen(draft: Draft) -> Judgement:
    """Spoilers over the covered undertakings."""
    tally = _("For {count} undertakings with a what-if, acts of spoilers are foreseen to {percent} %.")
    return _tri(draft, "spoilers_foreseen", tally)
