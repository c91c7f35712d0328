"""A package as the draft text of an agreement: articles, numbered clauses, and brackets where something is to be agreed.

Clauses stand as they are written. What the package says in answers and not in words, such as that a breach is defined, is
a bracket for the words; nothing is put into anybody's mouth. No database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from assessments.presentation.reader import Reader
from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from guidelines.taxonomy import LABELS
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
    Table,
)

TO_BE_AGREED: Final = _("[to be agreed]")
WORDED: Final = {
    "yes": _("[agreed; the words are to be put in]"),
    "partly": _("[agreed in part; to be completed]"),
}
"""What stands for words that the package does not hold, by its answer."""

FEATURES: Final = {
    "breach_defined": _("What counts as a breach"),
    "graded": _("Mishap, breach and grave breach"),
    "contact_channel": _("Line to call"),
    "fact_finding": _("How facts are found"),
    "response_ladder": _("What follows, step by step"),
    "exit_rule": _("How a Party leaves"),
    "humanitarian_protected": _("What goes on for people's sake"),
}
READY: Final = {
    "before": _("before the duties begin"),
    "with": _("when the duties begin"),
    "after": _("after the duties begin"),
}
STEPS: Final = {
    "unilateral": _("by one side alone"),
    "sequenced": _("one side after the other"),
    "simultaneous": _("by all sides at the same time"),
}

Row = Mapping[str, Any]


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
        self.reader = Reader(told.document)
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
        yield self.article(self.say(_("Verification")), self.verification)
        yield self.article(self.say(_("If something goes wrong")), self.violations)
        yield self.article(self.say(_("Sequence and dates")), self.sequence)
        yield self.article(self.say(_("Review and end")), self.review)
        if protected := [m["id"] for m in self.measures() if m.get("without_prejudice") == "yes"]:
            said = Paragraph(self.without_prejudice(protected))
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
        heading = self.say(_("Article {number}. {title}")).format(number=number, title=self.capital(title))
        return Section(heading, tuple(blocks(number, heading)))

    def measures(self) -> list[dict[str, Any]]:
        return list(self.document.get("measures", []))

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

    def articles(self, covered: Any) -> str:
        """The measures that something is about, as articles."""
        if covered in (None, "all"):
            return self.say(_("all Articles above"))
        numbers = sorted(self.numbers[each].measure for each in covered if each in self.numbers)
        if len(numbers) == 1:
            return self.say(_("Article {number}")).format(number=numbers[0])
        return self.say(_("Articles {numbers}")).format(numbers=", ".join(map(str, numbers)))

    # Verification, and what if

    def verification(self, at: int, title: str) -> Iterator[Block]:
        entries = self.document.get("verification") or []
        if not entries:
            missing = _("[To be agreed: who finds out whether each Article is kept, how, and to whom they report]")
            yield Commitment(f"{at}.1", title, self.say(missing), ())
        for n, entry in enumerate(entries, 1):
            yield Commitment(f"{at}.{n}", title, self.verifies(entry), tuple(self.verification_facts(entry)))

    def verifies(self, entry: Row) -> str:
        body = entry.get("body", "").strip() or self.say(_("[Name of the body]"))
        sentence = self.say(_("Whether this is kept, {articles}, is found out by: {body}."))
        return sentence.format(body=body, articles=self.articles(entry.get("covers")))

    def verification_facts(self, entry: Row) -> Iterator[Fact]:
        missing = self.say(TO_BE_AGREED)
        method = entry.get("method", "none")
        yield Fact(self.say(_("By whom")), missing if method == "none" else self.reader.said("method", method))
        yield Fact(self.say(_("Members")), ", ".join(entry.get("members", ())) or missing)
        access = entry.get("access")
        yield Fact(self.say(_("Access")), missing if access in (None, "none") else self.reader.said("access", access))
        words = entry.get("indicator_text", "").strip() or self.say(
            WORDED.get(entry.get("indicators", ""), TO_BE_AGREED)
        )
        yield Fact(self.say(_("Yardsticks")), words)
        yield Fact(self.say(_("In place")), self.say(READY.get(entry.get("ready", ""), TO_BE_AGREED)))
        days = entry.get("report_every_days")
        every = missing if days in (None, "never") else self.say(_("every {days} days")).format(days=f"{days:g}")
        yield Fact(self.say(_("Reports")), every)
        mandate = entry.get("mandate")
        yield Fact(self.say(_("Mandate")), self.reader.said("mandate", mandate) if mandate else missing)

    def violations(self, at: int, title: str) -> Iterator[Block]:
        entries = self.document.get("violations") or []
        if not entries:
            missing = _("[To be agreed: what counts as a breach, whom to call, and what follows]")
            yield Commitment(f"{at}.1", title, self.say(missing), ())
        for n, entry in enumerate(entries, 1):
            yield Commitment(f"{at}.{n}", title, self.what_if(entry), tuple(self.violation_facts(entry)))

    def what_if(self, entry: Row) -> str:
        scenario = entry.get("scenario", "").strip() or self.say(_("[what may happen]"))
        response = entry.get("response", "").strip() or self.say(_("[what the Parties then do]"))
        sentence = self.say(_("For {articles}. If: {scenario}. Then: {response}."))
        articles = self.articles(entry.get("covers"))
        return sentence.format(articles=articles, scenario=scenario.rstrip("."), response=response.rstrip("."))

    def violation_facts(self, entry: Row) -> Iterator[Fact]:
        for field, label in FEATURES.items():
            yield Fact(self.say(label), self.say(WORDED.get(entry.get(field, ""), TO_BE_AGREED)))
            if field == "contact_channel":
                hours = entry.get("reaction_hours")
                within = self.say(_("within {hours} hours"))
                known = hours not in (None, "none")
                yield Fact(
                    self.say(_("First answer")), within.format(hours=f"{hours:g}") if known else self.say(TO_BE_AGREED)
                )

    # Sequence, review, end

    def sequence(self, at: int, title: str) -> Iterator[Block]:
        rows = [self.dates(measure) for measure in self.measures()]
        if rows:
            columns = tuple(
                self.say(word) for word in (_("Article"), _("From"), _("Until"), _("How the steps are taken"))
            )
            yield Table(self.say(_("Dates by Article")), columns, tuple(rows), (40, 14, 14, 32))
        steps = [each for each in self.document.get("links") or [] if each.get("to") in ("measure", "next_package")]
        steps += [each for each in self.document.get("links") or [] if each.get("to") in ("substantive", "agreement")]
        if steps:
            yield Bullets(tuple(Entry(self.leads_on(each), self.condition(each)) for each in steps))
        if date := self.document.get("process", {}).get("next_substantive_date", "").strip():
            yield Paragraph(self.say(_("The talks on substance go on: {date}.")).format(date=date))
        if not rows and not steps:
            yield Paragraph(self.say(_("[To be agreed: what comes first, and on which dates]")))

    def dates(self, measure: Row) -> tuple[str, ...]:
        steps = measure.get("reciprocity", "")
        how = self.say(STEPS[steps]) if steps else self.say(TO_BE_AGREED)
        if measure.get("initiator"):
            how = self.say(_("{how}; first: {party}")).format(how=how, party=self.reader.name(measure["initiator"]))
        date = self.say(_("[date]"))
        title = f"{self.numbers[measure['id']].measure}. {measure['title']}"
        return title, measure.get("start", date), measure.get("end", date), how

    def leads_on(self, link: Row) -> str:
        target = link.get("target", "").strip()
        if link["to"] == "measure":
            target = self.articles([target]) if target in self.numbers else self.say(_("[Article]"))
        else:
            target = self.reader.said("to", link["to"]) + f": {target or self.say(TO_BE_AGREED)}"
        sentence = self.say(_("From {articles} to {target}. When: {when}."))
        when = link.get("when", "").strip() or self.say(TO_BE_AGREED)
        return sentence.format(articles=self.articles(link.get("from")), target=target, when=when)

    def condition(self, link: Row) -> str:
        said = {
            "soft": _("The next step is expected to follow."),
            "hard": _("The next step follows only if this is kept."),
        }
        return self.say(said[link["condition"]]) if link.get("condition") in said else ""

    def review(self, at: int, title: str) -> Iterator[Block]:
        reviews = [each for each in self.document.get("links") or [] if each.get("to") == "review"]
        lines = [self.reviewed(each) for each in reviews]
        lines = lines or [self.say(_("[To be agreed: when, and by whom, this text is reviewed]"))]
        limited = [each["id"] for each in self.measures() if each.get("time_bound") == "yes"]
        if limited:
            said = self.say(_("Limited in time, or open to review: {articles}."))
            lines.append(said.format(articles=self.articles(limited)))
        lines.append(
            self.say(_("This text begins to apply on [date] and ends on [date], unless the Parties renew it."))
        )
        lines.append(self.say(_("[To be agreed: how the Parties change this text, and how a Party leaves it]")))
        yield from (Commitment(f"{at}.{n}", title, line, ()) for n, line in enumerate(lines, 1))

    def reviewed(self, link: Row) -> str:
        what = link.get("target", "").strip()
        when = link.get("when", "").strip() or self.say(TO_BE_AGREED)
        sentence = self.say(_("The Parties review {articles}. When: {when}."))
        said = sentence.format(articles=self.articles(link.get("from")), when=when)
        return f"{said} {self.capital(what.rstrip('.'))}." if what else said

    def without_prejudice(self, protected: list[str]) -> str:
        said = self.say(
            _("Nothing in the following prejudices the claims or the legal position of a Party: {articles}.")
        )
        everything = len(protected) == len(self.measures())
        return said.format(articles=self.articles("all" if everything else protected))

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
            for measure in self.measures()
            for number, clauses in [self.numbers[measure["id"]]]
            for n, clause in zip(clauses, measure.get("commitments", ()), strict=True)
            for each in clause.get("deliberately_open", ())
            for why in [each.get("reason", "")]
        ]
        if left_open:
            yield Section(self.say(_("Left open on purpose")), (Bullets(tuple(left_open)),))

    @staticmethod
    def capital(text: str) -> str:
        return text[:1].upper() + text[1:]
