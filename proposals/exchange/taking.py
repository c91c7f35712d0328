"""Which proposals a person takes along, and their documents, read a few at a time while they are sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from accounts import walls
from accounts.models import User, Workspace
from proposals.exchange.documents import exported
from proposals.exchange.packing import Leaving
from proposals.models import ProposalQuerySet, Revision

AT_ONCE: Final = 50
"""Documents held in memory."""


class Taken(NamedTuple):
    """The newest revision of a proposal as the person may take it along."""

    revision: int
    workspace: Workspace
    whole: bool


def taken_by(person: User, proposals: ProposalQuerySet) -> list[Taken]:
    """The newest revisions of ``proposals``, which are scoped to the person already, in their order; four queries."""
    order = list(proposals.values_list("pk", flat=True))
    newest = (
        Revision.objects.visible_to(person)
        .filter(proposal__in=order)
        .order_by("proposal_id", "-number")
        .distinct("proposal_id")
        .values_list("proposal_id", "pk", "workspace_id")
    )
    found = {proposal: (pk, workspace) for proposal, pk, workspace in newest}
    whole = set(proposals.confidential_to(person).values_list("pk", flat=True))
    workspaces = Workspace.objects.in_bulk({workspace for _, workspace in found.values()})
    return [Taken(found[pk][0], workspaces[found[pk][1]], pk in whole) for pk in order if pk in found]


def leaving(taken: Sequence[Taken]) -> Iterator[Leaving]:
    """Their documents. Runs while the answer is sent, after the walls of the request: so it opens those it needs."""
    with walls.open_to({each.workspace.pk for each in taken}):
        for start in range(0, len(taken), AT_ONCE):
            some = taken[start : start + AT_ONCE]
            revisions = (
                Revision.objects.filter(pk__in=[each.revision for each in some], proposal__deleted_at=None)
                .select_related("proposal")
                .in_bulk()
            )
            for each in some:
                if revision := revisions.get(each.revision):
                    content = exported(revision.document, whole=each.whole)
                    yield Leaving(revision.proposal.title, revision.number, content)
