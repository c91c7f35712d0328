"""Reading one field over many measures, with the places that were read.

A place that is absent is named by the nearest thing that is there, so that every pointer resolves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from assessments.engine.coverage import Coverage
from assessments.engine.draft import Draft
from assessments.engine.grading import NOT_MET, TRI, UNKNOWN, Judgement, from_floor, mean_of_known, percent
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

NO_MEASURES = _("The draft has no measure yet that this question could be asked of.")
BLANK = _("{known} of {count} measures say it; at least half are needed to judge.")
NOTHING_COVERED = _("No undertaking is covered, so there is nothing to look at more closely.")
HALF_COVERED = _("The draft does not say so for at least half of the undertakings that are covered.")
NOT_STATED = _("The draft does not say.")


class Reading(NamedTuple):
    """Values of one field, one per measure that was asked, ``None`` where the draft does not say."""

    values: list[Any]
    evidence: list[str]

    @property
    def known(self) -> list[Any]:
        return [v for v in self.values if v is not None]


def over_measures(
    draft: Draft, field: str, among: Iterable[int] | None = None, worth: Callable[[Any], Any] | None = None
) -> Reading:
    """Reads ``field`` of the measures at ``among`` (all of them by default), each value through ``worth``."""
    values: list[Any] = []
    evidence: list[str] = []
    measures = draft.measures
    for i in range(len(measures)) if among is None else among:
        value = getattr(measures[i], field)
        evidence.append(f"/measures/{i}" if value is None else f"/measures/{i}/{field}")
        values.append(worth(value) if worth is not None and value is not None else value)
    return Reading(values, evidence)


def not_said(*evidence: str) -> Judgement:
    """Unknown, because the draft is silent."""
    return Judgement(UNKNOWN, Text(NOT_STATED), evidence)


def graded_share(reading: Reading, met: float, partly: float, tally: str) -> Judgement:
    """Grades the mean of worths between 0 and 1 over measures.

    ``tally`` is a sentence with places for ``yes`` (measures worth 1), ``known``, ``count`` and ``percent``.
    """
    known = reading.known
    if not reading.values:
        return Judgement(UNKNOWN, Text(NO_MEASURES))
    share = mean_of_known(reading.values)
    if share is None:
        return Judgement(UNKNOWN, Text(BLANK, known=len(known), count=len(reading.values)), reading.evidence)
    yes = sum(1 for v in known if v == 1)
    because = Text(tally, yes=yes, known=len(known), count=len(reading.values), percent=percent(share))
    return Judgement(from_floor(share, met, partly), because, reading.evidence)


def tri_share(
    draft: Draft, field: str, met: float, partly: float, tally: str, among: Iterable[int] | None = None
) -> Judgement:
    """Grades a tri-state field over measures: yes 1, partly 0.5, no 0."""
    return graded_share(over_measures(draft, field, among, TRI.__getitem__), met, partly, tally)


def tri_answer(
    draft: Draft, section: str, field: str, grades: Mapping[str | None, Any], says: Mapping[str, str]
) -> Judgement:
    """Grades one tri-state answer of ``context``, ``process`` or ``diagnosis``.

    ``grades``: TRI_GRADE or REVERSED_TRI_GRADE. ``says``: a sentence for each of yes, partly and no.
    """
    part = getattr(draft.package, section)
    answer = getattr(part, field) if part is not None else None
    if answer is None:
        return not_said(*([f"/{section}"] if part is not None else []))
    return Judgement(grades[answer], Text(says[answer]), (f"/{section}/{field}",))


def over_covered(
    coverage: Coverage,
    section: str,
    fields: Sequence[str],
    worth: Callable[[Any, int], float | None],
    limits: tuple[float, float],
    tally: str,
) -> Judgement:
    """Grades a quality of verification or "what if" entries over the undertakings that they cover.

    For each covered undertaking the best known ``worth(entry, position)`` counts, then their mean (rubric, below G4).
    ``limits``: shares for met and partly. ``tally`` has places for ``percent`` and ``count``.
    """
    if not coverage.stated:
        return not_said()
    if not coverage.entries:
        return Judgement(NOT_MET, Text(NOTHING_COVERED), (f"/{section}",))
    mean = coverage.mean(worth)
    evidence = [
        f"/{section}/{n}" + ("" if getattr(coverage.section[n], field) is None else f"/{field}")
        for n in coverage.numbers
        for field in fields
    ]
    if mean is None:
        return Judgement(UNKNOWN, Text(HALF_COVERED), evidence)
    because = Text(tally, percent=percent(mean), count=len(coverage.entries))
    return Judgement(from_floor(mean, *limits), because, evidence)
