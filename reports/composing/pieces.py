"""The pieces that reports on a package have in common, from a canonical document and its scorecard. No database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Any, Final

from assessments.presentation.fields import label
from assessments.presentation.package_view import sentence
from assessments.presentation.reader import Reader
from assessments.summary import BAND_WORDS, EFFORT_WORDS, GRADE_WORDS, LEVEL_WORDS, MISSING_WORDS, RISK_WORDS
from cases.titles import case_title
from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from guidelines.taxonomy import LABELS
from reports.composing.wording import WORDS
from reports.model import (
    Bullets,
    Clause,
    Commitment,
    Entry,
    Fact,
    Facts,
    Finding,
    Light,
    Lights,
    Mark,
    Profile,
    Run,
    Score,
)

SIGNS: Final = {
    "strong": "✓",
    "adequate": "~",
    "weak": "!",
    "insufficient": "?",
    "not_applicable": "–",
    "met": "✓",
    "partly": "~",
    "not_met": "!",
    "unknown": "?",
    "low": "✓",
    "moderate": "~",
    "high": "!",
    "clear": "✓",
    "soft": "~",
    "fuzzy": "!",
    "not_read": "?",
}
LEVEL_COLOURS: Final = {"clear": "met", "soft": "partly", "fuzzy": "not_met", "not_read": "unknown"}
LEDGERS: Final = ("cost", "impact")
MOST_PLACES: Final = 8


class Pieces:
    """What a document and its scorecard say, as blocks; ``say`` translates."""

    def __init__(self, document: dict[str, Any], scorecard: dict[str, Any], say: Translate = str) -> None:
        self.document = document
        self.scorecard = scorecard
        self.say = say
        self.reader = Reader(document)

    def subtitle(self) -> str:
        """The phase and the purposes, in words."""
        context = self.document.get("context", {})
        phase = [self.say(LABELS["phase"][context["phase"]])] if "phase" in context else []
        return " · ".join([*phase, *(self.say(LABELS["purpose"][purpose]) for purpose in context.get("purposes", []))])

    def profile(self) -> Profile:
        """The guidelines' scores."""
        columns = tuple(self.say(WORDS[key]) for key in ("guideline", "score", "band", "known"))
        assert len(columns) == 4
        scores = tuple(self.score(group) for group in self.scorecard["guidelines"].values())
        return Profile(columns, scores, self.say(WORDS["bar_legend"]))

    def score(self, group: dict[str, Any]) -> Score:
        """A guideline's score."""
        low_high = group["range"]
        return Score(
            id=group["id"],
            name=group["name"],
            score=group["score"],
            span=(low_high[0], low_high[1]) if low_high is not None else None,
            mark=self.mark(group["band"], BAND_WORDS),
            known=self.known(group) if group["band"] != "not_applicable" else "",
        )

    def lights(self) -> Lights:
        """The challenges' risks."""
        lights = (
            Light(group["id"], group["name"], self.mark(group["risk"], RISK_WORDS))
            for group in self.scorecard["challenges"].values()
        )
        return Lights((self.say(WORDS["challenge"]), self.say(WORDS["risk"])), tuple(lights))

    def mark(self, code: str, words: dict[str, str]) -> Mark:
        """A band, risk or grade in words."""
        return Mark(code, self.say(words[code]), SIGNS[code])

    def known(self, group: dict[str, Any]) -> str:
        """How much of a guideline or challenge can be judged."""
        return self.say(_("{percent} % known")).format(percent=round(group["coverage"] * 100))

    def findings(self, group: dict[str, Any]) -> tuple[Finding, ...]:
        """All that the checks of a guideline or challenge found."""
        return tuple(self.finding(finding, f"{group['id']} {group['name']}") for finding in group["findings"])

    def finding(self, finding: dict[str, Any], topic: str) -> Finding:
        """What a check found, with its advice, where it was read, and a case."""
        grade = finding["grade"]
        facts = []
        if finding["advice"]:
            label = _("To ask") if grade == "unknown" else _("To explore")
            facts.append(Fact(self.say(label), finding["advice"]))
        if finding["evidence"] and grade != "not_applicable":
            facts.append(Fact(self.say(_("We read")), self.places(finding["evidence"])))
        if finding["cases"] and grade in ("partly", "not_met"):
            facts.append(Fact(self.say(_("A case")), case_title(finding["cases"][0])))
        return Finding(
            topic=topic,
            check=finding["check"],
            question=finding["question"],
            mark=self.mark(grade, GRADE_WORDS),
            because=finding["because"],
            facts=tuple(facts),
        )

    def places(self, evidence: list[dict[str, Any]]) -> str:
        """Where it was read, in words, each place once."""
        seen = dict.fromkeys(self.place(one["pointer"]) for one in evidence)
        shown = list(seen)[:MOST_PLACES]
        more = len(seen) - len(shown)
        return "; ".join(shown) + (self.say(_(" and {more} more")).format(more=more) if more else "")

    def place(self, pointer: str) -> str:
        """A place of the document in words."""
        return sentence(self.reader.place(pointer).label)

    def steps(self, number: int) -> Bullets:
        """The first next steps, in their order."""
        return Bullets(tuple(self.step(step) for step in self.scorecard["next_steps"][:number]), is_numbered=True)

    def steps_in_words(self, number: int) -> Bullets:
        """The first next steps without checks and points, for letters and briefs."""
        steps = self.scorecard["next_steps"][:number]
        entries = (Entry(step["change"], self.say(EFFORT_WORDS[step["effort"]])) for step in steps)
        return Bullets(tuple(entries), is_numbered=True)

    def step(self, step: dict[str, Any]) -> Entry:
        """What to do next, with what it brings and takes."""
        effort = self.say(EFFORT_WORDS[step["effort"]])
        gain = self.say(_("a question")) if step["kind"] == "answer" else f"+{step['gain']}"
        return Entry(step["change"], f"{step['check']} · {gain} · {effort}")

    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of all measures, with their loose words."""
        return tuple(self.clause(clause) for clause in self.scorecard["clauses"])

    def clause(self, clause: dict[str, Any]) -> Clause:
        """A clause with what it lacks and how to redraft it."""
        missing = ", ".join(self.say(MISSING_WORDS[slot]) for slot in clause["missing"])
        loose = " ".join(dict.fromkeys(f"“{hit['text']}”: {hit['why']}" for hit in clause["hits"]))
        facts = ((_("Missing"), missing), (_("Loose words"), loose), (_("To redraft"), clause["redraft"]))
        return Clause(
            where=self.place(clause["pointer"]),
            mark=Mark(LEVEL_COLOURS[clause["level"]], self.say(LEVEL_WORDS[clause["level"]]), SIGNS[clause["level"]]),
            runs=runs(clause["text"], [hit["range"] for hit in clause["hits"] if hit["counted"]]),
            facts=tuple(Fact(self.say(label), value) for label, value in facts if value),
        )

    def measure_facts(self, measure: dict[str, Any]) -> Facts:
        """What a measure says besides its title, description and clauses."""
        apart = {"id", "title", "description", *(["commitments"] if measure.get("commitments") else [])}
        return self.facts("measures", measure, apart)

    def commitments(self, measure: dict[str, Any], title: str) -> tuple[Commitment, ...]:
        """The clauses of a measure that is called ``title`` in the report."""
        return tuple(
            Commitment("", title, commitment["text"], self.facts("commitments", commitment, {"text"}).rows)
            for commitment in measure.get("commitments", [])
        )

    def facts(self, section: str, fields: dict[str, Any], apart: Collection[str] = ()) -> Facts:
        """Fields as labels and values in words, without those that stand ``apart``."""
        return Facts(
            tuple(
                Fact(
                    sentence(label(key, section)),
                    self.ledger(key, value) if key in LEDGERS else self.reader.said(key, value),
                )
                for key, value in fields.items()
                if key not in apart
            )
        )

    def ledger(self, key: str, ratings: dict[str, dict[str, int]]) -> str:
        """Who bears what, party by party."""
        return "; ".join(
            f"{self.reader.name(party)}: "
            + ", ".join(f"{label(field, key)} {self.reader.said(field, rating)}" for field, rating in rated.items())
            for party, rated in ratings.items()
        )


def bullets(texts: Iterable[str]) -> Bullets:
    """A list of texts with nothing said of each."""
    return Bullets(tuple(Entry(text) for text in texts))


def runs(text: str, ranges: list[list[int]]) -> tuple[Run, ...]:
    """A text cut into runs, marked where a range covers it; overlapping ranges are joined."""
    cuts = sorted({0, len(text), *(end for pair in ranges for end in pair)})
    found: list[Run] = []
    for start, end in pairwise(cuts):
        is_marked = any(a <= start and end <= b for a, b in ranges)
        if found and found[-1].is_marked == is_marked:
            found[-1] = Run(found[-1].text + text[start:end], is_marked)
        else:
            found.append(Run(text[start:end], is_marked))
    return tuple(found)
