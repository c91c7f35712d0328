"""One pass over the rubric: every check judged once, when first asked for.

An evaluation can be revised by what-if edits: the revised one keeps every judgement that the edits cannot have moved
(``Check.reads`` says which), so that trying a change costs a fraction of scoring a package.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Final

from assessments.engine.differing import NAMING, differing_fields
from assessments.engine.draft import Draft
from assessments.engine.edits import Edit, apply_edits
from assessments.engine.grading import NOT_APPLICABLE, UNKNOWN, Grade, Judgement
from assessments.engine.rubric import Check, rubric
from assessments.package import Package
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

WAIVED: Final = _("Set aside by the drafter: {reason}")
NO_PHASE: Final = Judgement(UNKNOWN, Text(_("The draft does not name the phase, and the answer depends on it.")))


class Evaluation:
    """A package under the rubric. Judgements are made on demand and kept."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.draft = Draft(package, self.judge)
        self.waived = {w.check: w.reason for w in package.not_applicable or ()}
        self._judgements: dict[str, Judgement] = {}

    @cached_property
    def grades(self) -> dict[str, Grade]:
        """The grade of every check by id."""
        return {check_id: self.judge(check_id).grade for check_id in rubric().checks}

    def judge(self, check_id: str) -> Judgement:
        """The judgement of a check, after what the drafter set aside (rubric, section 2). ``KeyError``: no such check."""
        judgement = self._judgements.get(check_id)
        if judgement is None:
            judgement = self._judgements[check_id] = self._judge(rubric().checks[check_id])
        return judgement

    def grade(self, check_id: str) -> Grade:
        """The grade of a check."""
        return self.grades[check_id]

    def ids_of(self, group_id: str) -> list[str]:
        """Ids of the checks of a guideline or challenge."""
        return [check.id for group in rubric().groups if group.id == group_id for check in group.checks]

    def revised(self, edits: Iterable[Edit]) -> Evaluation:
        """The evaluation of the package with the edits made; this one stays as it is."""
        edits = tuple(edits)
        fields = frozenset(edit.field for edit in edits)
        moved = affected_by(fields)
        new = Evaluation(apply_edits(self.package, edits))
        new.draft.keep_facts(self.draft, fields)
        new._judgements = self._judgements.copy()
        for check_id in moved:
            new._judgements.pop(check_id, None)
        new.grades = self.grades.copy()
        for check_id in moved:
            new.grades[check_id] = new.judge(check_id).grade
        return new

    def carried_to(self, package: Package) -> Evaluation:
        """The evaluation of another state of the package; this one stays as it is.

        Kept are the judgements that what differs cannot have moved. Those that name measures or parties are made anew
        where names have changed.
        """
        fields = differing_fields(self.package, package)
        moved = affected_by(fields)
        new = Evaluation(package)
        if self.waived != new.waived:
            moved |= affected_by(frozenset(self.waived.keys() ^ new.waived.keys()))
            moved |= {check_id for check_id, reason in new.waived.items() if self.waived.get(check_id) != reason}
        new.draft.keep_facts(self.draft, fields)
        renamed = not NAMING.isdisjoint(fields)
        new._judgements = {
            check_id: judgement
            for check_id, judgement in self._judgements.items()
            if check_id not in moved and not (renamed and _has_words(judgement.because))
        }
        return new

    def _judge(self, check: Check) -> Judgement:
        if check.id in self.waived:
            return Judgement(NOT_APPLICABLE, Text(WAIVED, reason=self.waived[check.id]), ("/not_applicable",))
        if check.applies is not None and not check.applies.test(self.draft):
            return Judgement(NOT_APPLICABLE, Text(check.applies.why))
        if check.needs_phase and self.draft.phase is None:
            return NO_PHASE
        return check.judge(self.draft)


def _has_words(text: Text) -> bool:
    """Whether words stand in a text that are the draft's own, as names are."""
    return any(isinstance(each, str | Text) for each in text.arguments.values())


@lru_cache(maxsize=4096)
def affected_by(fields: frozenset[str]) -> frozenset[str]:
    """Ids of the checks whose judgement a change of these fields can move, checks that build on them included.

    Ids of checks may be among the fields: they and what builds on them are moved.
    """
    moved: set[str] = {field for field in fields if field in rubric().checks}
    checks = rubric().checks.values()
    while True:
        more = {c.id for c in checks if c.id not in moved and any(_touches(r, fields, moved) for r in c.reads)}
        if not more:
            return frozenset(moved)
        moved |= more


def _touches(read: str, fields: frozenset[str], moved: set[str]) -> bool:
    if read in moved:
        return True
    return any(f == read or f.startswith(f"{read}.") or read.startswith(f"{f}.") for f in fields)
