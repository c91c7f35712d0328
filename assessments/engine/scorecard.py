"""The scorecard: everything the engine has to say about a package, as plain JSON.

The shape is written down in ``docs/scorecard-shape.md`` and published as a JSON Schema (``assessments/scorecard_schema``).
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, Final

from assessments.engine import interplay
from assessments.engine.alternatives import alternatives
from assessments.engine.clauses import MEANING, REDRAFT, Clause
from assessments.engine.edits import Edit
from assessments.engine.evaluation import Evaluation
from assessments.engine.grading import MET, NOT_APPLICABLE, UNKNOWN, Evidence, Judgement
from assessments.engine.rubric import VERSION, Check, Group, rubric
from assessments.engine.scoring import (
    Profile,
    is_blocking,
    multiplier,
    profile_of,
    range_of,
    sensitivity_of,
)
from assessments.engine.steps import Baseline, Move, Step, next_steps
from assessments.engine.verdict import HEADLINES, RESIDUAL_ROLE, Verdict, decide, warnings
from assessments.engine.would_change import WouldChange, would_change
from assessments.package import Package, document_sha256
from cbm_advisor.lib.text import Text, Translate
from cbm_advisor.lib.text import gettext_noop as _
from guidelines.catalogue import Topic, topic

FORMAT: Final = "cbm-scorecard/1"


class Scorecard:
    """A package's scores, findings, verdict and next steps.

    ``as_dict`` gives it as JSON-able data with all texts in the translator's language; ``as_json`` gives the canonical
    bytes in English: the same document and rubric version, the same bytes.
    """

    def __init__(self, evaluation: Evaluation, *, steps: bool) -> None:
        self.evaluation = evaluation
        self.profile: Profile = profile_of(evaluation)
        self.verdict: Verdict = decide(evaluation, self.profile)
        self.steps: list[Step] = []
        self.would_change: list[WouldChange] = []
        if steps:
            base = Baseline(evaluation, self.profile, self.verdict)
            self.steps = next_steps(base)
            self.would_change = would_change(base, self.steps)

    @cached_property
    def package(self) -> Package:
        return self.evaluation.package

    def as_json(self) -> bytes:
        """Canonical JSON: UTF-8, keys in the order of the shape, no insignificant white space."""
        return json.dumps(self.as_dict(), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    def as_dict(self, translate: Translate | None = None) -> dict[str, Any]:
        """The scorecard in the shape of ``docs/scorecard-shape.md``."""
        return _Writer(self, translate).scorecard()


class _Writer:
    """Writes a scorecard out; keeps the translator at hand."""

    def __init__(self, card: Scorecard, translate: Translate | None) -> None:
        self.card = card
        self.evaluation = card.evaluation
        self.translate = translate

    def words(self, text: Text | str) -> str:
        if isinstance(text, str):
            return self.translate(text) if self.translate and text else text
        return text.render(self.translate)

    def scorecard(self) -> dict[str, Any]:
        card = self.card
        groups = rubric().groups
        return {
            "format": FORMAT,
            "rubric_version": VERSION,
            "document_sha256": document_sha256(card.package),
            "title": card.package.title,
            "index": card.profile.index,
            "guidelines": {topic(g.id).key: self.guideline(g) for g in groups if g.is_guideline},
            "challenges": {topic(g.id).key: self.challenge(g) for g in groups if not g.is_guideline},
            "verdict": self.verdict(),
            "next_steps": [self.step(step) for step in card.steps],
            "clauses": [self.clause(clause) for clause in self.evaluation.draft.clauses],
            "interplay": self.interplay(),
        }

    def _heading(self, about: Topic) -> dict[str, Any]:
        return {"id": about.id, "name": self.words(about.name), "essence": self.words(about.essence)}

    def guideline(self, group: Group) -> dict[str, Any]:
        result = self.card.profile.guidelines[group.id]
        phase = self.evaluation.draft.phase
        return {
            **self._heading(topic(group.id)),
            "score": result.score,
            "range": _pair(range_of(group, self.evaluation)),
            "sensitivity": _pair(sensitivity_of(group, self.evaluation, result.cap)),
            "band": result.band,
            "coverage": round(result.coverage, 4),
            "cap": result.cap.limit if result.cap else None,
            "cap_because": self.words(result.cap.because) if result.cap else None,
            "multiplier": multiplier(group.id, phase),
            "blocking": is_blocking(group.id, result, phase),
            "findings": self.findings(group),
        }

    def challenge(self, group: Group) -> dict[str, Any]:
        result = self.card.profile.challenges[group.id]
        return {
            **self._heading(topic(group.id)),
            "risk": result.risk,
            "score": result.score,
            "coverage": round(result.coverage, 4),
            "triggers": [{"effect": t.effect, "because": self.words(t.because)} for t in result.fired],
            "findings": self.findings(group),
        }

    def findings(self, group: Group) -> list[dict[str, Any]]:
        return [self.finding(check, self.evaluation.judge(check.id)) for check in group.checks]

    def finding(self, check: Check, judgement: Judgement) -> dict[str, Any]:
        grade = judgement.grade
        advice = "" if grade in (MET, NOT_APPLICABLE) else check.ask if grade == UNKNOWN else check.advice
        return {
            "check": check.id,
            "question": self.words(check.question),
            "weight": check.weight,
            "grade": grade,
            "because": self.words(judgement.because),
            "advice": self.words(advice),
            "evidence": [_evidence(place) for place in judgement.evidence],
            "cases": list(check.cases),
        }

    def verdict(self) -> dict[str, Any]:
        verdict, profile = self.card.verdict, self.card.profile
        wrong_tool = verdict.kind == "not_the_right_tool_now"
        suggested = (
            alternatives(self.evaluation, profile) if wrong_tool or profile.challenges["C1"].risk != "low" else []
        )
        return {
            "kind": verdict.kind,
            "headline": self.words(HEADLINES[verdict.kind]),
            "summary": self.summary(),
            "reasons": [
                {"id": r.id, "because": self.words(r.because), "checks": list(r.about)} for r in verdict.reasons
            ],
            "would_change": [
                {"change": self.words(w.change), "edits": _patch(w.edits), "verdict": w.verdict}
                for w in self.card.would_change
            ],
            "alternatives": [{"deficit": self.words(a.deficit), "instead": self.words(a.instead)} for a in suggested],
            "residual_role": self.words(RESIDUAL_ROLE) if wrong_tool else None,
            "warnings": [self.words(w) for w in warnings(self.evaluation)],
        }

    def summary(self) -> str:
        profile = self.card.profile
        sentences = []
        if self.card.verdict.kind == "not_the_right_tool_now":
            sentences.append(
                _("On the answers given, this package of measures is probably not the right tool at this moment.")
            )
        rows = (
            (_("Strong: {names}."), [i for i, g in profile.guidelines.items() if g.band == "strong"]),
            (_("Weak: {names}."), [i for i, g in profile.guidelines.items() if g.band == "weak"]),
            (_("High risk: {names}."), [i for i, c in profile.challenges.items() if c.risk == "high"]),
        )
        words = [self.words(s) for s in sentences]
        for sentence, ids in rows:
            if ids:
                names = ", ".join(self.words(topic(i).name) for i in ids)
                words.append(self.words(Text(sentence, names=names)))
        return " ".join(words) or self.words(_("Nothing stands out; the findings below say what was read."))

    def step(self, step: Step) -> dict[str, Any]:
        check = step.check
        return {
            "check": check.id,
            "of": topic(check.group).key,
            "kind": step.kind,
            "pointer": step.change.edits[0].path,
            "change": self.words(step.words),
            "question": self.words(check.ask),
            "too_far": self.words(check.too_far),
            "case": check.cases[0],
            "edits": _patch(step.change.edits),
            "gain": step.gain,
            "effort": check.effort,
            "removes_cap": step.removes_cap,
            "moves": [_move(move) for move in step.moves],
        }

    def clause(self, clause: Clause) -> dict[str, Any]:
        text = clause.commitment.text
        return {
            "measure": self.card.package.measures[clause.measure].id,  # type: ignore[index]
            "pointer": clause.pointer,
            "text": text,
            "points": clause.points,
            "level": clause.level,
            "hits": [
                {
                    "class": hit.category,
                    "text": text[hit.start : hit.end],
                    "range": [hit.start, hit.end],
                    "points": hit.points,
                    "counted": hit.points > 0,
                    "why": self.words(hit.relief or MEANING[hit.category][1]),
                }
                for hit in clause.hits
            ],
            "missing": list(clause.missing),
            "redraft": "" if clause.level == "clear" else self.words(REDRAFT),
        }

    def interplay(self) -> dict[str, Any]:
        evaluation = self.evaluation
        related = interplay.kinship(evaluation.draft)
        return {
            "notes": [
                {
                    "id": n.id,
                    "section": n.section,
                    "text": self.words(n.text),
                    "evidence": [_evidence(p) for p in n.evidence],
                }
                for n in interplay.notes(evaluation)
            ],
            "prompts": [{"id": i, "prompt": self.words(p), "why": self.words(w)} for i, p, w in interplay.PROMPTS],
            "tensions": [{"pair": list(pair), "text": self.words(t)} for pair, t in interplay.tensions(evaluation)],
            "shared_causes": [
                {"text": self.words(t), "checks": list(ids)} for ids, t in interplay.shared_causes(evaluation)
            ],
            "is_cbm": {"answer": related.answer, "text": self.words(related.text)},
        }


def _pair(ends: tuple[int, int] | None) -> list[int] | None:
    return list(ends) if ends else None


def _patch(edits: tuple[Edit, ...]) -> list[dict[str, Any]]:
    return [edit.as_patch() for edit in edits]


def _evidence(place: str | Evidence) -> dict[str, Any]:
    if isinstance(place, str):
        return {"pointer": place}
    if place.start is None:
        return {"pointer": place.pointer}
    return {"pointer": place.pointer, "range": [place.start, place.end]}


def _move(move: Move) -> dict[str, Any]:
    of = topic(move.of).key if move.of[1:].isdigit() else move.of
    return {"of": of, "what": move.what, "from": move.before, "to": move.after}
