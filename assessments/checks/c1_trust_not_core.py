"""C1 Is lack of trust really the core problem? Measures that build trust help only where missing trust is a main
obstacle; missing will or understanding calls for other tools."""

from __future__ import annotations

from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.grading import (
    MET,
    NOT_MET,
    PARTLY,
    REVERSED_TRI_GRADE,
    TRI_GRADE,
    UNKNOWN,
    Grade,
    Judgement,
    from_floor,
)
from assessments.engine.mending import answer, if_unknown
from assessments.engine.reading import not_said, tri_answer
from assessments.engine.rubric import Example, Trigger, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "C1"


def _trust_is_no_obstacle(draft: Draft) -> bool:
    """Little trust is missing, and will or understanding seriously is."""
    diagnosis = draft.package.diagnosis
    if diagnosis is None or diagnosis.trust_deficit is None or diagnosis.trust_deficit > 1:
        return False
    return (diagnosis.will_deficit or 0) >= 3 or (diagnosis.understanding_deficit or 0) >= 3


def _will_blocks(draft: Draft) -> bool:
    """Will is blocking, trust is rated, and the purpose is more than prevention."""
    diagnosis = draft.package.diagnosis
    rated = diagnosis is not None and diagnosis.trust_deficit is not None and diagnosis.will_deficit == 4
    return rated and not draft.prevention_only


TRIGGERS = (
    Trigger(
        "raises_to_high",
        lambda grade, draft: _trust_is_no_obstacle(draft),
        _("Little trust is missing, while will or understanding seriously is."),
    ),
    Trigger("raises_to_high", lambda grade, draft: _will_blocks(draft), _("Missing will blocks the process.")),
    Trigger(
        "lowers_to_moderate",
        lambda grade, draft: draft.prevention_only,
        _("The package means only to prevent escalation, for which measures help whatever the main obstacle is."),
    ),
)

DEGREE = (_("absent"), _("slight"), _("noticeable"), _("serious"), _("blocking"))


def rated(**deficits: Any) -> dict[str, Any]:
    """An example package with this diagnosis."""
    return {"diagnosis": deficits}


def _against_trust(draft: Draft, field: str, says: str) -> Judgement:
    """Met up to 2 and not above trust; partly at 3 or one above trust; not met at 4 or two or more above."""
    diagnosis = draft.package.diagnosis
    if diagnosis is None:
        return not_said()
    other, trust = getattr(diagnosis, field), diagnosis.trust_deficit
    if other is None or trust is None:
        return not_said("/diagnosis")
    above = other - trust
    grade: Grade = MET if other <= 2 and above <= 0 else NOT_MET if other >= 4 or above >= 2 else PARTLY
    because = Text(says, other=Text(DEGREE[other]), trust=Text(DEGREE[trust]))
    return Judgement(grade, because, (f"/diagnosis/{field}", "/diagnosis/trust_deficit"))


@check(
    "C1.1",
    question=_("Have the three obstacles been weighed, with evidence?"),
    weight=1,
    reads=("diagnosis.evidence", "diagnosis.trust_deficit"),
    rule=_("As answered on the evidence; unknown while missing trust is not rated."),
    advice=_("Rate the three deficits separately with each party and note what you base it on."),
    ask=_("What have you heard or read, from whom, that tells you what holds this process back?"),
    too_far=_("A diagnosis can be polished until the moment has passed."),
    cases=("nuba-mountains-2002",),
    effort=2,
    examples=(
        Example(rated(trust_deficit=3, evidence="yes"), MET),
        Example(rated(trust_deficit=3, evidence="partly"), PARTLY),
        Example(rated(trust_deficit=3, evidence="no"), NOT_MET),
        Example(rated(trust_deficit=3), UNKNOWN),
        Example(rated(evidence="yes"), UNKNOWN),
    ),
    mend=answer(
        "diagnosis",
        "evidence",
        "yes",
        _("Write down what the ratings of trust, understanding and will rest on"),
        beside=("trust_deficit", 3),
    ),
)
def obstacles_are_weighed(draft: Draft) -> Judgement:
    """The answer on evidence."""
    diagnosis = draft.package.diagnosis
    if diagnosis is not None and diagnosis.trust_deficit is None:
        return not_said("/diagnosis")
    return tri_answer(
        draft,
        "diagnosis",
        "evidence",
        TRI_GRADE,
        {
            "yes": _("The ratings rest on conversations or sources that are written down."),
            "partly": _("Some of the ratings rest on conversations or sources that are written down."),
            "no": _("The ratings rest on no conversation or source that is written down."),
        },
    )


@check(
    "C1.2",
    question=_("Is the trust deficit material?"),
    weight=3,
    reads=("diagnosis.trust_deficit",),
    rule=_("Missing trust rated noticeable or more: met; slight: partly; absent: not met."),
    advice=_("If they already trust each other enough to talk, talk about the substance."),
    ask=_("If the other side gave its word tomorrow, who on your side would believe it?"),
    too_far=_("Telling the sides how deeply they mistrust each other can deepen it."),
    cases=("israel-jordan-1994",),
    effort=2,
    examples=(
        Example(rated(trust_deficit=2), MET),
        Example(rated(trust_deficit=1), PARTLY),
        Example(rated(trust_deficit=0), NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=if_unknown("diagnosis", "trust_deficit", 3),
)
def trust_is_missing(draft: Draft) -> Judgement:
    """The rating of missing trust."""
    diagnosis = draft.package.diagnosis
    if diagnosis is None or diagnosis.trust_deficit is None:
        return not_said(*(["/diagnosis"] if diagnosis is not None else []))
    because = Text(_("Missing trust is rated {degree}."), degree=Text(DEGREE[diagnosis.trust_deficit]))
    return Judgement(from_floor(diagnosis.trust_deficit, 2, 1), because, ("/diagnosis/trust_deficit",))


@check(
    "C1.3",
    question=_("Is will no bigger obstacle than trust?"),
    weight=3.5,
    reads=("diagnosis.will_deficit", "diagnosis.trust_deficit"),
    rule=_(
        "Met if missing will is at most noticeable and not above missing trust; not met if it is blocking or two or "
        "more above; partly in between. Both must be rated."
    ),
    advice=_(
        "Ask what would have to change, in costs, incentives, leadership or outside support, for this party to want a "
        "different situation. Work on that first or alongside."
    ),
    ask=_("What would your side lose, and what would it gain, if this were settled next year?"),
    too_far=_("Pressing the unwilling hard can end contact that is still useful."),
    cases=("cyprus-varosha-airport-1993",),
    effort=2,
    examples=(
        Example(rated(trust_deficit=3, will_deficit=2), MET),
        Example(rated(trust_deficit=3, will_deficit=3), PARTLY),
        Example(rated(trust_deficit=1, will_deficit=2), PARTLY),
        Example(rated(trust_deficit=4, will_deficit=4), NOT_MET),
        Example(rated(trust_deficit=1, will_deficit=3), NOT_MET),
        Example(rated(will_deficit=1), UNKNOWN),
    ),
    mend=if_unknown("diagnosis", "will_deficit", 0, beside=("trust_deficit", 3)),
)
def will_is_no_bigger_obstacle(draft: Draft) -> Judgement:
    """Missing will against missing trust."""
    return _against_trust(draft, "will_deficit", _("Missing will is rated {other}, missing trust {trust}."))


@check(
    "C1.4",
    question=_("Is understanding no bigger obstacle than trust?"),
    weight=2,
    reads=("diagnosis.understanding_deficit", "diagnosis.trust_deficit"),
    rule=_(
        "Met if missing understanding is at most noticeable and not above missing trust; not met if it is blocking or "
        "two or more above; partly in between. Both must be rated."
    ),
    advice=_(
        "Bring facts and meanings into line: joint fact-finding, expert input, a workshop on how each reads the conflict."
    ),
    ask=_("Which fact, if both sides saw it the same way, would change the conversation?"),
    too_far=_("More expertise does not replace a decision that nobody wants to take."),
    cases=("aceh-coha-2002",),
    effort=2,
    examples=(
        Example(rated(trust_deficit=2, understanding_deficit=2), MET),
        Example(rated(trust_deficit=4, understanding_deficit=3), PARTLY),
        Example(rated(trust_deficit=0, understanding_deficit=2), NOT_MET),
        Example(rated(trust_deficit=2), UNKNOWN),
    ),
    mend=if_unknown("diagnosis", "understanding_deficit", 0, beside=("trust_deficit", 3)),
)
def understanding_is_no_bigger_obstacle(draft: Draft) -> Judgement:
    """Missing understanding against missing trust."""
    says = _("Missing understanding is rated {other}, missing trust {trust}.")
    return _against_trust(draft, "understanding_deficit", says)


@check(
    "C1.5",
    question=_("Is there no outside veto?"),
    weight=1.5,
    reads=("diagnosis.external_veto",),
    rule=_("Nobody outside could stop it: met; somebody might: partly; somebody could: not met."),
    advice=_("Map who outside can stop this and open a channel to them before tabling."),
    ask=_("Whose call from abroad would make your side stop?"),
    too_far=_("A channel to patrons can hand them the process."),
    cases=("korea-cma-2018",),
    effort=2,
    examples=(
        Example(rated(external_veto="no"), MET),
        Example(rated(external_veto="partly"), PARTLY),
        Example(rated(external_veto="yes"), NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=if_unknown("diagnosis", "external_veto", "no"),
)
def nobody_outside_can_stop_it(draft: Draft) -> Judgement:
    """The answer on an external veto, reversed."""
    return tri_answer(
        draft,
        "diagnosis",
        "external_veto",
        REVERSED_TRI_GRADE,
        {
            "yes": _("Somebody outside could stop it."),
            "partly": _("Somebody outside could perhaps stop it."),
            "no": _("Nobody outside is seen who could stop it."),
        },
    )
