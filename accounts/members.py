"""What is done with a workspace and its members. A workspace always has an owner."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from accounts.models import Membership, User, Workspace
from accounts.rules import is_owner

OWNER = Membership.Role.OWNER


class LastOwnerError(Exception):
    """The workspace would be left without an owner."""


@transaction.atomic
def create_workspace(name: str, *, by: User, kind: str = Workspace.Kind.MEDIATION_TEAM) -> Workspace:
    """A new workspace, owned by ``by`` and chosen as the one that they work in."""
    workspace = Workspace.objects.create(name=name, kind=kind)
    Membership.objects.create(user=by, workspace=workspace, role=OWNER)
    by.forget_memberships()
    choose_workspace(workspace, by=by)
    audit.record("accounts.workspace_created", by=by, workspace=workspace, about=workspace)
    return workspace


def choose_workspace(workspace: Workspace, *, by: User) -> None:
    """``by`` works in this workspace from now on. Raises ``PermissionDenied`` if they are not a member."""
    if workspace.pk not in by.roles:
        raise PermissionDenied
    by.chosen_workspace = workspace
    by.save(update_fields=["chosen_workspace"])
    by.forget_memberships()


@transaction.atomic
def change_settings(
    workspace: Workspace, *, by: User, name: str, kind: str, second_factor_for: Collection[str], keep_deleted_days: int
) -> Workspace:
    """Name, kind, who needs a second step at sign-in, how long deleted proposals are kept.

    Raises ``PermissionDenied`` if ``by`` does not own the workspace.
    """
    locked = _owned(workspace, by)
    new = {
        "name": name,
        "kind": kind,
        "second_factor_for": sorted(second_factor_for),
        "keep_deleted_days": keep_deleted_days,
    }
    changed = [field for field, value in new.items() if getattr(locked, field) != value]
    for field in changed:
        setattr(locked, field, new[field])
    if changed:
        locked.save(update_fields=changed)
        audit.record("accounts.settings_changed", by=by, workspace=locked, about=locked, fields=", ".join(changed))
    return locked


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: User) -> None:
    """Raises ``PermissionDenied`` if ``by`` does not own the workspace, ``LastOwnerError``."""
    current = _of_owned_workspace(membership, by)
    if current.role == role:
        return
    _keep_an_owner(current)
    audit.record(
        "accounts.role_changed",
        by=by,
        workspace=current.workspace,
        about=current.user,
        before=current.role,
        after=role,
    )
    current.role = role
    current.save(update_fields=["role"])
    by.forget_memberships()


@transaction.atomic
def transfer_ownership(membership: Membership, *, by: User) -> None:
    """The member owns the workspace from now on, and ``by`` drafts in it.

    Raises ``PermissionDenied`` if ``by`` does not own the workspace or the member is ``by``.
    """
    if membership.user_id == by.pk:
        raise PermissionDenied
    change_role(membership, OWNER, by=by)
    change_role(by.memberships.get(workspace=membership.workspace_id), Membership.Role.DRAFTER, by=by)


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """The person is no longer a member; what they made stays with the workspace.

    Raises ``PermissionDenied`` if ``by`` does not own the workspace, ``LastOwnerError``.
    """
    current = _of_owned_workspace(membership, by)
    _keep_an_owner(current)
    audit.record("accounts.member_removed", by=by, workspace=current.workspace, about=current.user)
    current.delete()
    by.forget_memberships()


@transaction.atomic
def leave(workspace: Workspace, *, by: User) -> None:
    """``by`` is no longer a member. Raises ``PermissionDenied`` if they were none, ``LastOwnerError``."""
    locked = Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    membership = locked.memberships.filter(user=by).first()
    if membership is None:
        raise PermissionDenied
    _keep_an_owner(membership)
    audit.record("accounts.left", by=by, workspace=locked, about=by)
    membership.delete()
    by.forget_memberships()


def _owned(workspace: Workspace, by: User) -> Workspace:
    """The workspace, locked: of two owners who demote each other at once, the second is refused."""
    locked = Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    by.forget_memberships()
    if not is_owner(by, locked):
        raise PermissionDenied
    return locked


def _of_owned_workspace(membership: Membership, by: User) -> Membership:
    """The membership as it is now, its workspace locked. Raises ``Membership.DoesNotExist`` if it has ended."""
    workspace = _owned(membership.workspace, by)
    return Membership.objects.select_related("user", "workspace").get(pk=membership.pk, workspace=workspace)


def _keep_an_owner(without: Membership) -> None:
    others = Membership.objects.filter(workspace=without.workspace_id, role=OWNER).exclude(pk=without.pk)
    if without.role == OWNER and not others.exists():
        raise LastOwnerError
