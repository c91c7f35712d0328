"""What a report says: one semantic model, from which every format is made. No database.

Everything in the model is plain JSON-able data with all words in the reader's language; a template only lays it out.
"""

from __future__ import annotations

from collections.abc import Collection
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
from reports.composing.circumstances import Circumstances
from reports.composing.wording import METHOD, SECTIONS, WORDS

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
STEPS_ON_FIRST_PAGE: Final = 5


def compose(
    document: dict[str, Any], scorecard: dict[str, Any], around: Circumstances, translate: Translate = str
) -> dict[str, Any]:
    """The full assessment of a canonical document with its scorecard (``docs/scorecard-shape.md``)."""
    return _Composer(document, scorecard, around, translate).report()


class _Composer:
    def __init__(
        self, document: dict[str, Any], scorecard: dict[str, Any], around: Circumstances, translate: Translate
    ) -> None:
        self.document = document
        self.scorecard = scorecard
        self.around = around
        self.say = translate
        self.reader = Reader(document)

    def report(self) -> dict[str, Any]:
        interplay = self.scorecard["interplay"]
        return {
            "lang": self.around.language.partition("-")[0],
            "paper": self.around.paper,
            "made_at": self.around.made_at.isoformat(),
            "title": self.document["title"],
            "classification": self.document.get("classification", ""),
            "workspace": self.around.workspace,
            "subtitle": self.subtitle(),
            "words": {key: self.say(words) for key, words in WORDS.items()},
            "cover": self.cover(),
            "verdict": self.verdict(),
            "guidelines": [self.guideline(g) for g in self.scorecard["guidelines"].values()],
            "challenges": [self.challenge(c) for c in self.scorecard["challenges"].values()],
            "steps": [self.step(step) for step in self.scorecard["next_steps"][:STEPS_ON_FIRST_PAGE]],
            "clauses": [self.clause(clause) for clause in self.scorecard["clauses"]],
            "measures": [
                self.measure(number, measure) for number, measure in enumerate(self.document.get("measures", []), 1)
            ],
            "sections": self.sections(),
            "is_cbm": interplay["is_cbm"]["text"],
            "notes": [note["text"] for note in interplay["notes"]],
            "tensions": [tension["text"] for tension in interplay["tensions"]],
            "causes": [f"{cause['text']} ({', '.join(cause['checks'])})" for cause in interplay["shared_causes"]],
            "prompts": [[prompt["prompt"], prompt["why"]] for prompt in interplay["prompts"]],
            "method": [self.say(paragraph) for paragraph in METHOD],
            "identity": self.identity(),
        }

    def subtitle(self) -> str:
        context = self.document.get("context", {})
        phase = [self.say(LABELS["phase"][context["phase"]])] if "phase" in context else []
        purposes = [self.say(LABELS["purpose"][purpose]) for purpose in context.get("purposes", [])]
        return " · ".join([*phase, *purposes])

    def cover(self) -> list[list[str]]:
        rows = [
            [self.say(_("Parties")), ", ".join(party["name"] for party in self.document.get("parties", []))],
            [self.say(_("Conflict")), self.document.get("conflict", {}).get("name", "")],
            [self.say(_("Workspace")), self.around.workspace],
            [self.say(_("Revision")), self.around.revision],
            [self.say(_("Made on")), self.around.made_at.strftime("%Y-%m-%d %H:%M UTC")],
        ]
        return [row for row in rows if row[1]]

    def verdict(self) -> dict[str, Any]:
        verdict = self.scorecard["verdict"]
        return {
            "headline": verdict["headline"],
            "summary": verdict["summary"],
            "reasons": [reason["because"] for reason in verdict["reasons"]],
            "warnings": verdict["warnings"],
            "residual": verdict["residual_role"] or "",
            "would_change": [other["change"] for other in verdict["would_change"]],
            "alternatives": [[other["deficit"], other["instead"]] for other in verdict["alternatives"]],
        }

    def guideline(self, group: dict[str, Any]) -> dict[str, Any]:
        known = self.say(_("{percent} % known")).format(percent=round(group["coverage"] * 100))
        applies = group["band"] != "not_applicable"
        figures = []
        if group["score"] is not None:
            low, high = group["range"]
            figures = [
                self.say(_("score {score}")).format(score=group["score"]),
                self.say(_("range {low} to {high}")).format(low=low, high=high),
            ]
        return {
            **self._group(group, group["band"], BAND_WORDS),
            "score": group["score"],
            "range": group["range"],
            "band": group["band"],
            "known": known if applies else "",
            "note": " · ".join([*figures, known] if applies else []),
            "because": [group["cap_because"]] if group["cap_because"] else [],
        }

    def challenge(self, group: dict[str, Any]) -> dict[str, Any]:
        known = self.say(_("{percent} % known")).format(percent=round(group["coverage"] * 100))
        risk = [] if group["score"] is None else [self.say(_("risk {score} of 100")).format(score=group["score"])]
        return {
            **self._group(group, group["risk"], RISK_WORDS),
            "risk": group["risk"],
            "note": " · ".join([*risk, known]) if group["risk"] != "not_applicable" else "",
            "because": [trigger["because"] for trigger in group["triggers"]],
        }

    def _group(self, group: dict[str, Any], code: str, words: dict[str, str]) -> dict[str, Any]:
        return {
            "id": group["id"],
            "name": group["name"],
            "essence": group["essence"],
            "code": code,
            "word": self.say(words[code]),
            "sign": SIGNS[code],
            "findings": [self.finding(finding) for finding in group["findings"]],
        }

    def finding(self, finding: dict[str, Any]) -> dict[str, Any]:
        grade = finding["grade"]
        rows = []
        if finding["advice"]:
            label = _("To ask") if grade == "unknown" else _("To explore")
            rows.append([self.say(label), finding["advice"]])
        if finding["evidence"] and grade != "not_applicable":
            rows.append([self.say(_("We read")), self.places(finding["evidence"])])
        if finding["cases"] and grade in ("partly", "not_met"):
            rows.append([self.say(_("A case")), case_title(finding["cases"][0])])
        return {
            "check": finding["check"],
            "question": finding["question"],
            "grade": grade,
            "word": self.say(GRADE_WORDS[grade]),
            "sign": SIGNS[grade],
            "because": finding["because"],
            "rows": rows,
        }

    def places(self, evidence: list[dict[str, Any]]) -> str:
        """Where it was read, in words, each place once."""
        seen = dict.fromkeys(self.place(one["pointer"]) for one in evidence)
        shown = list(seen)[:8]
        more = len(seen) - len(shown)
        return "; ".join(shown) + (self.say(_(" and {more} more")).format(more=more) if more else "")

    def place(self, pointer: str) -> str:
        return sentence(self.reader.place(pointer).label)

    def step(self, step: dict[str, Any]) -> dict[str, str]:
        effort = self.say(EFFORT_WORDS[step["effort"]])
        if step["kind"] == "answer":
            return {"change": step["change"], "note": f"{step['check']} · {self.say(_('a question'))} · {effort}"}
        return {"change": step["change"], "note": f"{step['check']} · +{step['gain']} · {effort}"}

    def clause(self, clause: dict[str, Any]) -> dict[str, Any]:
        missing = ", ".join(self.say(MISSING_WORDS[slot]) for slot in clause["missing"])
        loose = [f"“{hit['text']}”: {hit['why']}" for hit in clause["hits"]]
        rows = [[self.say(_("Missing")), missing]] if missing else []
        rows += [[self.say(_("Loose words")), " ".join(loose)]] if loose else []
        rows += [[self.say(_("To redraft")), clause["redraft"]]] if clause["redraft"] else []
        return {
            "where": self.place(clause["pointer"]),
            "code": LEVEL_COLOURS[clause["level"]],
            "word": self.say(LEVEL_WORDS[clause["level"]]),
            "sign": SIGNS[clause["level"]],
            "runs": runs(clause["text"], [hit["range"] for hit in clause["hits"] if hit["counted"]]),
            "rows": rows,
        }

    def measure(self, number: int, measure: dict[str, Any]) -> dict[str, Any]:
        apart = {"id", "title", "description", *(["commitments"] if measure.get("commitments") else [])}
        return {
            "number": number,
            "title": measure["title"],
            "description": measure.get("description", ""),
            "rows": self.rows("measures", measure, apart),
            "commitments": [
                {"text": c["text"], "rows": self.rows("commitments", c, {"text"})}
                for c in measure.get("commitments", [])
            ],
        }

    def sections(self) -> list[dict[str, Any]]:
        """What the package says besides its measures."""
        found = []
        for key in ("conflict", "context", "diagnosis", "process"):
            if self.document.get(key):
                found.append({"title": self.say(SECTIONS[key]), "rows": self.rows(key, self.document[key])})
        for key in ("parties", "third_parties", "verification", "violations", "links", "not_applicable"):
            found += self.entries(key)
        for key in ("summary", "notes"):
            if self.document.get(key):
                found.append({"title": self.say(SECTIONS[key]), "rows": [["", self.document[key]]]})
        return found

    def entries(self, key: str) -> list[dict[str, Any]]:
        """The entries of a list; that it is said to be empty, if it is."""
        title = self.say(SECTIONS[key])
        if self.document.get(key) == []:
            return [{"title": title, "rows": [["", self.reader.said(key, [])]]}]
        return [
            {"title": entry.get("name") or f"{title} {n}", "rows": self.rows(key, entry, {"id", "name"})}
            for n, entry in enumerate(self.document.get(key, []), 1)
        ]

    def rows(self, section: str, fields: dict[str, Any], apart: Collection[str] = ()) -> list[list[str]]:
        """Fields as rows of a label and a value in words, without those that stand ``apart``."""
        return [
            [sentence(label(key, section)), self.ledger(key, value) if key in LEDGERS else self.reader.said(key, value)]
            for key, value in fields.items()
            if key not in apart
        ]

    def ledger(self, key: str, ratings: dict[str, dict[str, int]]) -> str:
        """Who bears what, party by party."""
        return "; ".join(
            f"{self.reader.name(party)}: "
            + ", ".join(f"{label(field, key)} {self.reader.said(field, rating)}" for field, rating in rated.items())
            for party, rated in ratings.items()
        )

    def identity(self) -> list[list[str]]:
        return [
            [self.say(_("Rubric version")), self.scorecard["rubric_version"]],
            [self.say(_("Document (sha256)")), self.scorecard["document_sha256"]],
        ]


def runs(text: str, ranges: list[list[int]]) -> list[dict[str, Any]]:
    """A text cut into runs, loose where a range covers it; overlapping ranges are joined."""
    cuts = sorted({0, len(text), *(end for pair in ranges for end in pair)})
    found: list[dict[str, Any]] = []
    for start, end in pairwise(cuts):
        loose = any(a <= start and end <= b for a, b in ranges)
        if found and found[-1]["loose"] == loose:
            found[-1]["text"] += text[start:end]
        else:
            found.append({"text": text[start:end], "loose": loose})
    return found
