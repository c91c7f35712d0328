"""What the report of a shelf says, from its record (``docs/shelf-shape.md``). No database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from cases.years import read_years, years_of
from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from guidelines.catalogue import topics
from guidelines.taxonomy import LABELS
from reports.composing.circumstances import Circumstances
from reports.composing.framing import framed
from reports.composing.pieces import SIGNS, bullets
from reports.model import Block, Fact, Facts, Mark, Note, Paragraph, ReportModel, Section

WORDS: Final = {
    "kind": _("Cases from the library of confidence-building measures"),
    "title": _("Cases on the shelf"),
    "measures": _("Measures"),
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


def compose_shelf(shelf: dict[str, Any], around: Circumstances, translate: Translate = str) -> ReportModel:
    """The cases in their order, each with its note."""
    return _Composer(around, translate).report(shelf["cases"])


class _Composer:
    def __init__(self, around: Circumstances, translate: Translate) -> None:
        self.around = around
        self.say = translate

    def report(self, cases: list[dict[str, Any]]) -> ReportModel:
        number = self.say(_("{number} cases")) if len(cases) != 1 else self.say(_("{number} case"))
        citation = self.say(CITATION).format(date=self.around.made_at.strftime("%Y-%m-%d"))
        return framed(
            self.around,
            self.say,
            kind="shelf",
            name=self.say(WORDS["kind"]),
            title=self.say(WORDS["title"]),
            subtitle=number.format(number=len(cases)),
            opening="cover",
            sections=(*map(self.entry, cases), self.section("cite", Paragraph(citation))),
            foot=self.say(WORDS["foot"]),
            contents_depth=1,
        )

    def entry(self, entry: dict[str, Any]) -> Section:
        case = entry["case"]
        note = (Note(self.say(WORDS["note"]), entry["note"]),) if entry["note"] else ()
        if case is None:
            gone = Paragraph(self.say(WORDS["gone"]), "warning")
            return Section(entry["title"], (gone, *note), begins_page=True)
        when = f"{years_of(read_years(case['years']), self.say)} · {case['region']}"
        return Section(entry["title"], (*note, *self.case(case)), begins_page=True, aside=when)

    def case(self, case: dict[str, Any]) -> Iterator[Block]:
        yield Paragraph(case["summary"])
        yield self.facts(case)
        yield self.section("measures", *map(self.measure, case["measures"]))
        yield self.section(
            "outcome",
            Facts(
                (
                    Fact(self.say(_("What worked")), case["outcome"]["worked"]),
                    Fact(self.say(_("What did not")), case["outcome"]["did_not"]),
                )
            ),
        )
        yield self.section("lessons", *map(self.lesson, case["lessons"]))
        if case["notes"]:
            yield self.section("notes", *map(Paragraph, case["notes"]))
        yield self.section("sources", bullets([*map(self.source, case["sources"]), *case["links"]]))

    def section(self, key: str, *blocks: Block) -> Section:
        return Section(self.say(WORDS[key]), blocks)

    def facts(self, case: dict[str, Any]) -> Facts:
        parties = [
            f"{party['name']} ({self.word('party_kind', party['kind']).lower()}, "
            f"{self.word('power', party['relative_power']).lower()})"
            for party in case["parties"]
        ]
        rows = (
            (_("Conflict"), self.word("conflict_type", case["conflict_type"])),
            (_("Parties"), "; ".join(parties)),
            (_("Third party"), case["third_party"] or ""),
            (_("Phases"), self.listed("phase", case["process_phases"])),
            (_("How sure the facts are"), self.word("confidence", case["confidence"])),
        )
        return Facts(tuple(Fact(self.say(label), value) for label, value in rows if value))

    def measure(self, measure: dict[str, Any]) -> Section:
        year = f" ({measure['year']})" if measure["year"] else ""
        kinds = (("sector", "sectors"), ("actor_level", "actor_levels"), ("track", "tracks"), ("phase", "phases"))
        form = [self.listed(kind, measure[field]) for kind, field in kinds]
        form += [self.word("reciprocity", measure["reciprocity"]), self.word("binding", measure["binding"])]
        verification = measure["verification"]
        verified = self.word("verification", verification["method"])
        result = (self.word("result", measure["result"]), measure["result_note"])
        rows = (
            ("form", " · ".join(part for part in form if part)),
            ("verified", f"{verified}: {verification['note']}" if verification["note"] else verified),
            ("result", ": ".join(text for text in result if text)),
        )
        facts = Facts(tuple(Fact(self.say(WORDS[key]), value) for key, value in rows if value))
        return Section(measure["title"] + year, (Paragraph(measure["description"]), facts))

    def lesson(self, lesson: dict[str, str]) -> Section:
        code, word = DIRECTIONS[lesson["direction"]]
        topic = topics()[lesson["key"]]
        mark = Mark(code, self.say(word), SIGNS[code])
        return Section(f"{topic.id} {self.say(topic.name)}", (Paragraph(lesson["why"]),), mark=mark)

    def source(self, source: dict[str, Any]) -> str:
        year = f", {source['year']}" if source["year"] else ""
        where = f", {source['where']}" if source["where"] else ""
        return f"{source['who']}, {source['title']}{where}{year}"

    def word(self, kind: str, code: str) -> str:
        return self.say(LABELS[kind].get(code, code))

    def listed(self, kind: str, codes: Iterable[str]) -> str:
        return "; ".join(self.word(kind, code) for code in codes)
