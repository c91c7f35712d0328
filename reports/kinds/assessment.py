"""The full assessment of a revision, as a kind of report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.engine.rubric import VERSION
from proposals.models import Revision
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.composing.told import Told
from reports.kinds.revisions import RevisionKind
from reports.model import ReportModel
from reports.models import Report


def of(revision: Revision) -> dict[str, Any]:
    """The fields of a report of this revision."""
    return {"kind": Report.Kind.ASSESSMENT, "revision": revision, "rubric_version": VERSION}


class AssessmentKind(RevisionKind):
    """Everything that is said of the draft."""

    heading = gettext_lazy("Full assessment of revision %(number)s")

    def compose(self, collected: Told, around: Circumstances) -> ReportModel:
        return compose(collected.document, collected.scorecard, around, _)
