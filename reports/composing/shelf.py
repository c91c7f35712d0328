"""What the report of a shelf says, from its record (``docs/shelf-shape.md``). No database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from cases.years import read_years, years_of
from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from guidelines.catalogue import topics
from guidelines.taxonomy import LABELS
from reports.composing.assessment import SIGNS
from reports.composing.circumstances import Circumstances

WORDS: Final = {
    "kind": _("Cases from the library of confidence-building measures"),
    "title": _("Cases on the shelf"),
    "contents": _("Contents"),
    "measures": _("Measures"),
    "measure": _("Measure"),
    "form": _("Form"),
    "verified": _("Verified by"),
    "result": _("What came of it"),
    "outcome": _("Outcome"),
    "lessons": _("Lessons"),
    "notes": _("Where sources differ"),
    "sources": _("Sources"),
    "note": _("Own note"),
    "gone": _("The library no longer has this case."),
    "cite": _("To cite the library"),
    "foot": _("What measures did elsewhere is no promise of what they will do. The parties decide."),
}
CITATION: Final = _("CBM Advisor, case library. As of {date}.")
DIRECTIONS: Final = {"illustrates_strength": ("met", _("Well")), "illustrates_problem": ("not_met", _("Badly"))}


def compose_shelf(shelf: dict[str, Any], around: Circumstances, translate: Translate = str) -> dict[str, Any]:
    """The cases in their order, each with its note."""
    return _Composer(around, translate).report(shelf["cases"])


class _Composer:
    def __init__(self, around: Circumstances, translate: Translate) -> None:
        self.around = around
        self.say = translate

    def report(self, cases: list[dict[str, Any]]) -> dict[str, Any]:
        words = {key: self.say(text) for key, text in WORDS.items()}
        day = self.around.made_at.strftime("%Y-%m-%d")
        number = self.say(_("{number} cases")) if len(cases) != 1 else self.say(_("{number} case"))
        return {
            "lang": self.around.language.partition("-")[0],
            "paper": self.around.paper,
            "made_at": self.around.made_at.isoformat(),
            "title": words["title"],
            "classification": "",
            "workspace": self.around.workspace,
            "subtitle": number.format(number=len(cases)),
            "words": words,
            "cover": [
                [self.say(_("Workspace")), self.around.workspace],
                [self.say(_("Made on")), self.around.made_at.strftime("%Y-%m-%d %H:%M UTC")],
            ],
            "cases": [self.entry(entry) for entry in cases],
            "citation": self.say(CITATION).format(date=day),
        }

    def entry(self, entry: dict[str, Any]) -> dict[str, Any]:
        case = entry["case"]
        shown = {"title": entry["title"], "note": entry["note"], "is_there": case is not None}
        return shown | self.case(case) if case is not None else shown

    def case(self, case: dict[str, Any]) -> dict[str, Any]:
        return {
            "when": f"{years_of(read_years(case['years']), self.say)} · {case['region']}",
            "summary": case["summary"],
            "facts": self.facts(case),
            "measures": [self.measure(measure) for measure in case["measures"]],
            "outcome": [
                [self.say(_("What worked")), case["outcome"]["worked"]],
                [self.say(_("What did not")), case["outcome"]["did_not"]],
            ],
            "lessons": [self.lesson(lesson) for lesson in case["lessons"]],
            "notes": list(case["notes"]),
            "sources": [self.source(source) for source in case["sources"]] + list(case["links"]),
        }

    def facts(self, case: dict[str, Any]) -> list[list[str]]:
        parties = [
            f"{party['name']} ({self.word('party_kind', party['kind']).lower()}, "
            f"{self.word('power', party['relative_power']).lower()})"
            for party in case["parties"]
        ]
        rows = [
            [self.say(_("Conflict")), self.word("conflict_type", case["conflict_type"])],
            [self.say(_("Parties")), "; ".join(parties)],
            [self.say(_("Third party")), case["third_party"] or ""],
            [self.say(_("Phases")), self.listed("phase", case["process_phases"])],
            [self.say(_("How sure the facts are")), self.word("confidence", case["confidence"])],
        ]
        return [row for row in rows if row[1]]

    def measure(self, measure: dict[str, Any]) -> dict[str, str]:
        year = f" ({measure['year']})" if measure["year"] else ""
        kinds = (("sector", "sectors"), ("actor_level", "actor_levels"), ("track", "tracks"), ("phase", "phases"))
        form = [self.listed(kind, measure[field]) for kind, field in kinds]
        form += [self.word("reciprocity", measure["reciprocity"]), self.word("binding", measure["binding"])]
        verification = measure["verification"]
        verified = self.word("verification", verification["method"])
        return {
            "title": measure["title"] + year,
            "description": measure["description"],
            "form": " · ".join(part for part in form if part),
            "verified": f"{verified}: {verification['note']}" if verification["note"] else verified,
            "result": ": ".join(
                text for text in (self.word("result", measure["result"]), measure["result_note"]) if text
            ),
        }

    def lesson(self, lesson: dict[str, str]) -> dict[str, str]:
        code, word = DIRECTIONS[lesson["direction"]]
        topic = topics()[lesson["key"]]
        return {
            "topic": f"{topic.id} {self.say(topic.name)}",
            "code": code,
            "sign": SIGNS[code],
            "word": self.say(word),
            "why": lesson["why"],
        }

    def source(self, source: dict[str, Any]) -> str:
        year = f", {source['year']}" if source["year"] else ""
        where = f", {source['where']}" if source["where"] else ""
        return f"{source['who']}, {source['title']}{where}{year}"

    def word(self, kind: str, code: str) -> str:
        return self.say(LABELS[kind].get(code, code))

    def listed(self, kind: str, codes: Iterable[str]) -> str:
        return "; ".join(self.word(kind, code) for code in codes)
