"""G4 Verifiable: everyone can find out, quickly and from a source both believe, whether a promise was kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import MET, NOT_APPLICABLE, NOT_MET, PARTLY, TRI, UNKNOWN, Judgement, from_floor
from assessments.engine.mending import cover_the_rest, set_entries
from assessments.engine.reading import not_said, over_covered
from assessments.engine.rubric import Applies, Cap, Change, Example, check
from assessments.package import Verification
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G4"


def _late_and_without_yardsticks(draft: Draft) -> bool:
    """A security undertaking is covered only by monitors who come after the first deadline and have no yardsticks."""
    section = draft.verified.section
    return any(
        draft.is_security(i) and all(section[n].ready == "after" and section[n].indicators == "no" for n in entries)
        for i, entries in draft.verified.entries.items()
    )


CAPS = (
    Cap(74, lambda grade, draft: grade("G4.1") == PARTLY, _("Some undertakings are not verified by anybody.")),
    Cap(49, lambda grade, draft: grade("G4.1") == NOT_MET, _("Many undertakings are not verified by anybody.")),
    Cap(
        49,
        lambda grade, draft: bool(draft.undertakings) and _late_and_without_yardsticks(draft),
        _("Monitors of a security undertaking arrive after the first deadline and without yardsticks."),
    ),
)

UNDERTAKINGS = Applies(
    lambda draft: bool(draft.undertakings),
    _("The package holds no undertaking: nobody needs inspectors for a gesture or a meeting."),
)
COVER = ("measures.kind", "measures.binding", "verification.covers", "verification.method")
SERIOUS = 3
SHARED = {"joint_and_third_party": 1.0, "joint": 0.5, "third_party": 0.5, "self_reporting": 0.0}
ACCEPTED = {None: 1.0, "yes": 1.0, "partly": 0.5, "no": 0.25}


def pact(*verification: Mapping[str, Any], measure: Mapping[str, Any] | None = None, **sections: Any) -> dict[str, Any]:
    """An example package: one undertaking in negotiation and the verification given."""
    return {
        "context": {"phase": "negotiation"},
        "measures": [{"id": "m1", "title": "pull back guns", "kind": "undertaking", **(measure or {})}],
        "verification": [dict(v) for v in verification],
        **sections,
    }


def joint(**fields: Any) -> dict[str, Any]:
    """The example with joint verification of everything."""
    return pact({"method": "joint", **fields})


SILENT = {"context": {"phase": "negotiation"}, "measures": [{"id": "m1", "title": "pull back guns"}]}
GESTURE = {"measures": [{"id": "m1", "title": "a meal together", "kind": "relational"}]}
SECURITY = {"sectors": ["security"]}


def _quality(
    draft: Draft, field: str, worths: Mapping[Any, float | None], limits: tuple[float, float], tally: str
) -> Judgement:
    def worth(entry: Verification, position: int) -> float | None:
        return worths[getattr(entry, field)]

    return over_covered(draft.verified, "verification", (field,), worth, limits, tally)


@check(
    "G4.1",
    question=_("Is each undertaking covered?"),
    weight=2.5,
    reads=COVER,
    rule=_("Share of undertakings with a way of checking other than none: met from 90 %, partly from 60 %."),
    advice=_("Attach a way of checking to every undertaking, or turn it into a statement of intent and say so openly."),
    ask=_("Who would notice first if this were not done?"),
    too_far=_("Checking everything can insult; start with what is most likely to be disputed."),
    cases=("colombia-caguan-1998",),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(joint(), MET),
        Example(pact({"body": "a commission"}), MET),
        Example(pact({"covers": ["m1"], "method": "none"}), NOT_MET),
        Example(
            {
                "measures": [{"id": f"m{n}", "title": f"post {n}"} for n in range(3)],
                "verification": [{"covers": ["m0", "m1"], "method": "joint"}],
            },
            PARTLY,
        ),
        Example(SILENT, UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=cover_the_rest(
        "verification", lambda draft: draft.verified, {"method": "joint"}, _("Say who confirms {measures}, and how")
    ),
)
def every_undertaking_is_covered(draft: Draft) -> Judgement:
    """Share of undertakings that at least one entry other than "none" covers."""
    covered = draft.verified
    if not covered.stated:
        return not_said()
    because = Text(
        _("{covered} of {count} undertakings have somebody who checks them."),
        covered=len(covered.entries),
        count=len(draft.undertakings),
    )
    evidence = ["/verification", *(f"/measures/{i}" for i in covered.uncovered())]
    return Judgement(from_floor(covered.share, 0.9, 0.6), because, evidence)


def _method_worth(draft: Draft) -> Callable[[Verification, int], float | None]:
    """How well the method suits the risk of a measure, times how far the verifiers are accepted."""
    diagnosis = draft.package.diagnosis
    trust = diagnosis.trust_deficit if diagnosis is not None else None
    before = draft.phase == "before_process"

    def worth(entry: Verification, position: int) -> float | None:
        if entry.method is None:
            return None
        demanding = draft.is_security(position) and not before
        if demanding and trust is None and entry.method != "joint_and_third_party":
            return None
        if demanding and trust is not None and trust >= SERIOUS:
            base = SHARED[entry.method]
        else:
            base = (0.75 if before else 0.5) if entry.method == "self_reporting" else 1.0
        return base * ACCEPTED[entry.accepted]

    return worth


def _better_method(draft: Draft) -> Change | None:
    edits = []
    for n in draft.verified.numbers:
        entry = draft.verified.section[n]
        if entry.method != "joint_and_third_party":
            edits.append(Edit(f"/verification/{n}/method", "joint_and_third_party"))
        if entry.accepted not in (None, "yes"):
            edits.append(Edit(f"/verification/{n}/accepted", "yes"))
    if draft.package.diagnosis is None:
        edits.append(Edit("/diagnosis", {"trust_deficit": SERIOUS}))
    elif draft.package.diagnosis.trust_deficit is None:
        edits.append(Edit("/diagnosis/trust_deficit", SERIOUS))
    words = _("Let both sides look together, with somebody whom each accepts")
    return Change(tuple(edits), words) if draft.verified.entries else None


@check(
    "G4.2",
    question=_("Is the method right for the risk?"),
    weight=2,
    reads=(*COVER, "verification.accepted", "measures.sectors", "diagnosis.trust_deficit", "context.phase"),
    rule=_(
        "Security undertakings where trust is seriously missing, except before a process: both sides with a third party "
        "1, either alone 0.5, self-reporting 0. All others 1, self-reporting 0.5 (0.75 before a process). Times 0.5 if "
        "the verifiers are accepted in part, 0.25 if not. Met from 80 %, partly from 40 %."
    ),
    advice=_(
        "Best is both sides looking together with someone each accepts. If only a friend of one side is on offer, add a "
        "counterpart chosen by the other."
    ),
    ask=_("Whose report would your own commanders believe?"),
    too_far=_("Outsiders everywhere can tell the sides that nobody trusts them to look themselves."),
    cases=("nuba-mountains-2002", "syria-deescalation-2017"),
    effort=3,
    applies=UNDERTAKINGS,
    examples=(
        Example(joint(), MET),
        Example(pact({"method": "joint_and_third_party"}, measure=SECURITY, diagnosis={"trust_deficit": 3}), MET),
        Example(pact({"method": "self_reporting"}), PARTLY),
        Example(pact({"method": "joint"}, measure=SECURITY, diagnosis={"trust_deficit": 3}), PARTLY),
        Example(pact({"method": "self_reporting"}, measure=SECURITY, diagnosis={"trust_deficit": 3}), NOT_MET),
        Example(joint(accepted="no"), NOT_MET),
        Example(pact(), NOT_MET),
        Example(pact({"body": "a commission"}), UNKNOWN),
        Example(pact({"method": "joint"}, measure=SECURITY), UNKNOWN),
        Example(pact({"method": "joint_and_third_party"}, measure=SECURITY), MET),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=_better_method,
)
def the_method_suits_the_risk(draft: Draft) -> Judgement:
    """The best method for each covered undertaking."""
    tally = _("For {count} verified undertakings the method suits the risk to {percent} %.")
    return over_covered(draft.verified, "verification", ("method",), _method_worth(draft), (0.8, 0.4), tally)


@check(
    "G4.3",
    question=_("Are there yardsticks?"),
    weight=1.5,
    reads=(*COVER, "verification.indicators"),
    rule=_("Whether it is said what is counted, over verified undertakings: met from 80 %, partly from 50 %."),
    advice=_("Define what is counted, by whom, from which starting figure: weapons, patrols, crossings, broadcasts."),
    ask=_("What would you count, and from which figure, to say that this was kept?"),
    too_far=_("Counting what is easy to count can miss what people fear."),
    cases=("aceh-mou-2005",),
    effort=1,
    applies=UNDERTAKINGS,
    examples=(
        Example(joint(indicators="yes"), MET),
        Example(joint(indicators="partly"), PARTLY),
        Example(joint(indicators="no"), NOT_MET),
        Example(pact(), NOT_MET),
        Example(joint(), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "verification", {"indicators": "yes"}, _("Say what the verifiers count, and from which figure"), good=("yes",)
    ),
)
def there_are_yardsticks(draft: Draft) -> Judgement:
    """Tri-state answers on indicators over the covered undertakings."""
    tally = _("For {count} verified undertakings yardsticks are defined to {percent} %.")
    return _quality(draft, "indicators", TRI, (0.8, 0.5), tally)


@check(
    "G4.4",
    question=_("Can the verifiers go where they must?"),
    weight=1.5,
    reads=(*COVER, "verification.access"),
    rule=_("Full access 1, partial 0.5, none 0, over verified undertakings: met from 80 %, partly from 50 %."),
    advice=_("Write access into the text: places, notice time, who escorts, what happens if refused."),
    ask=_("Which place could a monitor not enter, and who would refuse?"),
    too_far=_("Access without notice can feel like a raid."),
    cases=("georgia-iprm-2009", "el-salvador-san-jose-1990"),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(joint(access="full"), MET),
        Example(joint(access="partial"), PARTLY),
        Example(joint(access="none"), NOT_MET),
        Example(joint(), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "verification",
        {"access": "full"},
        _("Write access into the text: places, notice time, who escorts, what happens if refused"),
        good=("full",),
    ),
)
def verifiers_have_access(draft: Draft) -> Judgement:
    """Access over the covered undertakings."""
    worths = {"full": 1.0, "partial": 0.5, "none": 0.0, None: None}
    tally = _("For {count} verified undertakings access stands at {percent} %.")
    return _quality(draft, "access", worths, (0.8, 0.5), tally)


@check(
    "G4.5",
    question=_("Are they in place when duties begin?"),
    weight=1,
    reads=(*COVER, "verification.ready"),
    rule=_("Ready before or with the first duty 1, after it 0: met from 80 %, partly from 50 %."),
    advice=_("Start the clock of the first duty when the monitors report that they are ready."),
    ask=_("On which day will the monitors be ready, and which duty begins before?"),
    too_far=_("Waiting for a perfect mission can lose the moment; let the sides report until it is there."),
    cases=("yemen-stockholm-2018",),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(joint(ready="with"), MET),
        Example(
            {
                "measures": [{"id": "m1", "title": "guns"}, {"id": "m2", "title": "posts"}],
                "verification": [
                    {"covers": ["m1"], "method": "joint", "ready": "before"},
                    {"covers": ["m2"], "method": "joint", "ready": "after"},
                ],
            },
            PARTLY,
        ),
        Example(joint(ready="after"), NOT_MET),
        Example(joint(), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "verification",
        {"ready": "with"},
        _("Start the clock of the first duty when the monitors are ready"),
        good=("before", "with"),
    ),
)
def verifiers_are_in_place(draft: Draft) -> Judgement:
    """Readiness over the covered undertakings."""
    worths = {"before": 1.0, "with": 1.0, "after": 0.0, None: None}
    tally = _("Of {count} verified undertakings, {percent} % have their verifiers in place when duties begin.")
    return _quality(draft, "ready", worths, (0.8, 0.5), tally)


def _report_worth(entry: Verification, position: int) -> float | None:
    every = entry.report_every_days
    if every is None:
        return None
    if isinstance(every, str):
        return 0.0
    return 1.0 if every <= 31 else 0.5


@check(
    "G4.6",
    question=_("Do results reach both sides soon?"),
    weight=1,
    reads=(*COVER, "verification.report_every_days"),
    rule=_("Reports every 31 days or sooner 1, more rarely 0.5, never 0: met from 80 %, partly from 40 %."),
    advice=_("Same report, same hour, to both sides; weekly for security, monthly for the rest."),
    ask=_("Who gets which report, and how often?"),
    too_far=_("Daily reports of trifles feed daily quarrels."),
    cases=("sinai-disengagement-1975",),
    effort=1,
    applies=UNDERTAKINGS,
    examples=(
        Example(joint(report_every_days=31), MET),
        Example(joint(report_every_days=32), PARTLY),
        Example(joint(report_every_days="never"), NOT_MET),
        Example(joint(), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "verification",
        {"report_every_days": 30},
        _("Give both sides the same report at the same hour, at least monthly"),
        good=tuple(range(32)),
    ),
)
def results_reach_both_sides(draft: Draft) -> Judgement:
    """Reporting over the covered undertakings."""
    tally = _("For {count} verified undertakings reporting stands at {percent} %.")
    return over_covered(draft.verified, "verification", ("report_every_days",), _report_worth, (0.8, 0.4), tally)


@check(
    "G4.7",
    question=_("May they establish facts, not only watch?"),
    weight=0.5,
    reads=(*COVER, "verification.mandate", "context.phase"),
    rule=_("A mandate to investigate or rule 1; to observe 1 early, 0.5 later: met from 80 %, partly from 40 %."),
    advice=_("Give the body a right to inquire and to state what happened."),
    ask=_("If both sides tell a different story, who may find out what happened?"),
    too_far=_("A body that rules on everything becomes a party to the quarrel."),
    cases=("argentina-brazil-abacc-1991",),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(joint(mandate="investigate"), MET),
        Example({**joint(mandate="observe"), "context": {"phase": "pre_negotiation"}}, MET),
        Example(joint(mandate="observe"), PARTLY),
        Example(pact(), NOT_MET),
        Example(joint(), UNKNOWN),
        Example({**joint(mandate="rule"), "context": {}}, UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=set_entries(
        "verification",
        {"mandate": "investigate"},
        _("Give the verifiers a right to inquire and to state what happened"),
        good=("investigate", "rule"),
    ),
)
def verifiers_may_establish_facts(draft: Draft) -> Judgement:
    """The mandate over the covered undertakings."""
    worths = {"observe": 1.0 if draft.early else 0.5, "investigate": 1.0, "rule": 1.0, None: None}
    tally = _("For {count} verified undertakings the mandate goes {percent} % of the way.")
    return _quality(draft, "mandate", worths, (0.8, 0.4), tally)
