"""From a draft to the advice on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.engine.rubric import rubric
from assessments.engine.verdict import HEADLINES, warnings
from assessments.package.drafts import DraftReading
from proposals.advising.advice import Advice, Line, VerdictLine
from proposals.advising.assessed import Assessed, assess_draft
from proposals.advising.keeping import State, keep, last_state
from proposals.advising.lines import basis_of, line_of
from proposals.advising.offering import measure_in_view, step_lines
from proposals.advising.placing import Href, Places, shape_of, told


def advise(
    draft: Mapping[str, Any],
    *,
    at: str | None,
    href: Href,
    hide_scores: bool = False,
    near: str = "",
    reading: DraftReading | None = None,
) -> Advice:
    """What can be said of ``draft``, with the measure at or around the address ``at`` in view.

    ``href``: where the field at an address is edited. ``hide_scores``: questions and suggestions only. ``near``: a name
    under which states of the same draft are kept, so that the next one takes less time; it stands for one ``href``.
    ``reading``: what can be read of the draft, if it was read.
    """
    before = last_state(near) if near else None
    assessed = assess_draft(draft, before.assessed if before else None, reading)
    state = _state(assessed, href, before)
    if near:
        keep(near, state)
    lines = [] if hide_scores else [line for _basis, line in state.lines.values()]
    return Advice(
        hide_scores=hide_scores,
        problems=told(draft, assessed.reading.problems, href) if assessed.reading.problems else (),
        verdict=None if hide_scores else _verdict(assessed),
        guidelines=tuple(line for line in lines if line.bar),
        challenges=tuple(line for line in lines if not line.bar),
        steps=step_lines(assessed, state.places, hide_scores=hide_scores),
        measure=measure_in_view(assessed, state.places, at, hide_scores=hide_scores),
    )


def _state(assessed: Assessed, href: Href, before: State | None) -> State:
    """The state with its lines; those that rest on the same as before are taken over."""
    language, shape = get_language() or "", shape_of(assessed.draft)
    same = before if before and (before.language, before.shape) == (language, shape) else None
    if same and _rows_left_out(assessed) == _rows_left_out(same.assessed):
        places = same.places
    else:
        places, same = Places(assessed.draft, assessed.reading.package, href), None
    lines = {}
    for group in rubric().groups:
        basis = basis_of(group, assessed)
        known = same.lines[group.id] if same else None
        lines[group.id] = (basis, _line(known, basis) or line_of(group, basis, places))
    return State(assessed, language, shape, places, lines)


def _line(known: tuple[Any, Line] | None, basis: Any) -> Line | None:
    return known[1] if known and known[0] == basis else None


def _rows_left_out(assessed: Assessed) -> tuple[str, ...]:
    return tuple(problem.address for problem in assessed.reading.problems)


def _verdict(assessed: Assessed) -> VerdictLine:
    reasons = [reason.because for reason in assessed.verdict.reasons] + warnings(assessed.evaluation)
    return VerdictLine(_(HEADLINES[assessed.verdict.kind]), tuple(each.render(_) for each in reasons))
