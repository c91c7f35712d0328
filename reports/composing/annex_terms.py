"""The articles of a draft text beside those of the measures: verification, what if, sequence, review. No database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assessments.presentation.package_view import sentence
from assessments.presentation.reader import Reader
from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from reports.composing.told import Told
from reports.model import Block, Bullets, Commitment, Entry, Fact, Paragraph, Table

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
Row = Mapping[str, Any]


class Terms:
    """What the parties agree on for all measures. Each method gives the blocks of an article, for its number and heading."""

    def __init__(self, told: Told, say: Translate) -> None:
        self.document = told.document
        self.numbers = told.numbers
        self.say = say
        self.reader = Reader(told.document)
        self.measures: list[dict[str, Any]] = told.document.get("measures", [])

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
        words = self.say(_("For {articles}, compliance is verified by: {body}."))
        return words.format(body=body, articles=self.articles(entry.get("covers")))

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
        yield Fact(self.say(_("In place")), self.reader.said("ready", entry["ready"]) if "ready" in entry else missing)
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
        words = self.say(_("For {articles}. If: {scenario}. Then: {response}."))
        articles = self.articles(entry.get("covers"))
        return words.format(articles=articles, scenario=scenario.rstrip("."), response=response.rstrip("."))

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
        rows = [self.dates(measure) for measure in self.measures]
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
        how = measure.get("reciprocity")
        how = self.reader.said("reciprocity", how) if how else self.say(TO_BE_AGREED)
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
        words = self.say(_("From {articles} to {target}. When: {when}."))
        when = link.get("when", "").strip() or self.say(TO_BE_AGREED)
        return words.format(articles=self.articles(link.get("from")), target=target, when=when)

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
        limited = [each["id"] for each in self.measures if each.get("time_bound") == "yes"]
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
        words = self.say(_("The Parties review {articles}. When: {when}."))
        said = words.format(articles=self.articles(link.get("from")), when=when)
        return f"{said} {sentence(what.rstrip('.'))}." if what else said

    def without_prejudice(self, protected: list[str]) -> str:
        said = self.say(
            _("Nothing in the following prejudices the claims or the legal position of a Party: {articles}.")
        )
        everything = len(protected) == len(self.measures)
        return said.format(articles=self.articles("all" if everything else protected))
