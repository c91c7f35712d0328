"""A draft as the engine judges it; after a change only what the change can have moved is judged again."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final, NamedTuple

from assessments.engine.evaluation import Evaluation
from assessments.engine.scoring import Profile, profile_of
from assessments.engine.steps import Baseline, Step, steps_in_order
from assessments.engine.verdict import Verdict, decide
from assessments.package.drafts import DraftReading, read_draft
from assessments.package.rereading import reread_draft

STEPS_SHOWN: Final = 3


class Assessed(NamedTuple):
    """A draft, what can be read of it, and what the engine says: the steps are the first few."""

    draft: Mapping[str, Any]
    reading: DraftReading
    evaluation: Evaluation
    profile: Profile
    verdict: Verdict
    steps: tuple[Step, ...]


def assess_draft(
    draft: Mapping[str, Any], before: Assessed | None = None, reading: DraftReading | None = None
) -> Assessed:
    """The draft assessed. ``before``: another state of it, and ``reading``: what can be read of it, where these are known;
    they make it quicker and change nothing in the result."""
    if reading is None:
        reading = reread_draft(draft, before.draft, before.reading) if before else read_draft(draft)
    evaluation = before.evaluation.carried_to(reading.package) if before else Evaluation(reading.package)
    profile = profile_of(evaluation)
    verdict = decide(evaluation, profile)
    clauses = evaluation.draft.clauses
    steps = tuple(islice(steps_in_order(Baseline(evaluation, profile, verdict)), STEPS_SHOWN))
    evaluation.draft.clause_book = {id(clause.commitment): clause for clause in clauses}
    return Assessed(draft, reading, evaluation, profile, verdict, steps)
