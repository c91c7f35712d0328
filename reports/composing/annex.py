"""A package as the draft text of an agreement: articles, numbered clauses, and brackets where something is to be agreed.

Clauses stand as they are written. What the package says in answers and not in words, such as that a breach is defined, is
a bracket for the words; nothing is put into anybody's mouth. No database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from assessments.presentation.package_view import sentence
from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from guidelines.taxonomy import LABELS
from reports.composing.annex_terms import TO_BE_AGREED, Row, Terms
from reports.composing.circumstances import Circumstances
from reports.composing.framing import framed
from reports.composing.pieces import Pieces
from reports.composing.told import Told
from reports.model import (
    Block,
    Bullets,
    Commitment,
    Entry,
    Fact,
    Paragraph,
    ReportModel,
    Section,
    Signatures,
)


def compose_annex(told: Told, around: Circumstances, translate: Translate = str) -> ReportModel:
    """The draft text; its remarks on loose words are for us alone."""
    return _Composer(told, around, translate).report()


class _Composer:
    def __init__(self, told: Told, around: Circumstances, translate: Translate) -> None:
        self.document = told.document
        self.numbers = told.numbers
        self.scorecard = told.scorecard
        self.around = around
        self.say = translate
        self.terms = Terms(told, translate)
        self.reader = self.terms.reader
        self.measures = self.terms.measures
        self.has_measures = told.measures > 0
        self.next_article = max(told.measures, 1) + 1

    def report(self) -> ReportModel:
        return framed(
            self.around,
            self.say,
            kind="annex",
            name=self.say(_("Draft text for an agreement")),
            title=self.document["title"],
            subtitle=self.say(_("Annex [number] to [the agreement]. Draft for negotiation.")),
            opening="head",
            facts=[(self.say(_("Revision")), self.around.revision)],
            sections=tuple(self.sections()),
            foot=self.say(_("Draft. Nothing is agreed until the Parties have agreed to the whole.")),
            classification=self.document.get("classification", ""),
        )

    def sections(self) -> Iterator[Section]:
        yield Section(self.say(_("Preamble")), tuple(self.preamble()))
        for measure in self.document.get("measures", []):
            yield self.measure(measure)
        if not self.has_measures:
            yield self.article(self.say(_("[Title]")), lambda at, title: [self.clause(f"{at}.1", title, {})], number=1)
        yield self.article(self.say(_("Verification")), self.terms.verification)
        yield self.article(self.say(_("If something goes wrong")), self.terms.violations)
        yield self.article(self.say(_("Sequence and dates")), self.terms.sequence)
        yield self.article(self.say(_("Review and end")), self.terms.review)
        if protected := [m["id"] for m in self.measures if m.get("without_prejudice") == "yes"]:
            said = Paragraph(self.terms.without_prejudice(protected))
            yield self.article(self.say(_("Without prejudice")), lambda at, title: [said])
        yield Section(self.say(_("Signatures")), (self.signatures(),))
        if not self.around.for_parties:
            remarks = tuple(self.remarks())
            if remarks:
                yield Section(self.say(_("Remarks on the wording, for us alone")), remarks, begins_page=True)

    def article(self, title: str, blocks: Callable[[int, str], Iterable[Block]], number: int = 0) -> Section:
        """An article with the next number, or with ``number``; ``blocks`` are made for its number and heading."""
        if not number:
            number, self.next_article = self.next_article, self.next_article + 1
        heading = self.say(_("Article {number}. {title}")).format(number=number, title=sentence(title))
        return Section(heading, tuple(blocks(number, heading)))

    # The preamble

    def preamble(self) -> Iterator[Block]:
        if self.around.party:
            only = _(
                "This version shows what {party} undertakes, alone or with others. Numbers are those of the whole text."
            )
            yield Paragraph(self.say(only).format(party=self.reader.name(self.around.party)), "quiet")
        names = [party["name"] for party in self.document.get("parties", [])]
        parties = "; ".join(names) if names else self.say(_("[names of the Parties]"))
        yield Paragraph(self.say(_("The Parties to this text: {parties},")).format(parties=parties))
        yield Paragraph(self.say(_("with this purpose: {purpose},")).format(purpose=self.purpose()))
        if helpers := self.document.get("third_parties"):
            said = "; ".join(self.third_party(each) for each in helpers)
            yield Paragraph(self.say(_("with the help of: {names},")).format(names=said))
        yield Paragraph(self.say(_("agree as follows.")))

    def purpose(self) -> str:
        context = self.document.get("context", {})
        if statement := context.get("purpose_statement", "").strip():
            return str(statement).rstrip(".;,")
        purposes = "; ".join(self.say(LABELS["purpose"][each]) for each in context.get("purposes", []))
        missing = self.say(_("[to be agreed: what is to change, and for whom]"))
        return f"{purposes} {missing}" if purposes else missing

    def third_party(self, third: Row) -> str:
        roles = self.reader.said("roles", third["roles"]) if third.get("roles") else ""
        return f"{third['name']} ({roles})" if roles else str(third["name"])

    # Measures

    def measure(self, measure: dict[str, Any]) -> Section:
        number, clauses = self.numbers[measure["id"]]

        def blocks(at: int, title: str) -> Iterator[Block]:
            if measure.get("description"):
                yield Paragraph(measure["description"])
            rows = measure.get("commitments") or [{}]
            yield from (self.clause(f"{at}.{n}", title, row) for n, row in zip(clauses or (1,), rows, strict=True))

        return self.article(measure["title"], blocks, number=number)

    def clause(self, number: str, title: str, clause: Row) -> Commitment:
        """A clause as it is written, with what it does not yet say in brackets."""
        if not clause.get("text", "").strip():
            text = self.say(_("[To be agreed: who does what, by when, and where or how much]"))
            return Commitment(number, title, text, ())
        return Commitment(number, title, clause["text"], tuple(self.slots(clause)))

    def slots(self, clause: Row) -> Iterator[Fact]:
        who = [self.reader.name(each) for each in clause.get("who", ()) if each.strip()]
        when, where, quantity = (clause.get(slot, "").strip() for slot in ("when", "where", "quantity"))
        missing = self.say(TO_BE_AGREED)
        yield Fact(self.say(_("Who")), ", ".join(who) or missing)
        yield Fact(self.say(_("By when")), when or missing)
        if where or not quantity:
            label = _("Where") if where else _("Where, or how much")
            yield Fact(self.say(label), where or missing)
        if quantity:
            yield Fact(self.say(_("How much")), quantity)

    def signatures(self) -> Signatures:
        names = tuple(party["name"] for party in self.document.get("parties", []))
        blank = self.say(_("[name of the Party]"))
        return Signatures(names or (blank, blank), self.say(_("Place, date, signature")))

    # For us alone

    def remarks(self) -> Iterator[Block]:
        """What is loose in the clauses, and what is left open on purpose; never for the parties."""
        pieces = Pieces(self.document, self.scorecard, self.say)
        at = [f"{each.measure}.{n}" for each in self.numbers.values() for n in each.clauses]
        clauses = [replace(block, where=number) for number, block in zip(at, pieces.clauses(), strict=True)]
        loose = [block for block in clauses if block.mark.code != "met"]
        if loose:
            yield Paragraph(self.say(_("Underlined words are too loose to be kept or checked.")), "quiet")
            yield from loose
        left_open = [
            Entry(self.say(_("{number}: “{phrase}”")).format(number=f"{number}.{n}", phrase=each["phrase"]), why)
            for measure in self.measures
            for number, clauses in [self.numbers[measure["id"]]]
            for n, clause in zip(clauses, measure.get("commitments", ()), strict=True)
            for each in clause.get("deliberately_open", ())
            for why in [each.get("reason", "")]
        ]
        if left_open:
            yield Section(self.say(_("Left open on purpose")), (Bullets(tuple(left_open)),))
