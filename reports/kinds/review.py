"""The review letter, as a kind of report. It keeps the comments as they were when it was asked for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.package.drafts import read_draft
from proposals.models import Comment
from proposals.sharing.places import Places
from proposals.sharing.threads import threads_for
from reports.composing.circumstances import Circumstances
from reports.composing.review import compose_review
from reports.composing.told import Told
from reports.kinds.revisions import RevisionKind, is_for_parties, revision_of
from reports.model import ReportModel
from reports.models import Report


class ReviewKind(RevisionKind):
    """A letter to the drafters. What people said of the draft among themselves is not for the parties, names or no names:
    a remark on one of them, or what a guest of one side wrote, would reach the other."""

    heading = gettext_lazy("Review letter on revision %(number)s")

    def keep(self, report: Report) -> dict[str, Any] | None:
        if is_for_parties(report):
            return None
        threads = threads_for(report.requested_by, revision_of(report).proposal, _places(report))
        return {
            "comments": [
                {**_kept(each.comment), "answers": [_kept(answer.comment) for answer in each.answers]}
                for each in threads
            ]
        }

    def collect(self, report: Report) -> tuple[Told, list[dict[str, Any]]]:  # type: ignore[override]
        kept = [] if is_for_parties(report) or report.content is None else report.content["comments"]
        places = _places(report)
        comments = [{**each, "where": places.told(each["address"]).label} for each in kept]
        return super().collect(report), comments

    def compose(self, collected: tuple[Told, list[dict[str, Any]]], around: Circumstances) -> ReportModel:
        told, comments = collected
        return compose_review(told, comments, around, _)


def _places(report: Report) -> Places:
    draft = revision_of(report).document
    return Places(draft, read_draft(draft).package, whole=True)


def _kept(comment: Comment) -> dict[str, Any]:
    return {
        "address": comment.address,
        "by": comment.by,
        "at": comment.created_at.strftime("%Y-%m-%d"),
        "text": comment.text,
        "is_settled": comment.resolved_at is not None,
    }
