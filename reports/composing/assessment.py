"""What the full assessment of a package says. No database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Any, Final

from assessments.summary import BAND_WORDS, RISK_WORDS
from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from reports.composing.circumstances import Circumstances
from reports.composing.framing import framed
from reports.composing.pieces import Pieces, bullets
from reports.composing.remarks import comment_blocks
from reports.composing.wording import METHOD, METHOD_FOR_PARTIES, SECTIONS, WORDS
from reports.model import Block, Bullets, Comment, Entry, Fact, Facts, Mark, Paragraph, ReportModel, Section, Tone

STEPS_ON_FIRST_PAGE: Final = 5


def compose(
    document: dict[str, Any],
    scorecard: dict[str, Any],
    around: Circumstances,
    translate: Translate = str,
    *,
    comments: Iterable[dict[str, Any]] = (),
    left_out: Iterable[tuple[str, str]] = (),
) -> ReportModel:
    """The full assessment of a canonical document with its scorecard (``docs/scorecard-shape.md``); for the parties, with
    what ``reports.audience`` leaves of both.

    ``comments``: as ``comment_blocks`` takes them; ``left_out``: places and reasons of what could not be read of the draft.
    The parties get neither.
    """
    if around.for_parties:
        return _ForParties(document, scorecard, around, translate).report()
    composer = _Composer(document, scorecard, around, translate)
    composer.comments, composer.left_out = comment_blocks(comments, translate), tuple(left_out)
    return composer.report()


class _Composer:
    comments: tuple[Comment, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()

    def __init__(
        self, document: dict[str, Any], scorecard: dict[str, Any], around: Circumstances, translate: Translate
    ) -> None:
        self.document = document
        self.scorecard = scorecard
        self.around = around
        self.say = translate
        self.pieces = Pieces(document, scorecard, translate)

    def report(self) -> ReportModel:
        headline_label, headline, summary = self.statement()
        return framed(
            self.around,
            self.say,
            kind="assessment",
            name=self.name(),
            title=self.document["title"],
            subtitle=self.pieces.subtitle(),
            opening="cover",
            headline_label=headline_label,
            headline=headline,
            summary=summary,
            facts=self.cover(),
            sections=tuple(self.chapters()),
            foot=self.word("foot"),
            classification=self.document.get("classification", ""),
        )

    def name(self) -> str:
        return self.word("kind")

    def statement(self) -> tuple[str, str, str]:
        """The main statement: its label, the statement, and a summary."""
        verdict = self.scorecard["verdict"]
        return self.word("advice"), verdict["headline"], verdict["summary"]

    def word(self, key: str) -> str:
        return self.say(WORDS[key])

    def cover(self) -> list[tuple[str, str]]:
        return [
            (self.say(_("Parties")), ", ".join(party["name"] for party in self.document.get("parties", []))),
            (self.say(_("Conflict")), self.document.get("conflict", {}).get("name", "")),
            (self.say(_("Revision")), self.around.revision),
        ]

    def chapters(self) -> Iterator[Section]:
        for key, blocks in (
            ("summary", self.summary()),
            ("guidelines", self.guidelines()),
            ("challenges", self.challenges()),
            ("clauses", self.clauses()),
            ("measures", self.measures()),
            ("rest", self.rest()),
            ("left_out", self.unread()),
            ("fit", self.fit()),
            ("comments", self.comments),
            ("method", self.method()),
        ):
            if shown := tuple(blocks):
                yield Section(self.word(key), shown, begins_page=key != "method")

    def summary(self) -> Iterator[Section]:
        verdict = self.scorecard["verdict"]
        yield Section(self.word("verdict"), tuple(self.verdict(verdict)))
        yield Section(self.word("profile"), (self.pieces.profile(),))
        yield Section(self.word("challenges"), (self.pieces.lights(),))
        steps = self.pieces.steps(STEPS_ON_FIRST_PAGE)
        yield from self.section("next_steps", steps, steps.entries)
        changes = bullets(other["change"] for other in verdict["would_change"])
        yield from self.section("would_change", changes, changes.entries)
        others = Facts(tuple(Fact(other["deficit"], other["instead"]) for other in verdict["alternatives"]))
        yield from self.section("alternatives", others, others.rows)

    def verdict(self, verdict: dict[str, Any]) -> Iterator[Block]:
        yield Paragraph(verdict["headline"], "lead")
        yield Paragraph(verdict["summary"])
        if verdict["reasons"]:
            yield bullets(reason["because"] for reason in verdict["reasons"])
        yield from paragraphs(verdict["warnings"], "warning")
        if verdict["residual_role"]:
            yield Paragraph(verdict["residual_role"])

    def section(self, key: str, block: Block, shown: Sized) -> Iterator[Section]:
        """A section of one block, if the block has something to show."""
        if shown:
            yield Section(self.word(key), (block,))

    def guidelines(self) -> Iterator[Section]:
        for group in self.scorecard["guidelines"].values():
            figures = []
            if group["score"] is not None:
                low, high = group["range"]
                figures = [
                    self.say(_("score {score}")).format(score=group["score"]),
                    self.say(_("range {low} to {high}")).format(low=low, high=high),
                ]
            because = [group["cap_because"]] if group["cap_because"] else []
            yield self.group(group, self.pieces.mark(group["band"], BAND_WORDS), figures, because)

    def challenges(self) -> Iterator[Section]:
        for group in self.scorecard["challenges"].values():
            figures = [self.say(_("risk {score} of 100")).format(score=group["score"])] * (group["score"] is not None)
            because = [trigger["because"] for trigger in group["triggers"]]
            yield self.group(group, self.pieces.mark(group["risk"], RISK_WORDS), figures, because)

    def group(self, group: dict[str, Any], mark: Mark, figures: list[str], because: list[str]) -> Section:
        figures = [*figures, self.pieces.known(group)] if mark.code != "not_applicable" else []
        blocks: tuple[Block, ...] = (
            Paragraph(group["essence"], "quiet"),
            *paragraphs(because, "warning"),
            *self.pieces.findings(group),
        )
        return Section(f"{group['id']} {group['name']}", blocks, aside=" · ".join(figures), mark=mark)

    def clauses(self) -> Iterator[Block]:
        if clauses := self.pieces.clauses():
            yield Paragraph(self.word("clauses_intro"), "quiet")
            yield from clauses

    def measures(self) -> Iterator[Section]:
        for number, measure in enumerate(self.document.get("measures", []), 1):
            title = f"{number}. {measure['title']}"
            facts = self.pieces.measure_facts(measure)
            blocks: tuple[Block, ...] = (
                *paragraphs([measure.get("description", "")]),
                *([facts] if facts.rows else []),
                *self.pieces.commitments(measure, title),
            )
            yield Section(title, blocks)

    def rest(self) -> Iterator[Section]:
        """What the package says besides its measures."""
        for key in ("conflict", "context", "diagnosis", "process"):
            if self.document.get(key):
                yield Section(self.say(SECTIONS[key]), (self.pieces.facts(key, self.document[key]),))
        for key in ("parties", "third_parties", "verification", "violations", "links", "not_applicable"):
            yield from self.entries(key)
        for key in ("summary", "notes"):
            if self.document.get(key):
                yield Section(self.say(SECTIONS[key]), (Paragraph(self.document[key]),))

    def entries(self, key: str) -> Iterator[Section]:
        """The entries of a list; that it is said to be empty, if it is."""
        title = self.say(SECTIONS[key])
        if self.document.get(key) == []:
            yield Section(title, (Paragraph(self.pieces.reader.said(key, [])),))
        for number, entry in enumerate(self.document.get(key, []), 1):
            facts = self.pieces.facts(key, entry, {"id", "name"})
            yield Section(entry.get("name") or f"{title} {number}", (facts,) if facts.rows else ())

    def unread(self) -> Iterator[Block]:
        """What stands in a draft and could not be read, so that nothing of it is told or judged."""
        if self.left_out:
            yield Paragraph(self.word("left_out_intro"), "quiet")
            yield Facts(tuple(Fact(place, message) for place, message in self.left_out))

    def fit(self) -> Iterator[Block]:
        interplay = self.scorecard["interplay"]
        yield Paragraph(interplay["is_cbm"]["text"])
        causes = [f"{cause['text']} ({', '.join(cause['checks'])})" for cause in interplay["shared_causes"]]
        for key, texts in (
            ("notes", [note["text"] for note in interplay["notes"]]),
            ("tensions", [tension["text"] for tension in interplay["tensions"]]),
            ("causes", causes),
        ):
            yield from self.section(key, bullets(texts), texts)
        prompts = Bullets(tuple(Entry(prompt["prompt"], prompt["why"]) for prompt in interplay["prompts"]))
        yield Section(self.word("prompts"), (Paragraph(self.word("prompts_intro"), "quiet"), prompts))

    def method(self) -> Iterator[Block]:
        yield from paragraphs(self.say(words) for words in METHOD)
        yield Facts(
            (
                Fact(self.say(_("Rubric version")), self.scorecard["rubric_version"]),
                Fact(self.say(_("Document (sha256)")), self.scorecard["document_sha256"]),
            )
        )


class _ForParties(_Composer):
    """What the text says and leaves open. The judgement whether to table it, scores and risks stay with the mediators."""

    def name(self) -> str:
        return self.say(_("The package and its text"))

    def statement(self) -> tuple[str, str, str]:
        return "", "", ""

    def chapters(self) -> Iterator[Section]:
        for title, blocks in (
            (self.say(_("The text, question by question")), self.guidelines()),
            (self.word("measures"), self.measures()),
            (self.word("rest"), self.rest()),
            (self.word("method"), self.method()),
        ):
            if shown := tuple(blocks):
                yield Section(title, shown, begins_page=True)

    def guidelines(self) -> Iterator[Section]:
        for group in self.scorecard["guidelines"].values():
            blocks: tuple[Block, ...] = (Paragraph(group["essence"], "quiet"), *self.pieces.findings(group))
            yield Section(f"{group['id']} {group['name']}", blocks)

    def method(self) -> Iterator[Block]:
        yield from paragraphs(self.say(words) for words in METHOD_FOR_PARTIES)


def paragraphs(texts: Iterable[str], tone: Tone = "plain") -> Iterator[Paragraph]:
    """Paragraphs of the texts that are not empty."""
    return (Paragraph(text, tone) for text in texts if text)
