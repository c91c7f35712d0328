"""The full assessment of a revision, as a kind of report."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.engine import assess
from assessments.engine.rubric import VERSION
from assessments.package import canonical_document
from assessments.package.drafts import read_draft
from proposals.models import Revision
from proposals.rules import may
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.model import ReportModel
from reports.models import Report
from reports.telling import About


def of(revision: Revision) -> dict[str, Any]:
    """The fields of a report of this revision."""
    return {"kind": Report.Kind.ASSESSMENT, "revision": revision, "rubric_version": VERSION}


class AssessmentKind:
    """Who may read the whole package may have its report."""

    is_personal = False

    def may_open(self, user: User, report: Report) -> bool:
        return bool(may(user, "read_confidential", _revision(report).proposal))

    def hold(self, report: Report) -> None:
        """Raises ``PermissionDenied`` if the proposal went to another workspace since it was fetched."""
        as_fetched = Revision.objects.filter(pk=_revision(report).pk, workspace=report.workspace_id)
        if not as_fetched.select_for_update(no_key=True).exists():
            raise PermissionDenied

    def about(self, report: Report) -> About:
        revision = _revision(report)
        return About(
            title=revision.proposal.title,
            number=str(revision.number),
            note=_("Revision %(number)s") % {"number": revision.number},
            heading=_("Full assessment of revision %(number)s") % {"number": revision.number},
            address=reverse("proposals:proposal", args=[revision.proposal_id]),
            way=_("Back to the scorecard"),
        )

    def audited(self, report: Report) -> tuple[str, dict[str, str | int]]:
        revision = _revision(report)
        return "", {"proposal": str(revision.proposal_id), "revision": revision.number}

    def collect(self, report: Report) -> tuple[dict[str, Any], dict[str, Any]]:
        """The canonical document and its scorecard."""
        package = read_draft(_revision(report).document).package
        return canonical_document(package), assess(package).as_dict(_)

    def compose(self, collected: tuple[dict[str, Any], dict[str, Any]], around: Circumstances) -> ReportModel:
        return compose(*collected, around, _)


def _revision(report: Report) -> Revision:
    assert report.revision is not None, "The database holds a report of this kind to a revision."
    return report.revision
