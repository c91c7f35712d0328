"""Comments on a draft, kept with a report as they were when it was asked for, so that it can be made twice."""

from __future__ import annotations

from typing import Any

from assessments.package.drafts import read_draft
from proposals.models import Comment
from proposals.sharing.places import Places
from proposals.sharing.threads import threads_for
from reports.kinds.revisions import is_for_parties, revision_of
from reports.models import Report


def keep_comments(report: Report) -> dict[str, Any] | None:
    """The comments that who asks may read, for ``Report.content``; the parties get none.

    What people said of the draft among themselves is not for the parties, names or no names: a remark on one of them, or
    what a guest of one side wrote, would reach the other.
    """
    if is_for_parties(report):
        return None
    proposal = revision_of(report).proposal
    if not proposal.comments.exists():  # then the draft need not be read to ask for a report
        return {"comments": []}
    threads = threads_for(report.requested_by, proposal, _places(report))
    return {
        "comments": [
            {**_kept(each.comment), "answers": [_kept(answer.comment) for answer in each.answers]} for each in threads
        ]
    }


def kept_comments(report: Report) -> list[dict[str, Any]]:
    """The comments that a report keeps, each with ``where`` in words."""
    if is_for_parties(report) or not report.content or not report.content["comments"]:
        return []
    places = _places(report)
    return [{**each, "where": places.told(each["address"]).label} for each in report.content["comments"]]


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
