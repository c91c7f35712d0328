"""Members of a workspace: roles, removal, leaving, handing over; never without an owner."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts import members
from accounts.models import AuditEntry, Membership, User, Workspace
from proposals.models import Proposal, Revision
from tests.personas import Person, person_in

Role = Membership.Role


def of(person: Person) -> Membership:
    return Membership.objects.get(user=person.user)


def user(person: Person) -> User:
    assert person.user is not None
    return User.objects.get(pk=person.user.pk)


def test_whoever_makes_a_workspace_owns_it_and_works_in_it(mediator: Person) -> None:
    made = members.create_workspace("Second team", by=user(mediator), kind=Workspace.Kind.SUPPORT_UNIT)
    assert user(mediator).workspace == made
    assert user(mediator).roles[made.pk] == Role.OWNER
    assert AuditEntry.objects.get(workspace=made).verb == "accounts.workspace_created"


def test_a_person_works_in_the_first_workspace_until_they_choose_another(
    mediator: Person, workspace: Workspace
) -> None:
    assert user(mediator).workspace == workspace
    second = members.create_workspace("Second team", by=user(mediator))
    members.choose_workspace(workspace, by=user(mediator))
    assert user(mediator).workspace == workspace
    members.choose_workspace(second, by=user(mediator))
    assert user(mediator).workspace == second


def test_nobody_chooses_a_workspace_that_they_are_not_in(mediator: Person, other_workspace: Workspace) -> None:
    with pytest.raises(PermissionDenied):
        members.choose_workspace(other_workspace, by=user(mediator))


def test_an_owner_changes_roles_and_it_is_written_down(owner: Person, observer: Person) -> None:
    members.change_role(of(observer), Role.REVIEWER, by=user(owner))
    assert of(observer).role == Role.REVIEWER
    entry = AuditEntry.objects.get(verb="accounts.role_changed")
    assert (entry.details["before"], entry.details["after"]) == ("observer", "reviewer")
    assert entry.actor == owner.user
    members.change_role(of(observer), Role.REVIEWER, by=user(owner))
    assert AuditEntry.objects.filter(verb="accounts.role_changed").count() == 1


@pytest.mark.parametrize("who", ["mediator", "reviewer", "trainer", "observer", "outsider"])
def test_nobody_else_changes_the_members(who: str, personas: dict[str, Person]) -> None:
    target, by = of(personas["observer"]), user(personas[who])
    acts: list[Callable[[], None]] = [
        lambda: members.change_role(target, Role.OWNER, by=by),
        lambda: members.remove(target, by=by),
        lambda: members.transfer_ownership(target, by=by),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert of(personas["observer"]).role == Role.OBSERVER


def test_the_last_owner_can_neither_step_down_nor_leave_nor_be_removed(owner: Person, workspace: Workspace) -> None:
    acts: list[Callable[[], None]] = [
        lambda: members.change_role(of(owner), Role.DRAFTER, by=user(owner)),
        lambda: members.remove(of(owner), by=user(owner)),
        lambda: members.leave(workspace, by=user(owner)),
    ]
    for act in acts:
        with pytest.raises(members.LastOwnerError):
            act()
    assert of(owner).role == Role.OWNER


def test_ownership_is_handed_over(owner: Person, mediator: Person) -> None:
    members.transfer_ownership(of(mediator), by=user(owner))
    assert (of(mediator).role, of(owner).role) == (Role.OWNER, Role.DRAFTER)
    with pytest.raises(PermissionDenied):
        members.transfer_ownership(of(mediator), by=user(mediator))


def test_what_a_removed_member_made_stays(owner: Person, mediator: Person, revision: Revision) -> None:
    members.remove(of(mediator), by=user(owner))
    assert Proposal.objects.visible_to(user(owner)).get() == revision.proposal
    assert not Proposal.objects.visible_to(user(mediator)).exists()
    assert user(mediator).workspace is None


def test_a_member_leaves(observer: Person, owner: Person, workspace: Workspace) -> None:
    members.leave(workspace, by=user(observer))
    assert user(observer).roles == {}
    with pytest.raises(PermissionDenied):
        members.leave(workspace, by=user(observer))


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_demote_each_other_at_once_one_remains() -> None:
    workspace = Workspace.objects.create(name="Team")
    first = person_in(workspace, "first", Role.OWNER)
    second = person_in(workspace, "second", Role.OWNER)
    together = threading.Barrier(2)
    refused: list[type[Exception]] = []

    def demote(by: Person, target: Person) -> None:
        actor, membership = user(by), of(target)
        together.wait(10)
        try:
            members.change_role(membership, Role.DRAFTER, by=actor)
        except (PermissionDenied, members.LastOwnerError) as error:
            refused.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=demote, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert refused == [PermissionDenied]
    assert workspace.memberships.filter(role=Role.OWNER).count() == 1
