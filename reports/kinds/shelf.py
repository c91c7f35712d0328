"""What somebody has on their shelf, as a kind of report: cases with their own notes.

A report keeps the shelf as it was when it was asked for, with the cases as the library told them: so it can be made
twice and is the same, whatever changes meanwhile.
"""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.keeping.shelf import shelf_of
from cases.keeping.shelf_files import shelf_as_json
from reports.composing.circumstances import Circumstances
from reports.composing.shelf import compose_shelf
from reports.kinds.revisions import ONE_FILE
from reports.model import ReportModel
from reports.models import Report
from reports.telling import About, NothingToTellError

DIGITS: Final = 8


class ShelfKind:
    """A shelf is its owner's alone, and so is its report."""

    formats: tuple[Report.Format, ...] = ONE_FILE
    audiences: tuple[Report.Audience, ...] = (Report.Audience.INTERNAL,)
    takes_party = False
    is_personal = True

    def keep(self, report: Report) -> dict[str, Any] | None:
        shelf = shelf_of(report.requested_by, report.workspace)
        if not shelf:
            raise NothingToTellError(_("Nothing is on your shelf yet, so there is nothing to print."))
        return shelf_as_json(shelf, lambda slug: reverse("cases:case", args=[slug]))

    def may_open(self, user: User, report: Report) -> bool:
        return report.requested_by_id == user.pk and report.workspace_id in user.roles

    def hold(self, report: Report) -> None:
        User.objects.select_for_update(no_key=True).get(pk=report.requested_by_id)

    def about(self, report: Report) -> About:
        title = _("Cases on your shelf")
        return About(
            title=title,
            number=report.fingerprint[:DIGITS],
            note=_("For you alone"),
            heading=_("The cases with your notes, as they were when you asked"),
            address=reverse("cases:shelf"),
            way=_("Back to the shelf"),
        )

    def audited(self, report: Report) -> tuple[str, dict[str, str | int]]:
        return "shelf_", {}

    def collect(self, report: Report) -> dict[str, Any]:
        """The shelf as it was."""
        assert report.content is not None, "The database holds a report of this kind to a content."
        return dict(report.content)

    def compose(self, collected: dict[str, Any], around: Circumstances) -> ReportModel:
        return compose_shelf(collected, around, _)
