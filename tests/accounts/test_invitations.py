"""Invitations: one person, once, for a time."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import invitations
from accounts.invitations import AlreadyMemberError, InvitationNotValidError
from accounts.models import AuditEntry, Invitation, Membership, User, Workspace
from tests.personas import Person

Role = Membership.Role
EMAIL = "new@example.org"


def invited(owner: Person, workspace: Workspace, email: str = EMAIL, role: str = Role.REVIEWER) -> str:
    assert owner.user is not None
    return invitations.invite(workspace, email, role, by=owner.user)[1]


def test_the_invited_person_joins_with_the_role_and_works_there(owner: Person, workspace: Workspace) -> None:
    token = invited(owner, workspace)
    newcomer = User.objects.create_user("New@Example.org")
    assert invitations.pending(token).workspace == workspace
    membership = invitations.accept(token, by=newcomer)
    assert (membership.role, newcomer.workspace) == (Role.REVIEWER, workspace)
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == ["accounts.invited", "accounts.joined"]


def test_only_the_digest_of_the_token_is_kept(owner: Person, workspace: Workspace) -> None:
    token = invited(owner, workspace)
    assert token not in str(Invitation.objects.values().get())


def test_a_link_works_once(owner: Person, workspace: Workspace) -> None:
    token = invited(owner, workspace)
    newcomer = User.objects.create_user(EMAIL)
    invitations.accept(token, by=newcomer)
    with pytest.raises(InvitationNotValidError):
        invitations.accept(token, by=newcomer)
    with pytest.raises(InvitationNotValidError):
        invitations.pending(token)


def test_a_link_is_for_the_invited_address_only(owner: Person, workspace: Workspace, outsider: Person) -> None:
    assert outsider.user is not None
    token = invited(owner, workspace)
    with pytest.raises(InvitationNotValidError):
        invitations.accept(token, by=outsider.user)
    assert workspace.pk not in User.objects.get(pk=outsider.user.pk).roles


def test_a_link_ends_when_it_is_too_old_or_withdrawn_or_replaced(owner: Person, workspace: Workspace) -> None:
    assert owner.user is not None
    old = invited(owner, workspace)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    replaced = invited(owner, workspace)
    withdrawn = invited(owner, workspace)
    invitations.withdraw(invitations.pending(withdrawn), by=owner.user)
    for token in (old, replaced, withdrawn, "never-issued"):
        with pytest.raises(InvitationNotValidError):
            invitations.pending(token)


def test_only_owners_invite_and_withdraw(owner: Person, mediator: Person, workspace: Workspace) -> None:
    assert mediator.user is not None
    with pytest.raises(PermissionDenied):
        invitations.invite(workspace, EMAIL, Role.OBSERVER, by=mediator.user)
    invited(owner, workspace)
    with pytest.raises(PermissionDenied):
        invitations.withdraw(Invitation.objects.get(), by=mediator.user)


def test_members_are_not_invited_again(owner: Person, mediator: Person, workspace: Workspace) -> None:
    assert mediator.user is not None
    with pytest.raises(AlreadyMemberError):
        invited(owner, workspace, mediator.user.email.upper())


@pytest.mark.usefixtures("db")
def test_the_operator_founds_a_workspace_and_gets_the_link_for_its_first_owner() -> None:
    said = StringIO()
    call_command("create_workspace", "First team", "--owner", EMAIL, "--kind", "support_unit", stdout=said)
    token = said.getvalue().strip().rstrip("/").rpartition("/")[2]
    newcomer = User.objects.create_user(EMAIL)
    membership = invitations.accept(token, by=newcomer)
    assert (membership.role, membership.workspace.kind) == (Role.OWNER, "support_unit")


@pytest.mark.usefixtures("db")
def test_the_operator_is_told_of_an_address_that_is_none() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("create_workspace", "First team", "--owner", "nobody")
