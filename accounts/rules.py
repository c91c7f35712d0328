"""Who may do what in a workspace, as predicates over a workspace or anything that belongs to one."""

from __future__ import annotations

import uuid
from typing import Protocol

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from rules.predicates import predicate

from accounts.models import Membership, User, Workspace

DRAFTING = frozenset({Membership.Role.OWNER, Membership.Role.DRAFTER})


class InWorkspace(Protocol):
    """Something that belongs to a workspace."""

    workspace_id: uuid.UUID


@predicate  # type: ignore[untyped-decorator]
def is_member(user: User, where: Workspace | InWorkspace) -> bool:
    """The person has any role in the workspace."""
    return _workspace_id(where) in user.roles


@predicate  # type: ignore[untyped-decorator]
def is_owner(user: User, where: Workspace | InWorkspace) -> bool:
    """The person owns the workspace."""
    return user.roles.get(_workspace_id(where)) == Membership.Role.OWNER


@predicate  # type: ignore[untyped-decorator]
def is_drafter(user: User, where: Workspace | InWorkspace) -> bool:
    """The person drafts in the workspace: owners and drafters do."""
    return user.roles.get(_workspace_id(where)) in DRAFTING


def drafts_somewhere(who: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether somebody drafts in any workspace; a visitor without an account does not."""
    return isinstance(who, User) and any(role in DRAFTING for role in who.roles.values())


def _workspace_id(where: Workspace | InWorkspace) -> uuid.UUID:
    return where.pk if isinstance(where, Workspace) else where.workspace_id
