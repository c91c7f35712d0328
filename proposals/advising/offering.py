"""What can be done next: the next best steps, and the loose words of the measure in view."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from assessments.engine.clauses import MEANING, REDRAFT, Clause
from assessments.engine.steps import Step
from assessments.package.addresses import parts_of
from assessments.presentation.clauses import class_name, segments
from assessments.presentation.precedents import case_link
from assessments.presentation.steps import gain_in_words, gain_mark, move_phrases
from assessments.presentation.words import EFFORTS, LEVELS, MISSING
from guidelines.catalogue import topic
from proposals.advising.advice import ClauseLine, LoosePhrase, MeasureInView, StepLine
from proposals.advising.assessed import Assessed
from proposals.advising.placing import Places

MOVES_SHOWN: Final = 2


def step_lines(assessed: Assessed, places: Places, *, hide_scores: bool) -> tuple[StepLine, ...]:
    """The steps in the engine's order, without what they would move while scores are hidden."""
    return tuple(_step(step, assessed, places, hide_scores) for step in assessed.steps)


def _step(step: Step, assessed: Assessed, places: Places, hide_scores: bool) -> StepLine:
    check, words = step.check, step.words
    change = _(words) if isinstance(words, str) else words.render(_)
    question = _(check.ask)
    return StepLine(
        change=change,
        gain="" if hide_scores else gain_mark(step.kind, step.gain),
        spoken="" if hide_scores else gain_in_words(step.kind, step.gain),
        moves=() if hide_scores else _moves(step),
        effort=str(EFFORTS[check.effort]),
        why=_(check.question) if hide_scores else assessed.evaluation.judge(check.id).because.render(_),
        asks=step.kind == "answer",
        question=question if question != change else "",
        too_far=_(check.too_far) if check.too_far else "",
        place=places.place(step.change.edits[0].path),
        case=case_link(check.cases[0]),
    )


def _moves(step: Step) -> tuple[str, ...]:
    names = {of: _(topic(of).name) for of in {move.of for move in step.moves} if of[1:].isdecimal()}
    moves = ({"of": m.of, "what": m.what, "from": m.before, "to": m.after} for m in step.moves)
    return tuple(move_phrases(moves, names))[:MOVES_SHOWN]


def measure_in_view(assessed: Assessed, places: Places, at: str | None, *, hide_scores: bool) -> MeasureInView | None:
    """The measure at or around an address, if it can be read."""
    _root, *names = ["", *parts_of(at)] if at else [""]
    if len(names) < 2 or names[0] != "measures":
        return None
    for number, measure in enumerate(assessed.reading.package.measures or ()):
        if places.key_of_measure(number) == names[1]:
            clauses = [each for each in assessed.evaluation.draft.clauses if each.measure == number]
            lines = tuple(_clause(each, places, hide_scores) for each in clauses)
            return MeasureInView(measure.id, measure.title, assessed.reading.package.language or "en", lines)
    return None


def _clause(clause: Clause, places: Places, hide_scores: bool) -> ClauseLine:
    text = clause.commitment.text
    hits = [{"class": h.category, "range": (h.start, h.end), "counted": h.points > 0} for h in clause.hits]
    return ClauseLine(
        number=clause.number + 1,
        runs=tuple(segments(text, hits)),
        word=None if hide_scores else LEVELS[clause.level],
        level="" if hide_scores else clause.level,
        phrases=tuple(
            LoosePhrase(
                text[hit.start : hit.end],
                class_name(hit.category),
                _(hit.relief) if hit.relief else _(MEANING[hit.category][1]),
                hit.points > 0,
            )
            for hit in clause.hits
        ),
        missing=tuple(str(MISSING[part]) for part in clause.missing),
        redraft="" if clause.level == "clear" else _(REDRAFT),
        place=places.place(f"{clause.pointer}/text"),
    )
