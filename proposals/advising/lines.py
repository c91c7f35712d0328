"""Guidelines and challenges as lines of the pane, each with what was found and where."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from assessments.engine.grading import MET, NOT_APPLICABLE, UNKNOWN, Judgement
from assessments.engine.rubric import Check, Group
from assessments.engine.scoring import ChallengeScore, GuidelineScore, range_of
from assessments.presentation.precedents import case_link
from assessments.presentation.profile import per_cent
from assessments.presentation.words import BANDS, GRADES, RISKS, TRIGGERS
from guidelines.catalogue import topic
from proposals.advising.advice import Bar, Finding, Line
from proposals.advising.assessed import Assessed
from proposals.advising.placing import Places

PLACES_SHOWN: Final = 3
PLACES_SHOWN_IF_MET: Final = 1
OPEN_FIRST: Final = {"not_met": 0, "partly": 1, "unknown": 2, "met": 3}

Basis = tuple[Any, ...]


def basis_of(group: Group, assessed: Assessed) -> Basis:
    """All that a line rests on, but for the names and keys of rows."""
    evaluation = assessed.evaluation
    judged = tuple(evaluation.judge(check.id) for check in group.checks)
    if not group.is_guideline:
        return assessed.profile.challenges[group.id], judged
    return assessed.profile.guidelines[group.id], judged, range_of(group, evaluation)


def line_of(group: Group, basis: Basis, places: Places) -> Line:
    """The line of a guideline or a challenge."""
    result, judged, *ends = basis
    findings = _findings(group, judged, places)
    if isinstance(result, GuidelineScore):
        return _guideline(group, result, ends[0], findings)
    return _challenge(group, result, findings)


def _guideline(group: Group, result: GuidelineScore, ends: tuple[int, int] | None, findings: list[Finding]) -> Line:
    low, high = ends or (0, 0)
    known = result.band not in ("insufficient", "not_applicable")
    score = result.score or 0
    return Line(
        id=group.id,
        name=_(topic(group.id).name),
        code=result.band,
        word=BANDS[result.band],
        score=str(score) if known else "?" if result.band == "insufficient" else "–",
        spoken=_spoken(score, low, high) if known else _("no score"),
        bar=Bar(score if known else 0, low, high),
        known=per_cent(result.coverage),
        notes=(_cap(result.cap.limit, result.cap.because),) if result.cap else (),
        findings=tuple(findings),
    )


def _cap(limit: int, because: str) -> str:
    return _("Held at %(limit)s: %(because)s") % {"limit": limit, "because": _(because)}


def _spoken(score: int, low: int, high: int) -> str:
    if low == high:
        return _("%(score)s of 100") % {"score": score}
    return _("%(score)s of 100, between %(low)s and %(high)s depending on what is not yet known") % {
        "score": score,
        "low": low,
        "high": high,
    }


def _challenge(group: Group, result: ChallengeScore, findings: list[Finding]) -> Line:
    return Line(
        id=group.id,
        name=_(topic(group.id).name),
        code=result.risk,
        word=RISKS[result.risk],
        score="",
        spoken="",
        bar=None,
        known=per_cent(result.coverage),
        notes=tuple(f"{TRIGGERS[each.effect]}: {_(each.because)}" for each in result.fired),
        findings=tuple(findings),
    )


def _findings(group: Group, judged: tuple[Judgement, ...], places: Places) -> list[Finding]:
    """What is open first; what does not apply is left out."""
    rows = [row for row in zip(group.checks, judged, strict=True) if row[1].grade != NOT_APPLICABLE]
    rows.sort(key=lambda row: (OPEN_FIRST[row[1].grade], -row[0].weight))
    return [_finding(check, judgement, places) for check, judgement in rows]


def _finding(check: Check, judgement: Judgement, places: Places) -> Finding:
    grade = judgement.grade
    read, more = places.several(judgement.evidence, PLACES_SHOWN_IF_MET if grade == MET else PLACES_SHOWN)
    advice = "" if grade == MET else check.ask if grade == UNKNOWN else check.advice
    return Finding(
        grade=grade,
        word=GRADES[grade],
        because=judgement.because.render(_),
        places=tuple(read),
        more=more,
        advice=_(advice) if advice else "",
        asks=grade == UNKNOWN,
        case=case_link(check.cases[0]) if advice and check.cases else None,
    )
