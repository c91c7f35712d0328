"""The draft text of a package as an agreement, as a kind of report."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.composing.annex import compose_annex
from reports.composing.circumstances import Circumstances
from reports.composing.told import Told
from reports.kinds.revisions import RevisionKind
from reports.model import ReportModel


class AnnexKind(RevisionKind):
    """The text that goes to the table."""

    takes_party = True
    heading = gettext_lazy("Draft text of revision %(number)s")

    def compose(self, collected: Told, around: Circumstances) -> ReportModel:
        return compose_annex(collected, around, _)
