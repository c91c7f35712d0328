"""Two states of a draft, or a proposal and its variant: what the text says differently, and how that moves the advice.

The words are those of the page that compares. No database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from proposals.comparing.differences import Difference, Group, Kind, differences, grouped
from proposals.comparing.scores import CheckChange, ScoreComparison, Standing, TopicRow, changed_checks, compare_scores
from proposals.comparing.wording import Runs
from reports.composing.circumstances import Circumstances
from reports.composing.framing import framed
from reports.composing.wording import WORDS
from reports.model import Block, Change, Fact, Finding, Mark, Paragraph, ReportModel, Run, Section, Table

KINDS: Final[dict[Kind, str]] = {
    "changed": _("changed"),
    "added": _("added"),
    "removed": _("removed"),
    "moved": _("moved"),
}
COUNTS: Final[dict[Kind, str]] = {
    "changed": _("{number} changed"),
    "added": _("{number} added"),
    "removed": _("{number} removed"),
    "moved": _("{number} moved"),
}


class Side(NamedTuple):
    """One of the two: what it is called, its draft and the scorecard, both as the audience sees them."""

    name: str
    draft: Mapping[str, Any]
    scorecard: dict[str, Any]


def compose_comparison(
    title: str, before: Side, now: Side, around: Circumstances, translate: Translate = str, *, classification: str = ""
) -> ReportModel:
    """The comparison. For the parties without scores: their scorecards hold findings on the text alone."""
    return _Composer(before, now, around, translate).report(title, classification)


class _Composer:
    def __init__(self, before: Side, now: Side, around: Circumstances, translate: Translate) -> None:
        self.before = before
        self.now = now
        self.around = around
        self.say = translate
        self.found = differences(before.draft, now.draft)
        self.scores = None if around.for_parties else compare_scores(before.scorecard, now.scorecard)
        self.checks = self.scores.checks if self.scores else changed_checks(before.scorecard, now.scorecard)

    def report(self, title: str, classification: str) -> ReportModel:
        return framed(
            self.around,
            self.say,
            kind="comparison",
            name=self.say(_("Comparison")),
            title=title,
            subtitle=f"{self.before.name} → {self.now.name}",
            opening="head",
            headline_label=self.say(_("What changed")),
            headline=self.counted(),
            summary=self.advice(self.scores) if self.scores else "",
            sections=tuple(self.sections()),
            foot=self.say(WORDS["foot"]),
            classification=classification,
        )

    def counted(self) -> str:
        if not self.found:
            return self.say(_("Both say the same."))
        counts = Counter(each.kind for each in self.found)
        return ", ".join(self.say(words).format(number=counts[kind]) for kind, words in COUNTS.items() if counts[kind])

    def advice(self, scores: ScoreComparison) -> str:
        stays, turns = _("The advice stays: {now}."), _("The advice was “{before}” and is “{now}”.")
        same = scores.before.verdict == scores.now.verdict
        return self.say(stays if same else turns).format(before=scores.before.headline, now=scores.now.headline)

    def sections(self) -> Iterator[Section]:
        groups = tuple(self.group(each) for each in grouped(self.found))
        same = (Paragraph(self.say(_("Both say the same."))),)
        if self.scores:
            yield Section(self.say(_("Scores")), tuple(self.tables(self.scores)))
        alike = (Paragraph(self.say(_("Every question is answered alike."))),)
        checks = tuple(self.check(each) for each in self.checks)
        title = _("Why the scores changed") if self.scores else _("What is now answered differently")
        yield Section(self.say(title), checks or alike)
        yield Section(self.say(_("What the draft says")), groups or same)

    # Scores

    def tables(self, scores: ScoreComparison) -> Iterator[Block]:
        for caption, head, rows in (
            ("guidelines", "guideline", scores.guidelines),
            ("challenges", "challenge", scores.challenges),
        ):
            columns = (self.say(WORDS[head]), self.before.name, self.now.name, self.say(_("Change")))
            cells = tuple(self.row(each) for each in rows)
            yield Table(self.say(WORDS[caption]), columns, cells, (34, 24, 24, 18))

    def row(self, row: TopicRow) -> tuple[str | Mark, ...]:
        by = f" ({row.by})" if row.by else ""
        turned = f"{row.turn.mark} {row.turn.label}{by}"
        return f"{row.id} {row.name}", self.standing(row.before), self.standing(row.now), turned

    def standing(self, standing: Standing) -> Mark:
        score = "" if standing.score is None else f" {standing.score}"
        return Mark(standing.code, f"{standing.word.label}{score}", standing.word.mark)

    def check(self, change: CheckChange) -> Finding:
        before = f"{change.before_word.label}. {change.before_because}"
        group = change.check.partition(".")[0]
        names = {
            each["id"]: each["name"]
            for part in ("guidelines", "challenges")
            for each in self.now.scorecard.get(part, {}).values()
        }
        return Finding(
            topic=f"{group} {names[group]}",
            check=change.check,
            question=change.question,
            mark=Mark(change.now, str(change.now_word.label), change.now_word.mark),
            because=change.now_because,
            facts=(Fact(self.say(_("Before")), before), Fact(self.say(_("Change")), str(change.turn.label))),
        )

    # The text

    def group(self, group: Group) -> Section:
        return Section(group.title, tuple(self.change(each) for each in group.differences))

    def change(self, difference: Difference) -> Change:
        where = difference.where or difference.group
        return Change(where, self.say(KINDS[difference.kind]), runs_of(difference))


def runs_of(difference: Difference) -> tuple[Run, ...]:
    """What went and what came, as one text; what both say stands once."""
    if difference.facts:
        said = "; ".join(f"{name}: {value}" for name, value in difference.facts)
        return (Run(said, change="out" if difference.kind == "removed" else "in"),)
    old, new = list(_words(difference.before)), list(_words(difference.now))
    if difference.kind != "changed":
        old, new = ([(word, True) for word, _ in words] for words in (old, new))
    found: list[Run] = []
    while old or new:
        if old and old[0][1]:
            _add(found, Run(old.pop(0)[0], change="out"))
        elif new and new[0][1]:
            _add(found, Run(new.pop(0)[0], change="in"))
        else:
            old.pop(0)
            _add(found, Run(new.pop(0)[0]))
    return tuple(found)


def _words(runs: Runs) -> Iterator[tuple[str, bool]]:
    """The words with the space before them, and whether the other text has them not."""
    for run in runs:
        for word in re.findall(r"\s*\S+|\s+\Z", run.text):
            yield word, run.differs


def _add(found: list[Run], run: Run) -> None:
    """Adds a word. What came is kept apart from what went."""
    if found and found[-1].change == run.change:
        found[-1] = Run(found[-1].text + run.text, change=run.change)
    elif found and found[-1].change and run.change and not run.text[:1].isspace():
        found.append(Run(f" {run.text}", change=run.change))
    else:
        found.append(run)
