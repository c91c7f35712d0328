"""Measures and guidelines: what each measure contributes to each of the ten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.engine import Scorecard
from assessments.engine.grading import NOT_MET, PARTLY, UNKNOWN
from assessments.engine.rubric import rubric
from assessments.engine.scoring import GuidelineScore
from assessments.pictures.addresses import Href, MeasureRef, nowhere, refs
from assessments.pictures.one_measure import OF_THE_WHOLE, PartialEvaluation, by_itself, without
from assessments.presentation.words import BANDS, Word
from guidelines.catalogue import Topic, topic

MOST_REMARKS: Final = 5

LIFTS: Final = Word("▲", gettext_lazy("Lifts the whole"))
LOWERS: Final = Word("▼", gettext_lazy("Holds the whole back"))
NO_DIFFERENCE: Final = Word("=", gettext_lazy("Makes no difference"))
UNCERTAIN: Final = Word("?", gettext_lazy("Too little known"))
STANDS_ALONE: Final = Word("–", gettext_lazy("The only measure"))


class HeatColumn(NamedTuple):
    """A guideline as a column; ``of_the_whole`` where the cells say what the package would lose."""

    id: str
    name: str
    of_the_whole: bool
    href: str


class HeatCell(NamedTuple):
    """What one measure does for one guideline. ``band``: a class for its tone; ``figure``: "85", "+12" or "";
    ``open``: the questions that are not, or only partly, answered well."""

    measure: str
    topic: str
    band: str
    word: Word
    figure: str
    open: tuple[str, ...]
    href: str


class HeatRow(NamedTuple):
    """A measure and its cells, in the order of the guidelines."""

    measure: MeasureRef
    cells: list[HeatCell]


class HeatRemark(NamedTuple):
    """A weak cell in words."""

    measure: MeasureRef
    topic: Topic
    cell: HeatCell


class HeatMap(NamedTuple):
    """The table: its columns, a row a measure, the row of the package, and the weakest cells in words."""

    columns: list[HeatColumn]
    rows: list[HeatRow]
    package: list[HeatCell]
    remarks: list[HeatRemark]
    more_remarks: list[HeatRemark]


def heatmap(card: Scorecard, href: Href = nowhere) -> HeatMap:
    """The heat map of a scored package; ``href`` gives each cell its address."""
    package = card.package
    names = {group.id: topic(group.id) for group in rubric().groups if group.is_guideline}
    columns = [HeatColumn(i, _(name.name), i in OF_THE_WHOLE, href("", i)) for i, name in names.items()]
    rows = [_row(card, position, ref, href) for position, ref in enumerate(refs(package, href))]
    whole = [_whole(i, score, href) for i, score in card.profile.guidelines.items()] if rows else []
    remarks = list(_remarks(rows))
    return HeatMap(columns, rows, whole, remarks[:MOST_REMARKS], remarks[MOST_REMARKS:])


def _row(card: Scorecard, position: int, ref: MeasureRef, href: Href) -> HeatRow:
    evaluation, alone = by_itself(card.package, position)
    dropped = without(card.package, position) if len(card.package.measures or ()) > 1 else {}
    cells = []
    for topic_id, score in card.profile.guidelines.items():
        address = href(ref.id, topic_id)
        if topic_id in alone:
            cells.append(_judged(ref.id, topic_id, alone[topic_id], evaluation, address))
        else:
            cells.append(_effect(ref.id, topic_id, score, dropped.get(topic_id), address))
    return HeatRow(ref, cells)


def _judged(measure: str, topic_id: str, score: GuidelineScore, evaluation: PartialEvaluation, href: str) -> HeatCell:
    figure = "" if score.band in ("insufficient", "not_applicable") else str(score.score)
    questions = tuple(_open_questions(topic_id, evaluation, score.band))
    return HeatCell(measure, topic_id, score.band, BANDS[score.band], figure, questions, href)


def _open_questions(topic_id: str, evaluation: PartialEvaluation, band: str) -> Iterable[str]:
    """What holds the cell down, the weightiest first; the unknowns where too little is known."""
    grades = (UNKNOWN,) if band == "insufficient" else (NOT_MET, PARTLY)
    checks = [c for c in rubric().checks.values() if c.group == topic_id and evaluation.grades.get(c.id) in grades]
    for check in sorted(checks, key=lambda c: (grades.index(evaluation.grades[c.id]), -c.weight)):
        yield _(check.question)


def _effect(measure: str, topic_id: str, now: GuidelineScore, then: GuidelineScore | None, href: str) -> HeatCell:
    """What the package's score would lose without the measure."""
    if then is None:
        return HeatCell(measure, topic_id, "not_applicable", STANDS_ALONE, "", (), href)
    if now.score is None or then.score is None or "insufficient" in (now.band, then.band):
        return HeatCell(measure, topic_id, "insufficient", UNCERTAIN, "", (), href)
    effect = now.score - then.score
    if effect == 0:
        return HeatCell(measure, topic_id, "not_applicable", NO_DIFFERENCE, "±0", (), href)
    band, word = ("strong", LIFTS) if effect > 0 else ("weak", LOWERS)
    return HeatCell(measure, topic_id, band, word, f"+{effect}" if effect > 0 else f"−{-effect}", (), href)


def _whole(topic_id: str, score: GuidelineScore, href: Href) -> HeatCell:
    figure = "" if score.band in ("insufficient", "not_applicable") else str(score.score)
    return HeatCell("", topic_id, score.band, BANDS[score.band], figure, (), href("", topic_id))


def _remarks(rows: Iterable[HeatRow]) -> list[HeatRemark]:
    """The weak cells, the lowest score first; then what holds the whole back."""
    weak = [HeatRemark(row.measure, topic(cell.topic), cell) for row in rows for cell in row.cells if _is_weak(cell)]
    return sorted(weak, key=lambda remark: (remark.cell.topic in OF_THE_WHOLE, _number(remark.cell.figure)))


def _number(figure: str) -> int:
    return int(figure.replace("−", "-"))


def _is_weak(cell: HeatCell) -> bool:
    return cell.band == "weak" and bool(cell.figure)
