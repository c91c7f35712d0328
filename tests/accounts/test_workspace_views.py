"""Pages of a workspace."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts import members
from accounts.models import Invitation, Membership, User, Workspace
from proposals.examples import set_up_demonstration
from tests.personas import Person, person_in
from tests.running import free_port

Role = Membership.Role
PAGE = reverse("accounts:workspace")


def text(response: Any) -> str:
    return str(response.content.decode())


def test_members_see_who_is_in_and_owners_how_to_change_it(owner: Person, observer: Person) -> None:
    assert "owner@example.org" in text(observer.client.get(PAGE))
    assert "Send the invitation" not in text(observer.client.get(PAGE))
    assert "Send the invitation" in text(owner.client.get(PAGE))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_many_members(
    count: int, owner: Person, workspace: Workspace, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        person_in(workspace, f"member{number}", Role.OBSERVER)
    with django_assert_num_queries(10):
        owner.client.get(PAGE)


def test_an_owner_invites_and_withdraws(owner: Person, workspace: Workspace) -> None:
    form = {"email": "new@example.org", "role": Role.DRAFTER}
    assert "on its way to new@example.org" in text(owner.client.post(reverse("accounts:invite"), form, follow=True))
    assert "new@example.org" in text(owner.client.get(PAGE))
    invitation = Invitation.objects.get()
    owner.client.post(reverse("accounts:withdraw_invitation", args=[invitation.pk]))
    assert "new@example.org" not in text(owner.client.get(PAGE))


def test_a_wrong_invitation_keeps_what_was_typed(owner: Person, mediator: Person) -> None:
    response = owner.client.post(reverse("accounts:invite"), {"email": "no address", "role": Role.DRAFTER})
    assert response.status_code == 422
    assert 'value="no address"' in text(response)
    assert mediator.user is not None
    response = owner.client.post(reverse("accounts:invite"), {"email": mediator.user.email, "role": Role.DRAFTER})
    assert "This person is a member already." in text(response)


def test_the_invitation_goes_out_with_its_link(owner: Person, mailoutbox: list[EmailMessage]) -> None:
    owner.client.post(reverse("accounts:invite"), {"email": "new@example.org", "role": Role.DRAFTER})
    [letter] = mailoutbox
    assert letter.to == ["new@example.org"]
    assert "/invitations/" in letter.body


def test_when_the_mail_cannot_be_sent_nobody_is_invited_and_what_was_typed_stays(owner: Person, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", free_port()
    response = owner.client.post(reverse("accounts:invite"), {"email": "new@example.org", "role": Role.DRAFTER})
    assert response.status_code == 422
    assert "could not be sent" in text(response)
    assert 'value="new@example.org"' in text(response)
    assert not Invitation.objects.exists()


def test_roles_are_changed_on_the_page(owner: Person, observer: Person) -> None:
    pk = Membership.objects.get(user=observer.user).pk
    owner.client.post(reverse("accounts:change_role", args=[pk]), {"role": Role.TRAINER})
    assert Membership.objects.get(pk=pk).role == Role.TRAINER
    said = text(owner.client.post(reverse("accounts:change_role", args=[pk]), {"role": "king"}, follow=True))
    assert "There is no such role" in said


def test_the_last_owner_is_told_what_to_do_first(owner: Person) -> None:
    pk = Membership.objects.get(user=owner.user).pk
    change = owner.client.post(reverse("accounts:change_role", args=[pk]), {"role": Role.DRAFTER}, follow=True)
    leave = owner.client.post(reverse("accounts:leave"), follow=True)
    for response in (change, leave):
        assert "A workspace needs an owner" in text(response)


def test_settings_are_shown_and_changed(owner: Person, workspace: Workspace) -> None:
    address = reverse("accounts:workspace_settings")
    assert 'value="30"' in text(owner.client.get(address))
    form = {"name": "New name", "kind": "support_unit", "second_factor_for": ["observer"], "keep_deleted_days": "7"}
    assert owner.client.post(address, form).status_code == 302
    workspace.refresh_from_db()
    assert (workspace.name, workspace.second_factor_for, workspace.keep_deleted_days) == ("New name", ["observer"], 7)
    wrong = owner.client.post(address, {**form, "keep_deleted_days": "0"})
    assert wrong.status_code == 422
    assert 'value="New name"' in text(wrong)


def test_lists_show_the_workspace_that_the_person_works_in(mediator: Person, revision: Any) -> None:
    assert mediator.user is not None
    title = revision.proposal.title
    assert title in text(mediator.client.get(reverse("proposals:list")))
    second = members.create_workspace("Second team", by=User.objects.get(pk=mediator.user.pk))
    assert title not in text(mediator.client.get(reverse("proposals:list")))
    form = {"workspace": str(revision.proposal.workspace_id)}
    assert "Second team" in text(mediator.client.post(reverse("accounts:choose_workspace"), form, follow=True))
    assert title in text(mediator.client.get(reverse("proposals:list")))
    assert second.pk != revision.proposal.workspace_id


def test_a_newcomer_without_a_workspace_is_told_what_to_do(participant: Person) -> None:
    assert participant.client.get(reverse("home")).status_code == 200
    assert participant.client.get(PAGE).status_code == 404


@pytest.fixture
def demonstrated(db: None, settings: Any) -> Client:
    """A visitor of the demonstration, as its mediator."""
    settings.EMBEDDED = True
    client = Client()
    client.force_login(set_up_demonstration()[0])
    return client


@pytest.mark.parametrize("role", Role.values)
def test_the_demonstration_is_seen_as_each_role(demonstrated: Client, role: str) -> None:
    assert "See this demonstration as" in text(demonstrated.get(reverse("home")))
    response = demonstrated.post(reverse("accounts:see_as"), {"role": role}, follow=True)
    person = response.wsgi_request.user
    assert isinstance(person, User)
    assert list(person.roles.values()) == [role]


def test_a_policy_of_second_steps_does_not_lock_the_demonstration(demonstrated: Client) -> None:
    Workspace.objects.update(second_factor_for=[Role.REVIEWER])
    for role in (Role.REVIEWER, Role.OWNER, Role.REVIEWER):
        response = demonstrated.post(reverse("accounts:see_as"), {"role": role}, follow=True)
        assert response.redirect_chain == [(reverse("home"), 302)]


def test_a_role_that_is_none_is_not_found(demonstrated: Client) -> None:
    assert demonstrated.post(reverse("accounts:see_as"), {"role": "king"}).status_code == 404


def test_nobody_becomes_another_outside_the_demonstration(mediator: Person, settings: Any, db: None) -> None:
    settings.EMBEDDED = True
    set_up_demonstration()
    assert mediator.client.post(reverse("accounts:see_as"), {"role": "owner"}).status_code == 404
    assert "See this demonstration as" not in text(mediator.client.get(reverse("home")))
