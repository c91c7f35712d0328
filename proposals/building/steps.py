"""The six steps of the builder, the measures in them, and how far each has come. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.package.addresses import ABSENT, ROWS, address, key_of
from assessments.package.drafts import DraftProblem
from proposals.building.catalogue import FieldSpec, catalogue
from proposals.building.places import page_of

Draft = Mapping[str, Any]

STEPS: Final[dict[str, str | Promise]] = {
    "conflict": gettext_lazy("Conflict and parties"),
    "diagnosis": gettext_lazy("Diagnosis"),
    "purpose": gettext_lazy("Purpose and process"),
    "measures": gettext_lazy("Measures"),
    "sequence": gettext_lazy("Sequence"),
    "advice": gettext_lazy("Advice"),
}
FEWEST: Final = {"/parties": 2}
"""How many rows a list needs before it is no longer an open question; else one, or the answer that there is none."""

REQUIRED: Final = "is required"
"""The message of a problem that only says that a field is still empty."""


class StepState(NamedTuple):
    """A step for the rail: ``state`` in words, "" where nothing is to be said; ``open``: questions and problems left."""

    slug: str
    number: int
    title: str
    state: str
    open: int


class MeasureState(NamedTuple):
    """A measure for its card: codes of its sectors, and the questions and problems that are left."""

    key: str
    number: int
    title: str
    sectors: list[str]
    open: int
    wrong: int

    @property
    def address(self) -> str:
        return "/measures" + address(self.key)

    @property
    def state(self) -> str:
        if not self.open:
            return _("complete")
        left = ngettext("%(n)s question open", "%(n)s questions open", self.open) % {"n": self.open}
        return _("half-filled: %(left)s") % {"left": left}


def step_states(draft: Draft, problems: Sequence[DraftProblem]) -> list[StepState]:
    """All steps with what is left to do; that of the advice is said by whoever has the advice."""
    wrong = _wrong_by_page(draft, problems)
    states = []
    for number, (slug, title) in enumerate(STEPS.items(), 1):
        if slug == "measures":
            state, left = _measures_in_words(measure_states(draft, problems), wrong.get((slug, ""), 0))
        elif slug == "sequence":
            state, left = _sequence_in_words(draft, wrong.get((slug, ""), 0))
        else:
            questions = 0 if slug == "advice" else open_questions(draft, slug)
            left = questions + wrong.get((slug, ""), 0)
            state = "" if slug == "advice" and not left else _in_words(questions, wrong.get((slug, ""), 0))
        states.append(StepState(slug, number, str(title), state, left))
    return states


def measure_states(draft: Draft, problems: Sequence[DraftProblem]) -> list[MeasureState]:
    """Every measure with what is left to do on its page."""
    wrong, parties = _wrong_by_page(draft, problems), _parties(draft)
    states = []
    for number, row in enumerate(_rows(draft.get("measures")), 1):
        key = key_of(row) or ""
        title, sectors = row.get("title"), row.get("sectors")
        amiss = wrong.get(("measures", key), 0)
        states.append(
            MeasureState(
                key=key,
                number=number,
                title=title if isinstance(title, str) and title.strip() else _("Measure %(n)s") % {"n": number},
                sectors=[each for each in sectors if isinstance(each, str)] if isinstance(sectors, list) else [],
                open=_open_in(row, _asked("measure"), parties) + amiss,
                wrong=amiss,
            )
        )
    return states


def open_questions(draft: Draft, page: str) -> int:
    """How many fields of a step that are worth asking for say nothing yet."""
    return _open_in(draft, _asked(page), _parties(draft))


@dataclass
class _Asked:
    """What is worth asking for at a place of a page, below it by name, and in each of its rows or for each party."""

    spec: FieldSpec | None = None
    below: dict[str, _Asked] = field(default_factory=dict)


@cache
def _asked(page: str) -> _Asked:
    """The fields of a page that are worth asking for, from where the page starts."""
    root = _Asked()
    skip = 2 if page == "measure" else 0
    for spec in catalogue().values():
        if spec.page == page and spec.said.asked:
            place = root
            for part in spec.pattern[1:].split("/")[skip:]:
                place = place.below.setdefault(part, _Asked())
            place.spec = spec
    return root


def _parties(draft: Draft) -> list[str]:
    return [str(row.get("id")) for row in _rows(draft.get("parties"))]


def _open_in(node: Any, asked: _Asked, parties: list[str], inside: str = "") -> int:
    """How many fields below ``node`` say nothing yet; of a mapping by party there is a place for each party."""
    count = 0
    fields = node if isinstance(node, Mapping) else {}
    for name, place in asked.below.items():
        if name != "*":
            values = [fields.get(name, ABSENT)]
        elif inside in ROWS:
            values = _rows(node)
        else:
            values = [fields.get(party, ABSENT) for party in parties]
        for value in values:
            if place.spec is not None and _is_open(place.spec, value):
                count += 1
            if place.below:
                count += _open_in(value, place, parties, name)
    return count


def _is_open(spec: FieldSpec, value: Any) -> bool:
    if spec.kind == "rows":
        return value != [] and len(_rows(value)) < FEWEST.get(spec.pattern, 1)
    return value is ABSENT or value is None or (value == "" and not spec.said.none)


def _rows(value: Any) -> list[Draft]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _wrong_by_page(draft: Draft, problems: Sequence[DraftProblem]) -> dict[tuple[str, str], int]:
    """How many problems each page has, without fields that are merely empty."""
    wrong: dict[tuple[str, str], int] = {}
    for problem in problems:
        if problem.message != REQUIRED:
            page = page_of(draft, problem.address)
            wrong[page] = wrong.get(page, 0) + 1
    return wrong


def problems_on(draft: Draft, problems: Iterable[DraftProblem], step: str, measure: str = "") -> list[DraftProblem]:
    """The problems that are told on a page."""
    return [each for each in problems if page_of(draft, each.address) == (step, measure)]


def _in_words(questions: int, wrong: int) -> str:
    said = []
    if wrong:
        said.append(ngettext("%(n)s to put right", "%(n)s to put right", wrong) % {"n": wrong})
    if questions:
        said.append(ngettext("%(n)s question open", "%(n)s questions open", questions) % {"n": questions})
    return ", ".join(said) or _("complete")


def _measures_in_words(measures: list[MeasureState], wrong: int) -> tuple[str, int]:
    if not measures:
        return _("none yet"), 1
    half = sum(1 for each in measures if each.open)
    if not half:
        said = _("%(count)s, complete")
    else:
        said = ngettext("%(count)s, one half-filled", "%(count)s, %(half)s half-filled", half)
    return said % {"count": len(measures), "half": half}, half + wrong


def _sequence_in_words(draft: Draft, wrong: int) -> tuple[str, int]:
    measures = _rows(draft.get("measures"))
    undated = sum(1 for row in measures if not row.get("start"))
    if wrong:
        return _in_words(0, wrong), wrong
    if not measures or not undated:
        return _("complete") if measures else "", 0
    return ngettext("%(n)s without a start", "%(n)s without a start", undated) % {"n": undated}, 0
