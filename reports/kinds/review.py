"""The review letter, as a kind of report. It keeps the comments as they were when it was asked for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.composing.circumstances import Circumstances
from reports.composing.review import compose_review
from reports.composing.told import Told
from reports.kinds.remarks import keep_comments, kept_comments
from reports.kinds.revisions import RevisionKind
from reports.model import ReportModel
from reports.models import Report


class ReviewKind(RevisionKind):
    """A letter to the drafters."""

    heading = gettext_lazy("Review letter on revision %(number)s")

    def keep(self, report: Report) -> dict[str, Any] | None:
        return keep_comments(report)

    def collect(self, report: Report) -> tuple[Told, list[dict[str, Any]]]:  # type: ignore[override]
        return super().collect(report), kept_comments(report)

    def compose(self, collected: tuple[Told, list[dict[str, Any]]], around: Circumstances) -> ReportModel:
        told, comments = collected
        return compose_review(told, comments, around, _)
