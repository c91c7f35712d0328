"""G7 Applied in several sectors: the package does not stand on one leg, its sectors help and do not hurt each other, and
it respects culture and place."""

from __future__ import annotations

from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    TRI_GRADE,
    UNKNOWN,
    Grade,
    Judgement,
    from_ceiling,
    percent,
)
from assessments.engine.mending import answer, named
from assessments.engine.reading import NO_MEASURES, not_said, tri_answer
from assessments.engine.rubric import Applies, Change, Example, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G7"

SOFT = frozenset({"social_humanitarian_cultural", "economic_environmental"})
HARD = frozenset({"political", "security"})
ALL_SECTORS = ("social_humanitarian_cultural", "economic_environmental", "security", "political")
HALF_SILENT = _("Fewer than half of the measures state their {what}.")


def sectors(*rows: list[str], phase: str | None = "negotiation") -> dict[str, Any]:
    """An example package in a phase; each row is the sectors of a measure."""
    measures = [{"id": f"m{n}", "title": f"step {n}", "sectors": row} for n, row in enumerate(rows)]
    return {"measures": measures, **({"context": {"phase": phase}} if phase else {})}


def levels(*rows: list[str], phase: str | None = "negotiation") -> dict[str, Any]:
    """An example package in a phase; each row is the actor levels of a measure."""
    measures = [{"id": f"m{n}", "title": f"step {n}", "actor_levels": row} for n, row in enumerate(rows)]
    return {"measures": measures, **({"context": {"phase": phase}} if phase else {})}


def plain(**fields: Any) -> dict[str, Any]:
    """An example package of one measure with these fields."""
    return {"context": {"phase": "negotiation"}, "measures": [{"id": "m1", "title": "step", **fields}]}


HUMANITARIAN, TRADE, SECURITY, POLITICS = ([sector] for sector in ALL_SECTORS)


def _stated(draft: Draft, field: str, what: str) -> Judgement | list[tuple[int, tuple[str, ...]]]:
    """Positions and values of the measures that state a field; unknown if fewer than half do."""
    if not draft.measures:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    stated = [(i, value) for i, m in enumerate(draft.measures) if (value := getattr(m, field)) is not None]
    if 2 * len(stated) < len(draft.measures) or not stated:
        return Judgement(UNKNOWN, Text(HALF_SILENT, what=Text(what)), ("/measures",))
    return stated


def _present(draft: Draft) -> set[str]:
    return {sector for m in draft.measures for sector in m.sectors or ()}


def _add_sectors(draft: Draft, wanted: list[str]) -> Change | None:
    """Gives the sectors to a measure: an option to explore, in one place."""
    missing = [sector for sector in wanted if sector not in _present(draft)]
    if not draft.measures or not missing:
        return None
    blank = [i for i, m in enumerate(draft.measures) if m.sectors is None]
    if 2 * (len(draft.measures) - len(blank)) < len(draft.measures) or len(blank) == len(draft.measures):
        edits = [Edit(f"/measures/{i}/sectors", sorted(missing)) for i in blank]
        return Change(tuple(edits), "")
    last = max(i for i, m in enumerate(draft.measures) if m.sectors is not None)
    edit = Edit(f"/measures/{last}/sectors", sorted({*(draft.measures[last].sectors or ()), *missing}))
    words = _(
        "Look for a light step in a sector that is missing, proposed by those who live from it, beside {measures}"
    )
    return Change((edit,), words, {"measures": named(draft, [last])})


def _more_sectors(draft: Draft) -> Change | None:
    wanted = 2 if draft.early else 3
    present = _present(draft)
    missing = [sector for sector in ALL_SECTORS if sector not in present]
    return _add_sectors(draft, missing[: max(0, wanted - len(present))])


@check(
    "G7.1",
    question=_("How many sectors?"),
    weight=3,
    reads=("measures.sectors", "context.phase"),
    rule=_("Different sectors in the package: early 2 met, 1 partly; later 3 met, 2 partly."),
    advice=_("Look for a light measure in a missing sector, preferably proposed by those who live from it."),
    ask=_("Which part of people's lives does this package not touch at all?"),
    too_far=_("A measure in every sector spreads attention thin."),
    cases=("korea-cma-2018",),
    effort=2,
    examples=(
        Example(sectors(HUMANITARIAN, SECURITY, phase="pre_negotiation"), MET),
        Example(sectors(HUMANITARIAN, SECURITY, POLITICS), MET),
        Example(sectors(HUMANITARIAN, phase="before_process"), PARTLY),
        Example(sectors(HUMANITARIAN, SECURITY), PARTLY),
        Example(sectors(HUMANITARIAN), NOT_MET),
        Example(sectors([], phase="before_process"), NOT_MET),
        Example(plain(), UNKNOWN),
        Example(sectors(HUMANITARIAN, phase=None), UNKNOWN),
    ),
    mend=_more_sectors,
)
def several_sectors_are_there(draft: Draft) -> Judgement:
    """The number of different sectors."""
    stated = _stated(draft, "sectors", _("sectors"))
    if isinstance(stated, Judgement):
        return stated
    count = len({sector for _i, row in stated for sector in row})
    met, partly = (2, 1) if draft.early else (3, 2)
    grade: Grade = MET if count >= met else PARTLY if count >= partly else NOT_MET
    because = Text(_("The package covers {count} of four sectors."), count=count)
    return Judgement(grade, because, [f"/measures/{i}/sectors" for i, _row in stated])


def _largest_share(rows: list[tuple[str, ...]]) -> float:
    """The largest sector's part, each measure counting 1, split evenly among its sectors."""
    weights: dict[str, float] = {}
    for row in rows:
        for sector in row:
            weights[sector] = weights.get(sector, 0.0) + 1 / len(row)
    total = sum(weights.values())
    return max(weights.values()) / total if total else 0.0


def _less_of_one(draft: Draft) -> Change | None:
    rows: dict[int, tuple[str, ...]] = {i: m.sectors for i, m in enumerate(draft.measures) if m.sectors}
    if not rows or 2 * len(rows) < len(draft.measures):
        blank = [i for i, m in enumerate(draft.measures) if m.sectors is None]
        edits = [Edit(f"/measures/{i}/sectors", [ALL_SECTORS[n % 4]]) for n, i in enumerate(blank)]
        return Change(tuple(edits), "") if edits else None
    counts: dict[str, float] = {}
    for row in rows.values():
        for sector in row:
            counts[sector] = counts.get(sector, 0.0) + 1 / len(row)
    leading = max(counts, key=lambda sector: counts[sector])
    other = next(sector for sector in ALL_SECTORS if sector != leading)
    chosen = []
    for i in [i for i, row in rows.items() if row == (leading,)]:
        if _largest_share(list(rows.values())) <= 0.6 + 1e-6:
            break
        rows[i] = (other,)
        chosen.append(i)
    edits = [Edit(f"/measures/{i}/sectors", [other]) for i in chosen]
    words = _("Replace {measures}, alike in sector, by something of another kind")
    return Change(tuple(edits), words, {"measures": named(draft, chosen)}) if edits else None


@check(
    "G7.2",
    question=_("Does one sector dominate?"),
    weight=1.5,
    reads=("measures.sectors",),
    rule=_("Each measure counts 1, split among its sectors; the largest share: met up to 60 %, partly up to 80 %."),
    advice=_("Replace one of the similar measures."),
    ask=_("If only measures of this kind were carried out, whom would they not reach?"),
    too_far=_("Balance for its own sake can push out what is urgent."),
    cases=("india-pakistan-nuclear-lists-1988",),
    effort=2,
    applies=Applies(lambda draft: len(draft.measures) != 1, _("There is only one measure.")),
    examples=(
        Example(sectors(SECURITY, HUMANITARIAN), MET),
        Example(sectors(SECURITY, SECURITY, SECURITY, HUMANITARIAN), PARTLY),
        Example(sectors(SECURITY, SECURITY), NOT_MET),
        Example({"measures": [{"id": "m1", "title": "a"}, {"id": "m2", "title": "b"}]}, UNKNOWN),
        Example(sectors(SECURITY), NOT_APPLICABLE),
    ),
    mend=_less_of_one,
)
def no_sector_dominates(draft: Draft) -> Judgement:
    """The largest share of any sector."""
    stated = _stated(draft, "sectors", _("sectors"))
    if isinstance(stated, Judgement):
        return stated
    share = _largest_share([row for _i, row in stated])
    because = Text(_("The largest sector makes up {percent} % of the package."), percent=percent(share))
    return Judgement(from_ceiling(share, 0.6, 0.8), because, [f"/measures/{i}/sectors" for i, _row in stated])


def _suits(draft: Draft, present: set[str]) -> bool:
    soft, hard = bool(present & SOFT), bool(present & HARD)
    if draft.phase == "before_process":
        return soft
    if draft.phase == "negotiation":
        return hard and len(present) > 1
    return soft and hard


def _suit_the_phase(draft: Draft) -> Change | None:
    present = _present(draft)
    for extra in ([], ["social_humanitarian_cultural"], ["security"], ["social_humanitarian_cultural", "security"]):
        if extra and _suits(draft, present | set(extra)):
            return _add_sectors(draft, [sector for sector in extra if sector not in present])
    return None


@check(
    "G7.3",
    question=_("Does the mix suit the phase?"),
    weight=2,
    reads=("measures.sectors", "context.phase"),
    rule=_(
        "Social, humanitarian and economic are soft, political and security hard. Before a process any soft one; in "
        "pre-negotiation and implementation soft and hard; in negotiation hard and a second sector. Otherwise partly, "
        "before a process not met."
    ),
    advice=_(
        "Early on start with what eases daily life; as talks deepen, come closer to the conflict; when an agreement is "
        "carried out, let people feel it."
    ),
    ask=_("What do people expect at this moment: relief, security, or a political sign?"),
    too_far=_("The mix of another process fits another process."),
    cases=("western-sahara-unhcr-2004",),
    effort=2,
    examples=(
        Example(sectors(HUMANITARIAN, phase="before_process"), MET),
        Example(sectors(HUMANITARIAN, SECURITY, phase="pre_negotiation"), MET),
        Example(sectors(SECURITY, POLITICS), MET),
        Example(sectors(SECURITY), PARTLY),
        Example(sectors(HUMANITARIAN, phase="implementation"), PARTLY),
        Example(sectors(SECURITY, phase="before_process"), NOT_MET),
        Example(plain(), UNKNOWN),
        Example(sectors(SECURITY, phase=None), UNKNOWN),
    ),
    mend=_suit_the_phase,
)
def the_mix_suits_the_phase(draft: Draft) -> Judgement:
    """Soft and hard sectors against the phase."""
    stated = _stated(draft, "sectors", _("sectors"))
    if isinstance(stated, Judgement):
        return stated
    evidence = [f"/measures/{i}/sectors" for i, _row in stated]
    if _suits(draft, {sector for _i, row in stated for sector in row}):
        return Judgement(MET, Text(_("The mix of sectors suits the phase.")), evidence)
    because = Text(_("The mix of sectors is not the one that suits the phase."))
    return Judgement(NOT_MET if draft.phase == "before_process" else PARTLY, because, evidence)


def _cross(draft: Draft) -> Change | None:
    if not draft.measures:
        return None
    words = _("Let people of one sector act in another in {measures}: soldiers repair a road, traders help to monitor")
    return Change((Edit("/measures/0/cross_matched", "yes"),), words, {"measures": named(draft, [0])})


@check(
    "G7.4",
    question=_("Are actors and activities cross-matched?"),
    weight=1,
    reads=("measures.cross_matched", "measures.sectors"),
    rule=_(
        "Any measure whose actors come from another sector: met; in part, or a measure of two sectors: partly; else not met."
    ),
    advice=_("Ask soldiers to repair a road, traders to help monitor one."),
    ask=_("Who from another walk of life could do this, and would be believed?"),
    too_far=_("Soldiers in a school can frighten those they mean to help."),
    cases=("colombia-demining-pilot-2015",),
    effort=2,
    examples=(
        Example(plain(cross_matched="yes"), MET),
        Example(plain(cross_matched="partly"), PARTLY),
        Example(plain(cross_matched="no", sectors=["political", "security"]), PARTLY),
        Example(plain(cross_matched="no"), NOT_MET),
        Example(plain(sectors=["political", "security"]), UNKNOWN),
    ),
    mend=_cross,
)
def actors_cross_over(draft: Draft) -> Judgement:
    """The best answer of any measure."""
    given = [(i, m.cross_matched) for i, m in enumerate(draft.measures) if m.cross_matched is not None]
    if not given:
        return not_said(*(["/measures"] if draft.measures else []))
    answers = {crossed for _i, crossed in given}
    evidence = [f"/measures/{i}/cross_matched" for i, _crossed in given]
    if "yes" in answers:
        return Judgement(MET, Text(_("In at least one measure people of one sector act in another.")), evidence)
    if "partly" in answers or any(len(m.sectors or ()) > 1 for m in draft.measures):
        return Judgement(PARTLY, Text(_("Sectors meet in a measure, but hardly through those who act.")), evidence)
    return Judgement(NOT_MET, Text(_("In every measure the actors stay in their own sector.")), evidence)


@check(
    "G7.5",
    question=_("Have harmful side effects across sectors been checked?"),
    weight=0.75,
    reads=("context.cross_sector_risk_checked",),
    rule=_("As answered."),
    advice=_("For each measure ask: whom could this arm, enrich, expose or humiliate?"),
    ask=_("Whom could this arm, enrich, expose or humiliate?"),
    too_far=_("Every measure has side effects; looking for all of them stops all of them."),
    cases=("southern-africa-peace-parks",),
    effort=1,
    examples=(
        Example({"context": {"cross_sector_risk_checked": "yes"}}, MET),
        Example({"context": {"cross_sector_risk_checked": "partly"}}, PARTLY),
        Example({"context": {"cross_sector_risk_checked": "no"}}, NOT_MET),
        Example({}, UNKNOWN),
    ),
    mend=answer(
        "context",
        "cross_sector_risk_checked",
        "yes",
        _("Ask of each measure whom it could arm, enrich, expose or humiliate"),
    ),
)
def side_effects_are_checked(draft: Draft) -> Judgement:
    """The answer on side effects."""
    return tri_answer(
        draft,
        "context",
        "cross_sector_risk_checked",
        TRI_GRADE,
        {
            "yes": _("Harmful side effects across sectors were looked for."),
            "partly": _("Harmful side effects across sectors were looked for in part."),
            "no": _("Harmful side effects across sectors were not looked for."),
        },
    )


def _grade_levels(draft: Draft, present: set[str]) -> Grade:
    if not present:
        return NOT_MET
    if draft.phase == "before_process":
        return MET
    if draft.phase == "implementation" and "wider_constituencies" not in present:
        return PARTLY if len(present) > 1 else NOT_MET
    return MET if len(present) > 1 else PARTLY


def _add_level(draft: Draft) -> Change | None:
    if not draft.measures:
        return None
    stated = [i for i, m in enumerate(draft.measures) if m.actor_levels is not None]
    if 2 * len(stated) < len(draft.measures) or not stated:
        blank = [i for i in range(len(draft.measures)) if i not in stated]
        edits = [Edit(f"/measures/{i}/actor_levels", ["decision_makers", "wider_constituencies"]) for i in blank]
        return Change(tuple(edits), "")
    own: set[str] = set(draft.measures[stated[-1]].actor_levels or ())
    present: set[str] = {level for i in stated for level in draft.measures[i].actor_levels or ()}
    for level in ("wider_constituencies", "decision_makers"):
        if level not in present:
            own.add(level)
            present.add(level)
        if _grade_levels(draft, present) == MET:
            break
    words = _("Bring another level into {measures}: leaders, or people at large")
    edit = Edit(f"/measures/{stated[-1]}/actor_levels", sorted(own))
    return Change((edit,), words, {"measures": named(draft, stated[-1:])})


@check(
    "G7.6",
    question=_("Are the right actor levels involved?"),
    weight=1.75,
    reads=("measures.actor_levels", "context.phase"),
    rule=_(
        "Different levels in the package: before a process 1 met; else 2 met, 1 partly; in implementation without wider "
        "constituencies 2 partly, 1 not met."
    ),
    advice=_(
        "Ask who does not trust whom: negotiators each other, principals the negotiators, or people the leaders. Involve "
        "that level."
    ),
    ask=_("Who does not yet trust whom: negotiators, leaders, or people at large?"),
    too_far=_("Everybody in the room is a conference, not a measure."),
    cases=("israel-jordan-1994",),
    effort=2,
    examples=(
        Example(levels(["negotiators"], phase="before_process"), MET),
        Example(levels(["negotiators"], ["decision_makers"]), MET),
        Example(levels(["negotiators"]), PARTLY),
        Example(levels(["negotiators", "decision_makers"], phase="implementation"), PARTLY),
        Example(levels(["decision_makers"], phase="implementation"), NOT_MET),
        Example(levels([]), NOT_MET),
        Example(plain(), UNKNOWN),
        Example(levels(["negotiators"], phase=None), UNKNOWN),
    ),
    mend=_add_level,
)
def the_right_levels_are_involved(draft: Draft) -> Judgement:
    """The different actor levels against the phase."""
    stated = _stated(draft, "actor_levels", _("actor levels"))
    if isinstance(stated, Judgement):
        return stated
    present = {level for _i, row in stated for level in row}
    because = Text(_("The package involves {count} of three actor levels."), count=len(present))
    return Judgement(_grade_levels(draft, present), because, [f"/measures/{i}/actor_levels" for i, _row in stated])
