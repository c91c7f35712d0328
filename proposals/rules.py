"""Who may do what with a proposal, as permissions of django-rules."""

from __future__ import annotations

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rules.permissions import add_perm
from rules.predicates import predicate

from accounts.models import User, Workspace
from accounts.rules import is_drafter, is_member
from proposals.models import Proposal, Share
from proposals.sharing.held import share_held

Right = Literal["read", "edit", "archive", "delete", "read_confidential", "share"]

PERMISSIONS: dict[Right, str] = {
    "read": "proposals.view_proposal",
    "edit": "proposals.change_proposal",
    "archive": "proposals.archive_proposal",
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


@predicate  # type: ignore[untyped-decorator]
def is_live(user: User, proposal: Proposal) -> bool:
    """The proposal is not archived: what is archived can be read and reported, and is put back to be changed."""
    return not proposal.is_archived


reads_confidential = is_drafter | is_let_in | is_shown_all

add_perm("proposals.add_proposal", is_drafter)
add_perm("proposals.view_proposal", is_member | has_share)
add_perm("proposals.change_proposal", (is_drafter | is_co_drafter) & is_live)
add_perm("proposals.archive_proposal", is_drafter)
add_perm("proposals.share_proposal", is_drafter)
add_perm("proposals.delete_proposal", is_drafter)
add_perm("proposals.read_confidential", reads_confidential)


def may(user: User, right: Right, proposal: Proposal) -> bool:
    """Whether ``user`` may do ``right`` with ``proposal``."""
    return user.has_perm(PERMISSIONS[right], proposal)


def require(user: User, right: Right, proposal: Proposal) -> None:
    """Raises ``PermissionDenied`` if ``user`` may not do ``right`` with ``proposal``; says so if putting it back helps."""
    if may(user, right, proposal):
        return
    if right == "edit" and proposal.is_archived and may(user, "archive", proposal):
        raise PermissionDenied(_("The proposal is archived. Put it back on its page, then it can be changed."))
    raise PermissionDenied


def may_start_in(user: User, workspace: Workspace) -> bool:
    """Whether ``user`` may start a proposal in ``workspace``."""
    return user.has_perm("proposals.add_proposal", workspace)
