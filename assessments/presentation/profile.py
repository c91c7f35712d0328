"""Guidelines and challenges as rows: the bar's geometry, the words, the findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from assessments.engine.rubric import rubric
from assessments.presentation.precedents import CaseLink, case_link
from assessments.presentation.reader import Place, Reader
from assessments.presentation.words import BANDS, GRADES, RISKS, TRIGGERS, Word

Row = Mapping[str, Any]


class Bar(NamedTuple):
    """Lengths in per cent of the bar: the value, and the range as start, end and width (``None`` without one)."""

    value: int
    low: int | None
    high: int | None
    width: int


class FindingView(NamedTuple):
    """One check's finding for the page."""

    check: str
    question: str
    grade: str
    word: Word
    because: str
    advice: str
    asks: bool
    too_far: str
    places: list[Place]
    cases: list[CaseLink]
    weight: str
    rule: str


class GuidelineView(NamedTuple):
    """One guideline as a row. ``spoken`` says the row in one sentence."""

    id: str
    name: str
    essence: str
    score: int | None
    band: str
    word: Word
    bar: Bar
    known: int
    spoken: str
    cap: int | None
    cap_because: str
    sensitivity: Sequence[int] | None
    blocking: bool
    findings: list[FindingView]


class ChallengeView(NamedTuple):
    """One challenge as a row; ``why`` is the finding that says most about its risk."""

    id: str
    name: str
    essence: str
    risk: str
    word: Word
    known: int
    why: str
    triggers: list[tuple[str, str]]
    findings: list[FindingView]


def guideline_view(row: Row, reader: Reader) -> GuidelineView:
    """The view of one entry of ``scorecard["guidelines"]``."""
    return GuidelineView(
        id=row["id"],
        name=row["name"],
        essence=row["essence"],
        score=row["score"],
        band=row["band"],
        word=BANDS[row["band"]],
        bar=_bar(row),
        known=per_cent(row["coverage"]),
        spoken=_spoken(row),
        cap=row["cap"],
        cap_because=row["cap_because"] or "",
        sensitivity=row.get("sensitivity"),
        blocking=row["blocking"],
        findings=[finding_view(finding, reader) for finding in row["findings"]],
    )


def challenge_view(row: Row, reader: Reader) -> ChallengeView:
    """The view of one entry of ``scorecard["challenges"]``."""
    return ChallengeView(
        id=row["id"],
        name=row["name"],
        essence=row["essence"],
        risk=row["risk"],
        word=RISKS[row["risk"]],
        known=per_cent(row["coverage"]),
        why=_telling(row),
        triggers=[(str(TRIGGERS[t["effect"]]), t["because"]) for t in row["triggers"]],
        findings=[finding_view(finding, reader) for finding in row["findings"]],
    )


def finding_view(row: Row, reader: Reader) -> FindingView:
    """The view of one finding, with the rule and the risk of over-correcting from the rubric."""
    check = rubric().checks.get(row["check"])
    advice = row["advice"]
    return FindingView(
        check=row["check"],
        question=row["question"],
        grade=row["grade"],
        word=GRADES[row["grade"]],
        because=row["because"],
        advice=advice,
        asks=row["grade"] == "unknown",
        too_far=_(check.too_far) if check and check.too_far and advice else "",
        places=[reader.place(spot["pointer"], spot.get("range")) for spot in row["evidence"]],
        cases=[case_link(slug) for slug in row["cases"]],
        weight=f"{row['weight']:g}",
        rule=_(check.rule) if check else "",
    )


def per_cent(share: float) -> int:
    """A share from 0 to 1 as whole per cent; 100 and 0 only where nothing is missing or known."""
    return min(99, max(1, round(share * 100))) if 0 < share < 1 else round(share * 100)


def _bar(row: Row) -> Bar:
    low, high = row["range"] or (None, None)
    return Bar(row["score"] or 0, low, high, (high or 0) - (low or 0))


def _spoken(row: Row) -> str:
    """The bar in words, for those who do not see it."""
    if row["score"] is None:
        return _("no score")
    if row["range"] is None or row["range"][0] == row["range"][1]:
        return _("%(score)s of 100") % {"score": row["score"]}
    low, high = row["range"]
    return _("%(score)s of 100, between %(low)s and %(high)s depending on what is not yet known") % {
        "score": row["score"],
        "low": low,
        "high": high,
    }


def _telling(row: Row) -> str:
    """What decides the risk: a trigger, else the weightiest open finding, else the weightiest one that is met."""
    if row["triggers"]:
        return str(row["triggers"][-1]["because"])
    order = {"not_met": 0, "partly": 1, "met": 2, "unknown": 3} if row["risk"] != "unknown" else {"unknown": 0}
    told = [finding for finding in row["findings"] if finding["grade"] in order]
    if not told:
        return ""
    if row["risk"] == "low":
        told = [finding for finding in told if finding["grade"] == "met"] or told
    return str(min(told, key=lambda finding: (order[finding["grade"]], -finding["weight"]))["because"])
