"""Two pages for principals: what the package is for, the measures in a line each, the advice, and what is theirs to decide.

Nothing stands there that neither the package nor its scorecard says. No database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from assessments.presentation.package_view import sentence
from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from guidelines.taxonomy import LABELS
from reports.composing.circumstances import Circumstances
from reports.composing.framing import framed
from reports.composing.pieces import Pieces, bullets
from reports.composing.told import Told
from reports.composing.wording import WORDS
from reports.model import Block, Bullets, Entry, Paragraph, ReportModel, Section, Table

MOST_MEASURES: Final = 10
"""What fits on a page beside the rest; the others are counted."""
MOST_NAMED: Final = 3
STEPS: Final = 3
OPEN_POINTS: Final = 5

DECISIONS: Final = {
    "ready_to_table": _("Whether the package is put to the parties now."),
    "table_after_fixes": _("Whether the package is put to the parties now, or after the next steps."),
    "rework_with_parties": _("Whether the team goes back to the parties before the package is tabled."),
    "not_the_right_tool_now": _("Whether the package is held back for now, and what is done instead."),
    "not_enough_information": _("Whether the team finds out what is not known before anything is tabled."),
}
MISSING: Final = (
    ("funding", frozenset({"no", "partly"}), _("Who pays: {measures}.")),
    ("capacity", frozenset({"no", "partly"}), _("Who helps those responsible to deliver: {measures}.")),
    ("message_agreed", frozenset({"no", "partly"}), _("What is said in public: {measures}.")),
)
"""Answers of measures that leave something to decide, and what."""

Row = Mapping[str, Any]


def compose_brief(told: Told, around: Circumstances, translate: Translate = str) -> ReportModel:
    """The brief."""
    return _Composer(told, around, translate).report()


class _Composer:
    def __init__(self, told: Told, around: Circumstances, translate: Translate) -> None:
        self.document = told.document
        self.scorecard = told.scorecard
        self.numbers = told.numbers
        self.around = around
        self.say = translate
        self.pieces = Pieces(told.document, told.scorecard, translate)
        self.reader = self.pieces.reader
        self.measures: list[dict[str, Any]] = told.document.get("measures", [])

    def report(self) -> ReportModel:
        verdict = self.scorecard.get("verdict", {})
        parties = ", ".join(party["name"] for party in self.document.get("parties", []))
        return framed(
            self.around,
            self.say,
            kind="brief",
            name=self.say(_("Brief for principals")),
            title=self.document["title"],
            subtitle=self.pieces.subtitle(),
            opening="head",
            headline_label=self.say(WORDS["advice"]) if verdict else "",
            headline=verdict.get("headline", ""),
            summary=self.advice(),
            facts=[
                (self.say(_("Parties")), parties),
                (self.say(_("Conflict")), self.document.get("conflict", {}).get("name", "")),
                (self.say(_("Revision")), self.around.revision),
            ],
            sections=tuple(self.sections()),
            foot=self.say(WORDS["foot"]),
            classification=self.document.get("classification", ""),
        )

    def sections(self) -> Iterator[Section]:
        yield Section(self.say(_("What it is for")), tuple(self.purpose()))
        yield Section(self.say(_("The measures")), tuple(self.in_a_line_each()))
        if self.around.for_parties:
            yield Section(self.say(_("Still open in the text")), tuple(self.open_points()))
            return
        yield Section(self.say(WORDS["profile"]), (self.pieces.profile(),))
        steps = self.pieces.steps_in_words(STEPS)
        if steps.entries:
            yield Section(self.say(WORDS["next_steps"]), (steps,))
        yield Section(self.say(_("What is yours to decide")), (bullets(self.decisions()),))
        yield Section(self.say(_("The risk if nothing is done")), tuple(self.risks()))

    def purpose(self) -> Iterator[Block]:
        context = self.document.get("context", {})
        purposes = "; ".join(self.say(LABELS["purpose"][each]) for each in context.get("purposes", []))
        statement = context.get("purpose_statement", "").strip()
        yield Paragraph(sentence(statement or purposes) or self.say(_("The draft does not say what is to change.")))
        if summary := self.document.get("summary"):
            yield Paragraph(summary)
        if self.around.party:
            only = _(
                "This version shows what {party} undertakes, alone or with others. Numbers are those of the whole text."
            )
            yield Paragraph(self.say(only).format(party=self.reader.name(self.around.party)), "quiet")

    # The measures

    def in_a_line_each(self) -> Iterator[Block]:
        if not self.measures:
            yield Paragraph(self.say(_("No measure is drafted yet.")))
            return
        heads = (_("Measure"), _("Who acts"), _("By when"), _("Who verifies"))
        rows = tuple(self.line(measure) for measure in self.measures[:MOST_MEASURES])
        yield Table(
            self.say(_("Who does what by when, and who verifies")), tuple(map(self.say, heads)), rows, (36, 30, 14, 20)
        )
        if more := len(self.measures) - len(rows):
            said = self.say(_("And {number} more; the full assessment and the draft text have them all."))
            yield Paragraph(said.format(number=more), "quiet")

    def line(self, measure: Row) -> tuple[str, ...]:
        clauses = measure.get("commitments", ())
        who = self.few(self.reader.name(each) for clause in clauses for each in clause.get("who", ()))
        when = self.few(clause["when"] for clause in clauses if clause.get("when", "").strip())
        title = f"{self.numbers[measure['id']].measure}. {measure['title']}"
        return title, who, when or measure.get("end", "") or self.not_said(), self.verifier(measure["id"])

    def few(self, names: Iterable[str]) -> str:
        """Each name once, the first few; "" for none."""
        found = list(dict.fromkeys(names))
        more = len(found) - MOST_NAMED
        shown = ", ".join(found[:MOST_NAMED])
        return shown + (self.say(_(" and {more} more")).format(more=more) if more > 0 else "")

    def verifier(self, measure: str) -> str:
        entries = self.document.get("verification")
        if entries is None:
            return self.not_said()
        found = [each for each in entries if each.get("covers", "all") == "all" or measure in each["covers"]]
        bodies = [each.get("body", "").strip() or self.method(each) for each in found]
        return self.few(each for each in bodies if each) or self.say(_("nobody"))

    def method(self, entry: Row) -> str:
        method = entry.get("method", "")
        return self.reader.said("method", method) if method != "none" and method else ""

    def not_said(self) -> str:
        return self.say(_("not said"))

    # For us alone

    def advice(self) -> str:
        """The advice in three sentences at most: why, and what would change it; "" for the parties."""
        if self.around.for_parties:
            return ""
        verdict = self.scorecard["verdict"]
        because = [reason["because"] for reason in verdict["reasons"]]
        change = [other["change"] for other in verdict["would_change"][:1]]
        said = [self.say(_("What would change it: {change}")).format(change=each) for each in change]
        return " ".join([*because[: 3 - len(said)], *said])

    def decisions(self) -> Iterator[str]:
        verdict = self.scorecard["verdict"]
        yield self.say(DECISIONS[verdict["kind"]])
        for alternative in verdict["alternatives"][:1]:
            yield f"{sentence(alternative['deficit'])}: {alternative['instead']}"
        for field, answers, words in MISSING:
            if titles := [each["title"] for each in self.measures if each.get(field) in answers]:
                yield self.say(words).format(measures=self.few(titles))
        waiting = [each["title"] for each in self.measures if each.get("open_preconditions", 0) > 0]
        if waiting:
            said = _("Who brings what is still missing, such as money, permits or consent: {measures}.")
            yield self.say(said).format(measures=self.few(waiting))

    def risks(self) -> Iterator[Block]:
        """What the draft says of the field, what is high, and which gaps weigh most."""
        process = self.document.get("process", {})
        yield from (Paragraph(warning, "warning") for warning in self.scorecard["verdict"]["warnings"])
        said = []
        if process.get("hostilities") == "worsening":
            said.append(Entry(self.say(_("Hostilities are getting worse."))))
        if process.get("buildup") == "yes":
            said.append(Entry(self.say(_("Forces are being built up under cover."))))
        for group in self.scorecard["challenges"].values():
            if group["risk"] == "high":
                because = " ".join(trigger["because"] for trigger in group["triggers"])
                said.append(
                    Entry(self.say(_("{challenge}: the risk is high.")).format(challenge=group["name"]), because)
                )
        for group in self.scorecard["guidelines"].values():
            if group["blocking"] and group["cap_because"]:
                said.append(Entry(group["name"], group["cap_because"]))
        if said:
            yield Bullets(tuple(said))
        else:
            yield Paragraph(self.say(_("Neither the draft nor the advice names one.")))

    # For the parties

    def open_points(self) -> Iterator[Block]:
        findings = [
            finding
            for grade in ("not_met", "partly", "unknown")
            for group in self.scorecard["guidelines"].values()
            for finding in group["findings"]
            if finding["grade"] == grade
        ]
        if not findings:
            yield Paragraph(self.say(_("Every question on the text is answered well.")))
            return
        yield Bullets(tuple(Entry(each["question"], each["advice"]) for each in findings[:OPEN_POINTS]))
