"""Who may do what with a proposal, as permissions of django-rules."""

from __future__ import annotations

from typing import Literal

from rules.permissions import add_perm
from rules.predicates import predicate

from accounts.models import User, Workspace
from accounts.rules import is_drafter, is_member
from proposals.models import Proposal, Share
from proposals.sharing.held import share_held

Right = Literal["read", "edit", "delete", "read_confidential", "share"]

PERMISSIONS: dict[Right, str] = {
    "read": "proposals.view_proposal",
    "edit": "proposals.change_proposal",
    "delete": "proposals.delete_proposal",
    "read_confidential": "proposals.read_confidential",
    "share": "proposals.share_proposal",
}


@predicate  # type: ignore[untyped-decorator]
def is_let_in(user: User, proposal: Proposal) -> bool:
    """The drafters have opened the confidential parts to the person's role."""
    return user.roles.get(proposal.workspace_id) in proposal.confidential_open_to


@predicate  # type: ignore[untyped-decorator]
def has_share(user: User, proposal: Proposal) -> bool:
    """The proposal is shared with the person by name."""
    return share_held(user, proposal.pk) is not None


@predicate  # type: ignore[untyped-decorator]
def is_co_drafter(user: User, proposal: Proposal) -> bool:
    """The proposal is shared with the person so that they draft it too."""
    share = share_held(user, proposal.pk)
    return share is not None and share.kind == Share.Kind.CO_DRAFTER


@predicate  # type: ignore[untyped-decorator]
def is_shown_all(user: User, proposal: Proposal) -> bool:
    """The proposal is shared with the person, its confidential parts included."""
    share = share_held(user, proposal.pk)
    return share is not None and (share.kind == Share.Kind.CO_DRAFTER or share.reads_confidential)


reads_confidential = is_drafter | is_let_in | is_shown_all

add_perm("proposals.add_proposal", is_drafter)
add_perm("proposals.view_proposal", is_member | has_share)
add_perm("proposals.change_proposal", is_drafter | is_co_drafter)
add_perm("proposals.share_proposal", is_drafter)
add_perm("proposals.delete_proposal", is_drafter)
add_perm("proposals.read_confidential", reads_confidential)


def may(user: User, right: Right, proposal: Proposal) -> bool:
    """Whether ``user`` may do ``right`` with ``proposal``."""
    return user.has_perm(PERMISSIONS[right], proposal)


def may_start_in(user: User, workspace: Workspace) -> bool:
    """Whether ``user`` may start a proposal in ``workspace``."""
    return user.has_perm("proposals.add_proposal", workspace)
