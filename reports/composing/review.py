"""A letter to the drafters: the advice, what is strong, what to work on, what to ask, and what people said of the draft.

No database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from reports.composing.circumstances import Circumstances
from reports.composing.framing import framed
from reports.composing.pieces import Pieces, bullets
from reports.composing.remarks import comment_blocks
from reports.composing.told import Told
from reports.composing.wording import WORDS
from reports.model import Block, Bullets, Entry, Paragraph, ReportModel, Section

STEPS: Final = 5
STRENGTHS: Final = 3
"""How many strengths are named of a guideline."""


def compose_review(
    told: Told, comments: Iterable[dict[str, Any]], around: Circumstances, translate: Translate = str
) -> ReportModel:
    """The letter. ``comments``: as ``comment_blocks`` takes them; the parties get none."""
    return _Composer(told, list(comments), around, translate).report()


class _Composer:
    def __init__(self, told: Told, comments: list[dict[str, Any]], around: Circumstances, translate: Translate) -> None:
        self.document = told.document
        self.scorecard = told.scorecard
        self.comments = comments
        self.around = around
        self.say = translate
        self.pieces = Pieces(told.document, told.scorecard, translate)
        self.groups: list[dict[str, Any]] = [
            *told.scorecard["guidelines"].values(),
            *told.scorecard["challenges"].values(),
        ]

    def report(self) -> ReportModel:
        verdict = self.scorecard.get("verdict", {})
        subtitle = self.say(_("On revision {number}, to its drafters")).format(number=self.around.revision)
        return framed(
            self.around,
            self.say,
            kind="review",
            name=self.say(_("Review letter")),
            title=self.document["title"],
            subtitle=subtitle,
            opening="head",
            headline_label=self.say(WORDS["advice"]) if verdict else "",
            headline=verdict.get("headline", ""),
            summary=verdict.get("summary", ""),
            sections=tuple(section for section in self.sections() if section.blocks),
            foot=self.say(WORDS["foot"]),
            classification=self.document.get("classification", ""),
        )

    def sections(self) -> Iterator[Section]:
        if "verdict" in self.scorecard:
            yield Section(self.say(_("Why we advise so")), tuple(self.reasons()))
        yield Section(self.say(_("What is strong")), tuple(self.strengths()))
        yield Section(self.say(_("What to work on")), tuple(self.topics({"not_met", "partly"})))
        yield Section(self.say(_("What we would ask")), tuple(self.questions()))
        yield Section(self.say(_("Set aside by the drafters")), tuple(self.set_aside()))
        if not self.around.for_parties:
            yield Section(self.say(_("Comments")), comment_blocks(self.comments, self.say))
        if "next_steps" in self.scorecard:
            steps = self.pieces.steps_in_words(STEPS)
            yield Section(self.say(WORDS["next_steps"]), (steps,) if steps.entries else ())

    def reasons(self) -> Iterator[Block]:
        verdict = self.scorecard["verdict"]
        if verdict["reasons"]:
            yield bullets(reason["because"] for reason in verdict["reasons"])
        yield from (Paragraph(warning, "warning") for warning in verdict["warnings"])

    def strengths(self) -> Iterator[Block]:
        """Of each guideline, and each challenge that is no great risk, what is done well and weighs most."""
        entries = []
        for group in self.groups:
            met = sorted(self.graded(group, {"met"}), key=lambda finding: -finding["weight"])
            name = group["name"]
            if "risk" in group:
                name = self.say(_("{challenge}: the risk is low")).format(challenge=name)
            if met and group.get("risk", "low") == "low":
                entries.append(Entry(name, " ".join(each["because"] for each in met[:STRENGTHS])))
        if entries:
            yield Bullets(tuple(entries))
        else:
            yield Paragraph(self.say(_("The draft says too little yet to name any.")))

    def topics(self, grades: set[str]) -> Iterator[Section]:
        """The findings with one of these grades by guideline and challenge; those not met come first."""
        for group in self.groups:
            findings = sorted(self.graded(group, grades), key=lambda finding: finding["grade"] != "not_met")
            if findings:
                blocks = tuple(self.pieces.finding(each, group["name"]) for each in findings)
                yield Section(group["name"], (Paragraph(group["essence"], "quiet"), *blocks))

    def questions(self) -> Iterator[Block]:
        entries = [
            Entry(each["advice"], f"{group['name']}. {each['because']}")
            for group in self.groups
            for each in self.graded(group, {"unknown"})
        ]
        if entries:
            yield Bullets(tuple(entries), is_numbered=True)

    def set_aside(self) -> Iterator[Block]:
        questions = {each["check"]: each["question"] for group in self.groups for each in group["findings"]}
        entries = [
            Entry(questions.get(each["check"], each["check"]), each["reason"])
            for each in self.document.get("not_applicable", ())
        ]
        if entries:
            yield Bullets(tuple(entries))

    @staticmethod
    def graded(group: dict[str, Any], grades: set[str]) -> list[dict[str, Any]]:
        return [finding for finding in group["findings"] if finding["grade"] in grades]
