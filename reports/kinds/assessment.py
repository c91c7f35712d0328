"""The full assessment of a revision, as a kind of report."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.engine.rubric import VERSION
from assessments.package.drafts import read_draft
from assessments.presentation.package_view import sentence
from proposals.advising.placing import told as told_problems
from proposals.models import Revision
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.composing.told import Told
from reports.kinds.remarks import keep_comments, kept_comments
from reports.kinds.revisions import RevisionKind, is_for_parties, revision_of
from reports.model import ReportModel
from reports.models import Report


def of(revision: Revision) -> dict[str, Any]:
    """The fields of a report of this revision."""
    return {"kind": Report.Kind.ASSESSMENT, "revision": revision, "rubric_version": VERSION}


class Collected(NamedTuple):
    """``left_out``: places and reasons of what cannot be read of a draft."""

    told: Told
    comments: list[dict[str, Any]]
    left_out: list[tuple[str, str]]


class AssessmentKind(RevisionKind):
    """Everything that is said of the draft."""

    heading = gettext_lazy("Full assessment of revision %(number)s")

    def keep(self, report: Report) -> dict[str, Any] | None:
        return keep_comments(report)

    def collect(self, report: Report) -> Collected:  # type: ignore[override]
        """For us alone also the comments, and what a half-filled draft says that cannot be read."""
        left_out = [] if is_for_parties(report) else _left_out(revision_of(report).document)
        return Collected(super().collect(report), kept_comments(report), left_out)

    def compose(self, collected: Collected, around: Circumstances) -> ReportModel:
        told, comments, left_out = collected
        return compose(told.document, told.scorecard, around, _, comments=comments, left_out=left_out)


def _left_out(draft: dict[str, Any]) -> list[tuple[str, str]]:
    problems = told_problems(draft, read_draft(draft).problems, lambda _address: "")
    return [(sentence(problem.place.label), problem.message) for problem in problems]
