"""Comments as pages show them: each with its place, its answers, and what the reader may do with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from accounts.models import User
from proposals.models import Comment, GuestLink, Proposal
from proposals.rules import may
from proposals.sharing.comments import may_remove, may_settle
from proposals.sharing.places import Places, PlaceTold, is_confidential


class Said(NamedTuple):
    """A comment or an answer."""

    comment: Comment
    may_remove: bool


class Thread(NamedTuple):
    """A comment with its answers."""

    comment: Comment
    place: PlaceTold
    answers: list[Said]
    may_settle: bool
    may_remove: bool

    @property
    def newest(self) -> datetime:
        """When it last went on."""
        return max(said.created_at for said in (self.comment, *(each.comment for each in self.answers)))


def comments_shown_to(user: User, proposal: Proposal) -> QuerySet[Comment]:
    """All comments on a proposal but those on confidential parts that are closed to ``user``."""
    comments = Comment.objects.filter(proposal=proposal)
    if may(user, "read_confidential", proposal):
        return comments
    hidden = [each for each in set(comments.values_list("address", flat=True)) if is_confidential(each)]
    return comments.exclude(address__in=hidden)


def threads_for(user: User, proposal: Proposal, places: Places) -> list[Thread]:
    """The threads that ``user`` may read, those on the same place together, in the order of the draft."""
    rows = comments_shown_to(user, proposal).select_related("author", "resolved_by", "link")
    threads = [
        Thread(
            comment,
            places.told(comment.address),
            [Said(each, may_remove(user, each, proposal)) for each in answers],
            may_settle(user, comment, proposal),
            may_remove(user, comment, proposal),
        )
        for comment, answers in _grouped(rows)
    ]
    order = [at for at, _ in places.choices()]
    return sorted(threads, key=lambda each: _rank(order, each.comment.address))


def threads_of_guest(link: GuestLink, places: Places) -> list[Thread]:
    """What came by a link, and the answers to it. No table of the workspace is joined: a guest sees none of it."""
    own = Comment.objects.filter(proposal=link.proposal_id, link=link.pk).select_related("author")
    answers = Comment.objects.filter(proposal=link.proposal_id, parent__in=own.values("pk")).select_related("author")
    return [
        Thread(comment, places.told(comment.address), [Said(each, False) for each in below], False, False)
        for comment, below in _grouped([*own, *answers])
    ]


def _grouped(rows: Iterable[Comment]) -> list[tuple[Comment, list[Comment]]]:
    """First comments with their answers; what was taken away is left out unless it has an answer."""
    firsts, answers = [], defaultdict(list)
    for row in rows:
        if row.parent_id is None:
            firsts.append(row)
        elif row.removed_at is None:
            answers[row.parent_id].append(row)
    return [(row, answers[row.pk]) for row in firsts if row.removed_at is None or answers[row.pk]]


def _rank(order: list[str], at: str) -> int:
    """Where the place stands; a field of a measure with its measure, everything else after the measures."""
    ranks = [n for n, each in enumerate(order) if at == each or (each and at.startswith(f"{each}/"))]
    return ranks[0] if ranks else len(order)
