"""The rubric: checks, the guidelines and challenges they belong to, and where they are found.

A check is one unit: its words, its weight, what it reads, its examples, and the function that judges. Each module in
``assessments.checks`` is one guideline or challenge; importing it registers its checks. There is no central list.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import Grade, Judgement

VERSION: Final = "1.0"
"""Version of the rubric: a changed rule, weight or threshold changes it, and scorecards are stored by it."""

Judge = Callable[[Draft], Judgement]
Mend = Callable[[Draft], "Change | None"]


@dataclass(frozen=True, slots=True)
class Example:
    """A package (as the format's mapping, without ``format``, ``title``) and the grade that the check gives it."""

    package: dict[str, Any]
    grade: Grade


@dataclass(frozen=True, slots=True)
class Applies:
    """When a check applies. ``test`` is asked first; where it fails the check is not applicable, because ``why``."""

    test: Callable[[Draft], bool]
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """One edit, or several that belong together, that would mend or answer a check.

    ``words`` says it as an option for the drafter; ``arguments`` fill its places.
    """

    edits: tuple[Edit, ...]
    words: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question of the rubric.

    ``weight``: weight within its guideline or challenge. ``reads``: fields of the package that can change the
    judgement, as ``section.field`` (``measures.steps``, ``links``, ``context.phase``), or ids of checks that it builds
    on; what is not named here cannot move the grade. ``rule``: the grading in words. ``advice``: an option when it is
    not met. ``ask``: the question for a bilateral when it is unknown. ``too_far``: the risk of overdoing the advice.
    ``cases``: slugs, the illustrating one first. ``effort``: 1 a change at the desk, 2 a talk with each side, 3 a round
    between the parties. A check that takes another's grade names that check's id in ``reads`` and returns ``draft.judge(id)``.
    """

    id: str
    question: str
    weight: float
    reads: tuple[str, ...]
    rule: str
    advice: str
    ask: str
    too_far: str
    cases: tuple[str, ...]
    effort: int
    examples: tuple[Example, ...]
    judge: Judge
    applies: Applies | None = None
    mend: Mend | None = None

    @property
    def group(self) -> str:
        """Id of its guideline or challenge."""
        return self.id.partition(".")[0]

    def change_in(self, draft: Draft) -> Change | None:
        """The smallest change that would mend or answer it; ``None`` if drafting cannot, or the phase comes first."""
        if self.mend is None or (self.needs_phase and draft.phase is None):
            return None
        return self.mend(draft)

    @property
    def needs_phase(self) -> bool:
        """Whether it is unknown without a phase (rubric, section 1)."""
        return "context.phase" in self.reads


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on a guideline's score while a serious gap is open, so that it is not averaged away.

    ``applies(grade, draft)`` is asked with a function from check id to grade.
    """

    limit: int
    applies: Callable[[Callable[[str], Grade], Draft], bool]
    because: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule that moves a challenge's level. ``effect``: raises_to_high, raises_to_moderate or lowers_to_moderate.

    ``fires(grade, draft)`` is asked with a function from check id to grade; an unknown answer fires nothing.
    """

    effect: str
    fires: Callable[[Callable[[str], Grade], Draft], bool]
    because: str


_checks: dict[str, Check] = {}


def check(
    check_id: str,
    *,
    question: str,
    weight: float,
    reads: Sequence[str],
    rule: str,
    advice: str,
    ask: str,
    too_far: str,
    cases: Sequence[str],
    effort: int,
    examples: Sequence[Example],
    applies: Applies | None = None,
    mend: Mend | None = None,
) -> Callable[[Judge], Judge]:
    """Registers the decorated function as the check ``check_id``; see ``Check`` for the arguments.

    Raises ``ValueError`` for an id that is taken.
    """

    def register(judge: Judge) -> Judge:
        if check_id in _checks:
            raise ValueError(f"check {check_id} is defined twice")
        _checks[check_id] = Check(
            id=check_id,
            question=question,
            weight=weight,
            reads=tuple(reads),
            rule=rule,
            advice=advice,
            ask=ask,
            too_far=too_far,
            cases=tuple(cases),
            effort=effort,
            examples=tuple(examples),
            judge=judge,
            applies=applies,
            mend=mend,
        )
        return judge

    return register


@dataclass(frozen=True, slots=True)
class Group:
    """A guideline or a challenge: its checks in order, and its caps or triggers in the order in which they apply."""

    id: str
    checks: tuple[Check, ...]
    caps: tuple[Cap, ...]
    triggers: tuple[Trigger, ...]

    @property
    def is_guideline(self) -> bool:
        return self.id.startswith("G")


@dataclass(frozen=True, slots=True)
class Rubric:
    """All groups, guidelines first, and all checks by id."""

    groups: tuple[Group, ...]
    checks: dict[str, Check]


def _number(check_id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in check_id[1:].split("."))


@cache
def rubric() -> Rubric:
    """The whole rubric, found by importing every module of ``assessments.checks`` once."""
    package = importlib.import_module("assessments.checks")
    modules = [
        importlib.import_module(f"{package.__name__}.{m.name}")
        for m in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name)
    ]
    groups = []
    for module in modules:
        group_id: str = module.ID
        members = sorted((c for c in _checks.values() if c.group == group_id), key=lambda c: _number(c.id))
        groups.append(Group(group_id, tuple(members), getattr(module, "CAPS", ()), getattr(module, "TRIGGERS", ())))
    groups.sort(key=lambda g: (not g.is_guideline, _number(g.id)))
    return Rubric(tuple(groups), {c.id: c for g in groups for c in g.checks})
