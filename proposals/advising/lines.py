"""Guidelines and challenges as lines of the pane, each with what was found and where."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from assessments.engine.differing import BY_FIELD
from assessments.engine.grading import MET, NOT_APPLICABLE, UNKNOWN, Evidence, Judgement
from assessments.engine.rubric import Check, Group
from assessments.engine.scoring import ChallengeScore, GuidelineScore, range_of
from assessments.presentation.precedents import case_link
from assessments.presentation.profile import per_cent
from assessments.presentation.words import BANDS, GRADES, RISKS, TRIGGERS, Word
from guidelines.catalogue import topic
from proposals.advising.advice import Bar, Finding, Line
from proposals.advising.assessed import Assessed
from proposals.advising.placing import Places

PLACES_SHOWN: Final = 3
PLACES_SHOWN_IF_MET: Final = 1
GROUPING: Final = frozenset(
    f"{section}.{field}"
    for section, fields in {
        "context": ("phase",),
        "measures": ("id", "kind", "binding"),
        "verification": ("covers", "method"),
        "violations": ("covers",),
    }.items()
    for field in fields
)
"""Fields that checks read to know whom to ask, and not what."""
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
        word=said(BANDS[result.band]),
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
        word=said(RISKS[result.risk]),
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


def said(word: Word) -> Word:
    """The word in the reader's language: a lazy one is translated each time that a line is looked up by its value."""
    return Word(word.mark, str(word.label))


def _meant(check: Check, place: str | Evidence) -> str | Evidence:
    """Where a check found nothing in a section or a row: the field that it would have read there."""
    if not isinstance(place, str):
        return place
    section, *row = place.split("/")[1:] or [""]
    if len(row) != (1 if section in BY_FIELD else 0):
        return place
    fields = [read for read in check.reads if read.startswith(f"{section}.") and read not in GROUPING]
    return f"{place}/{fields[0].partition('.')[2]}" if fields else place


def _finding(check: Check, judgement: Judgement, places: Places) -> Finding:
    grade = judgement.grade
    evidence = [_meant(check, each) for each in judgement.evidence] if grade == UNKNOWN else judgement.evidence
    read, more = places.several(evidence, PLACES_SHOWN_IF_MET if grade == MET else PLACES_SHOWN)
    advice = "" if grade == MET else check.ask if grade == UNKNOWN else check.advice
    return Finding(
        grade=grade,
        word=said(GRADES[grade]),
        because=judgement.because.render(_),
        places=tuple(read),
        more=more,
        advice=_(advice) if advice else "",
        asks=grade == UNKNOWN,
        case=case_link(check.cases[0]) if advice and check.cases else None,
    )
