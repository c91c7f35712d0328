"""The brief for principals, as a kind of report."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.composing.brief import compose_brief
from reports.composing.circumstances import Circumstances
from reports.composing.told import Told
from reports.kinds.revisions import RevisionKind
from reports.model import ReportModel


class BriefKind(RevisionKind):
    """Two pages for those who decide."""

    takes_party = True
    heading = gettext_lazy("Brief on revision %(number)s")

    def compose(self, collected: Told, around: Circumstances) -> ReportModel:
        return compose_brief(collected, around, _)
