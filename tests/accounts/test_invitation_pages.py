from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.invitations import invite, withdraw
from accounts.mail import send_invitation
from accounts.models import Invitation, Membership, User, Workspace
from tests.accounts.conftest import Holder
from tests.personas import Person, person_in

PASSWORD = "a sentence for the newcomer only"
NEWCOMER = "newcomer@example.org"


@pytest.fixture
def owner(workspace: Workspace) -> User:
    """Owns the team's workspace."""
    person = person_in(workspace, "owner", Membership.Role.OWNER)
    assert person.user is not None
    return person.user


@pytest.fixture
def invited(workspace: Workspace, owner: User) -> tuple[Invitation, str]:
    """The newcomer is invited to review; the invitation and the path of its link."""
    invitation, token = invite(workspace, NEWCOMER, Membership.Role.REVIEWER, by=owner)
    return invitation, reverse("accounts:invitation", args=[token])


def make_account(client: Client, link: str, **form: str) -> Any:
    """Follows the link and makes an account."""
    client.get(link)
    sent = {"name": "Nadia Newcomer", "password1": PASSWORD, **form}
    return client.post(reverse("account_signup"), sent)


def test_link_says_who_invites_to_what(invited: tuple[Invitation, str], client: Client) -> None:
    page = client.get(invited[1]).content.decode()
    for said in ("Owner", "owner@example.org", "Team A", "Reviewer", NEWCOMER, "Make an account", "Sign in"):
        assert said in page


def test_newcomer_makes_an_account_and_is_in(invited: tuple[Invitation, str], client: Client) -> None:
    assert make_account(client, invited[1]).headers["Location"] == reverse("home")
    newcomer = User.objects.get(email=NEWCOMER)
    assert newcomer.name == "Nadia Newcomer"
    assert newcomer.memberships.get().role == Membership.Role.REVIEWER
    assert EmailAddress.objects.get(user=newcomer).verified
    assert client.get(reverse("home")).status_code == 200
    assert mail.outbox == []


def test_the_address_of_a_new_account_is_the_invited_one(invited: tuple[Invitation, str], client: Client) -> None:
    make_account(client, invited[1], email="somebody-else@example.org")
    assert User.objects.filter(email=NEWCOMER).exists()
    assert not User.objects.filter(email="somebody-else@example.org").exists()


def test_an_address_in_capitals_makes_one_account(workspace: Workspace, owner: User, client: Client) -> None:
    _, token = invite(workspace, "Newcomer@Example.org", Membership.Role.REVIEWER, by=owner)
    make_account(client, reverse("accounts:invitation", args=[token]))
    assert User.objects.get(email=NEWCOMER).memberships.count() == 1


def test_who_has_an_account_is_told_to_sign_in(invited: tuple[Invitation, str], client: Client) -> None:
    User.objects.create_user(NEWCOMER)
    assert "has an account already" in make_account(client, invited[1]).content.decode()
    assert invited[0] in Invitation.objects.open()


def test_invited_person_signs_in_and_accepts(workspace: Workspace, other_workspace: Workspace, holder: Holder) -> None:
    there = person_in(other_workspace, "chief", Membership.Role.OWNER)
    assert there.user is not None
    _, token = invite(other_workspace, holder.user.email, Membership.Role.TRAINER, by=there.user)
    link = reverse("accounts:invitation", args=[token])
    assert link in holder.client.get(link).content.decode()
    assert holder.sign_in(next=link).headers["Location"] == link
    assert "Accept" in holder.client.get(link).content.decode()
    page = holder.client.post(link, follow=True).content.decode()
    assert "You are now a member of Team B" in page
    assert Membership.objects.get(user=holder.user, workspace=other_workspace).role == Membership.Role.TRAINER


def test_looking_at_an_invitation_does_not_accept_it(invited: tuple[Invitation, str]) -> None:
    newcomer = User.objects.create_user(NEWCOMER)
    client = Client()
    client.force_login(newcomer)
    client.get(invited[1])
    assert not newcomer.memberships.exists()


def test_who_is_signed_in_with_another_address_is_told(invited: tuple[Invitation, str], outsider: Person) -> None:
    page = outsider.client.get(invited[1]).content.decode()
    assert "which is another address" in page
    assert "Accept" not in page
    assert outsider.client.post(invited[1]).status_code == 404
    assert invited[0] in Invitation.objects.open()


def test_links_that_do_not_open_anything_show_the_same_page(
    invited: tuple[Invitation, str], owner: User, client: Client
) -> None:
    def page(link: str) -> tuple[int, str]:
        answer = client.get(link)
        return answer.status_code, answer.content.decode()

    unknown = page(reverse("accounts:invitation", args=["no-such-token"]))
    assert unknown[0] == 404
    assert "This invitation is not open" in unknown[1]
    invitation, link = invited
    for change in ({"expires_at": timezone.now() - timedelta(1)}, {"accepted_at": timezone.now()}):
        before = {name: getattr(invitation, name) for name in change}
        Invitation.objects.filter(pk=invitation.pk).update(**change)
        assert page(link) == unknown
        Invitation.objects.filter(pk=invitation.pk).update(**before)
    withdraw(invitation, by=owner)
    assert page(link) == unknown


def test_an_invitation_that_is_withdrawn_meanwhile_makes_no_account(
    invited: tuple[Invitation, str], owner: User, client: Client
) -> None:
    client.get(invited[1])
    withdraw(invited[0], by=owner)
    assert "by invitation" in client.get(reverse("account_signup")).content.decode()
    client.post(reverse("account_signup"), {"name": "Nadia", "password1": PASSWORD})
    assert not User.objects.filter(email=NEWCOMER).exists()


def test_a_used_link_makes_no_second_account(invited: tuple[Invitation, str], client: Client) -> None:
    make_account(client, invited[1])
    assert "by invitation" in make_account(Client(), invited[1]).content.decode()
    assert User.objects.filter(email=NEWCOMER).count() == 1


def test_letter_says_who_invites_to_what_with_the_link(workspace: Workspace, owner: User, settings: Any) -> None:
    settings.ADDRESS = "https://cbm.example.org"
    workspace.name = "Talks & <b>Truce</b>\nBcc: spy@example.org"
    workspace.save()
    invitation, token = invite(workspace, NEWCOMER, Membership.Role.REVIEWER, by=owner)
    send_invitation(invitation, token)
    (letter,) = mail.outbox
    assert letter.to == letter.recipients() == [NEWCOMER]
    assert letter.subject == "Invitation to Talks & <b>Truce</b> Bcc: spy@example.org"
    assert f"https://cbm.example.org/invitations/{token}/" in str(letter.body)
    assert "as Reviewer" in str(letter.body)


def test_letter_takes_the_given_address_where_the_site_has_none(workspace: Workspace, owner: User) -> None:
    invitation, token = invite(workspace, NEWCOMER, Membership.Role.REVIEWER, by=owner)
    send_invitation(invitation, token, "http://localhost:8000/")
    assert f"http://localhost:8000/invitations/{token}/" in str(mail.outbox[0].body)
