"""Who may do what with a proposal, as permissions of django-rules."""

from __future__ import annotations

from typing import Literal

from rules.permissions import add_perm

from accounts.models import User, Workspace
from accounts.rules import is_drafter, is_member
from proposals.models import Proposal

Right = Literal["read", "edit", "delete", "read_confidential"]

PERMISSIONS: dict[Right, str] = {
    "read": "proposals.view_proposal",
    "edit": "proposals.change_proposal",
    "delete": "proposals.delete_proposal",
    "read_confidential": "proposals.read_confidential",
}

add_perm("proposals.add_proposal", is_drafter)
add_perm("proposals.view_proposal", is_member)
add_perm("proposals.change_proposal", is_drafter)
add_perm("proposals.delete_proposal", is_drafter)
add_perm("proposals.read_confidential", is_drafter)


def may(user: User, right: Right, proposal: Proposal) -> bool:
    """Whether ``user`` may do ``right`` with ``proposal``."""
    return user.has_perm(PERMISSIONS[right], proposal)


def may_start_in(user: User, workspace: Workspace) -> bool:
    """Whether ``user`` may start a proposal in ``workspace``."""
    return user.has_perm("proposals.add_proposal", workspace)
