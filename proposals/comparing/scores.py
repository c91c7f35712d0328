"""Two scorecards side by side: what went up, what went down, and which checks are behind it. No database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.presentation.profile import per_cent
from assessments.presentation.scorecard import in_order
from assessments.presentation.words import BANDS, GRADES, RISKS, Word

Scores = Mapping[str, Any]


class Turn(NamedTuple):
    """How something changed: a mark, a word, and the class that colours it."""

    mark: str
    label: str | Promise
    tone: str


SAME: Final = Turn("=", gettext_lazy("the same"), "same")
BETTER: Final = Turn("↑", gettext_lazy("better"), "better")
WORSE: Final = Turn("↓", gettext_lazy("worse"), "worse")
NOW_KNOWN: Final = Turn("+", gettext_lazy("now known"), "other")
NO_LONGER_KNOWN: Final = Turn("?", gettext_lazy("no longer known"), "other")
NOW_APPLIES: Final = Turn("+", gettext_lazy("now applies"), "other")
NO_LONGER_APPLIES: Final = Turn("–", gettext_lazy("no longer applies"), "other")
OTHER: Final = Turn("≠", gettext_lazy("another"), "other")

WORTH: Final[Mapping[str, int]] = {
    "met": 2, "partly": 1, "not_met": 0,
    "strong": 2, "adequate": 1, "weak": 0,
    "low": 2, "moderate": 1, "high": 0,
    "ready_to_table": 3, "table_after_fixes": 2, "rework_with_parties": 1, "not_the_right_tool_now": 0,
}  # fmt: skip
"""What is better than what, within grades, bands, risks and verdicts."""
NOT_APPLICABLE: Final = "not_applicable"


class Standing(NamedTuple):
    """A guideline or challenge in one scorecard. ``score`` only of guidelines, ``known`` in per cent."""

    code: str
    word: Word
    score: int | None
    known: int


class TopicRow(NamedTuple):
    """A guideline or challenge in both; ``by``: how many points, with its sign, "" where nothing can be said."""

    id: str
    name: str
    before: Standing
    now: Standing
    turn: Turn
    by: str


class CheckChange(NamedTuple):
    """A check that grades the two differently, and why it grades each so."""

    check: str
    question: str
    before: str
    before_word: Word
    before_because: str
    now: str
    now_word: Word
    now_because: str
    turn: Turn


class Advice(NamedTuple):
    """The verdict and the index (``overall``) of one scorecard."""

    verdict: str
    headline: str
    overall: int | None


class ScoreComparison(NamedTuple):
    """Two scorecards side by side."""

    before: Advice
    now: Advice
    verdict: Turn
    index_turn: Turn
    index_by: str
    guidelines: list[TopicRow]
    challenges: list[TopicRow]
    checks: list[CheckChange]

    @property
    def is_same(self) -> bool:
        """Whether the advice is the same in every grade, score and word."""
        rows = [*self.guidelines, *self.challenges]
        return not self.checks and all(row.before == row.now for row in rows) and self.before == self.now


def compare_scores(before: Scores, now: Scores) -> ScoreComparison:
    """The two scorecards as rows."""
    old, new = advice_of(before), advice_of(now)
    return ScoreComparison(
        before=old,
        now=new,
        verdict=turn(old.verdict, new.verdict),
        index_turn=_of_numbers(old.overall, new.overall),
        index_by=_by(old.overall, new.overall),
        guidelines=_topics(before["guidelines"], now["guidelines"], guideline_standing),
        challenges=_topics(before["challenges"], now["challenges"], challenge_standing),
        checks=changed_checks(before, now),
    )


def advice_of(scores: Scores) -> Advice:
    """Verdict and index of a scorecard; the index in whole points, as pages show it."""
    kind = scores["verdict"]["kind"]
    return Advice(kind, _(scores["verdict"]["headline"]), None if scores["index"] is None else round(scores["index"]))


def guideline_standing(row: Scores) -> Standing:
    """Band and score of an entry of ``scorecard["guidelines"]``."""
    return Standing(row["band"], BANDS[row["band"]], row["score"], per_cent(row["coverage"]))


def challenge_standing(row: Scores) -> Standing:
    """Risk of an entry of ``scorecard["challenges"]``."""
    return Standing(row["risk"], RISKS[row["risk"]], None, per_cent(row["coverage"]))


def turn(before: str, now: str) -> Turn:
    """How a grade, band, risk or verdict changed."""
    if before == now:
        return SAME
    if NOT_APPLICABLE in (before, now):
        return NOW_APPLIES if before == NOT_APPLICABLE else NO_LONGER_APPLIES
    if before in WORTH and now in WORTH:
        return BETTER if WORTH[now] > WORTH[before] else WORSE
    if before not in WORTH and now not in WORTH:
        return OTHER
    return NOW_KNOWN if now in WORTH else NO_LONGER_KNOWN


def turn_of(before: Standing, now: Standing) -> tuple[Turn, str]:
    """How a guideline or challenge changed: by its band or risk, else by its score; and by how many points."""
    of_codes = turn(before.code, now.code)
    how = _of_numbers(before.score, now.score) if of_codes is SAME else of_codes
    return how, _by(before.score, now.score)


def _of_numbers(before: int | None, now: int | None) -> Turn:
    if before == now:
        return SAME
    if before is None or now is None:
        return NOW_KNOWN if before is None else NO_LONGER_KNOWN
    return BETTER if now > before else WORSE


def _by(before: int | None, now: int | None) -> str:
    if before is None or now is None or before == now:
        return ""
    return f"{now - before:+d}".replace("-", "\N{MINUS SIGN}")


def _topics(before: Scores, now: Scores, standing: Any) -> list[TopicRow]:
    rows = []
    for old, new in zip(in_order(before), in_order(now), strict=True):
        one, other = standing(old), standing(new)
        rows.append(TopicRow(new["id"], _(new["name"]), one, other, *turn_of(one, other)))
    return rows


def changed_checks(before: Scores, now: Scores) -> list[CheckChange]:
    """Checks with another grade, in the order of the handbook."""
    old = {finding["check"]: finding for finding in _findings(before)}
    return [_change(old[new["check"]], new) for new in _findings(now) if old[new["check"]]["grade"] != new["grade"]]


def _findings(scores: Scores) -> list[Scores]:
    groups = [*in_order(scores["guidelines"]), *in_order(scores["challenges"])]
    return [finding for group in groups for finding in group["findings"]]


def _change(old: Scores, new: Scores) -> CheckChange:
    return CheckChange(
        check=new["check"],
        question=new["question"],
        before=old["grade"],
        before_word=GRADES[old["grade"]],
        before_because=old["because"],
        now=new["grade"],
        now_word=GRADES[new["grade"]],
        now_because=new["because"],
        turn=turn(old["grade"], new["grade"]),
    )
