from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from accounts.invitations import invite, withdraw
from accounts.models import Membership, User, Workspace
from tests.accounts.conftest import Holder, confirm_by_password, told
from tests.accounts.test_second_factor import set_up_app
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider, identity_provider
from tests.personas import Person, person_in

NEWCOMER = "newcomer@example.org"


@pytest.fixture(scope="module")
def server() -> Iterator[IdentityProvider]:
    """The provider, once for all tests."""
    with identity_provider() as server:
        yield server


@pytest.fixture
def provider(server: IdentityProvider, settings: Any, db: None) -> IdentityProvider:
    """The provider as the environment would name it; it vouches for the mediator."""
    app = {
        "provider_id": "oidc",
        "name": "Ministry",
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "settings": {"server_url": server.address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    vouch(server, "mediator@example.org")
    server.about_another, server.audience = False, CLIENT_ID
    return server


def vouch(server: IdentityProvider, email: str, *, verified: Any = True, sub: str = "1") -> None:
    server.claims = {"sub": sub, "email": email, "email_verified": verified, "name": "Nadia Newcomer"}


def come_back(client: Client, **query: str) -> Any:
    """Goes to the provider and back; what the site answers then."""
    there = client.get(reverse("accounts:oidc"), query).headers["Location"]
    back = urlsplit(requests.get(there, allow_redirects=False, timeout=5).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


@pytest.fixture
def invitation_link(workspace: Workspace) -> str:
    """The newcomer's invitation to the team's workspace."""
    owner = person_in(workspace, "owner", Membership.Role.OWNER).user
    assert owner is not None
    return reverse("accounts:invitation", args=[invite(workspace, NEWCOMER, Membership.Role.REVIEWER, by=owner)[1]])


def test_sign_in_page_names_the_provider(provider: IdentityProvider, anonymous: Person) -> None:
    assert "Sign in with Ministry" in anonymous.client.get(reverse("account_login")).content.decode()


def test_without_a_provider_there_is_no_such_way_in(anonymous: Person) -> None:
    assert anonymous.client.get(reverse("accounts:oidc")).status_code == 404
    assert reverse("accounts:oidc") not in anonymous.client.get(reverse("account_login")).content.decode()


def test_request_carries_a_state_and_a_challenge(provider: IdentityProvider, anonymous: Person) -> None:
    query = parse_qs(urlsplit(anonymous.client.get(reverse("accounts:oidc")).headers["Location"]).query)
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["state"][0]) >= 16


def test_verified_address_signs_its_person_in(provider: IdentityProvider, holder: Holder) -> None:
    assert come_back(holder.client).headers["Location"] == reverse("home")
    assert "Mediator" in holder.client.get(reverse("home")).content.decode()
    assert told("signed_in") == [{"method": "socialaccount"}]
    assert User.objects.count() == 1


def test_the_page_that_was_asked_for_opens(provider: IdentityProvider, holder: Holder) -> None:
    asked = reverse("proposals:list")
    assert come_back(holder.client, next=asked).headers["Location"] == asked
    assert come_back(Client(), next="https://elsewhere.example/").headers["Location"] == reverse("home")


def test_known_identity_signs_in_also_after_its_address_changed(provider: IdentityProvider, holder: Holder) -> None:
    come_back(holder.client)
    vouch(provider, "renamed@example.org")
    client = Client()
    assert come_back(client).headers["Location"] == reverse("home")
    assert "Mediator" in client.get(reverse("home")).content.decode()


def test_who_has_a_second_step_gives_it_here_too(provider: IdentityProvider, holder: Holder) -> None:
    holder.sign_in()
    confirm_by_password(holder.client)
    set_up_app(holder.client)
    client = Client()
    assert come_back(client).headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("home")).status_code == 302


@pytest.mark.parametrize("verified", [False, "false", None])
def test_address_that_is_not_vouched_for_opens_nothing(
    provider: IdentityProvider, holder: Holder, verified: Any
) -> None:
    vouch(provider, "mediator@example.org", verified=verified)
    answer = come_back(holder.client)
    assert answer.status_code == 403
    assert "No account was made" in answer.content.decode()
    assert holder.client.get(reverse("home")).status_code == 302


def test_another_identity_does_not_inherit_an_address(provider: IdentityProvider, holder: Holder) -> None:
    come_back(holder.client)
    vouch(provider, "mediator@example.org", sub="2")
    assert come_back(Client()).status_code == 403


def test_unknown_identity_is_refused_plainly(provider: IdentityProvider, anonymous: Person) -> None:
    vouch(provider, NEWCOMER)
    answer = come_back(anonymous.client)
    assert answer.status_code == 403
    assert "Ask the owner of a workspace for an invitation" in answer.content.decode()
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_invited_identity_gets_an_account_and_is_in(
    provider: IdentityProvider, invitation_link: str, client: Client
) -> None:
    vouch(provider, NEWCOMER)
    client.get(invitation_link)
    assert come_back(client).headers["Location"] == reverse("home")
    newcomer = User.objects.get(email=NEWCOMER)
    assert newcomer.name == "Nadia Newcomer"
    assert newcomer.memberships.get().role == Membership.Role.REVIEWER
    assert EmailAddress.objects.get(user=newcomer).verified
    assert client.get(reverse("home")).status_code == 200


def test_invitation_to_another_address_helps_nobody(
    provider: IdentityProvider, invitation_link: str, client: Client
) -> None:
    vouch(provider, "somebody-else@example.org")
    client.get(invitation_link)
    assert come_back(client).status_code == 403
    assert not User.objects.filter(email="somebody-else@example.org").exists()


def test_invitation_that_was_withdrawn_helps_nobody(
    provider: IdentityProvider, invitation_link: str, workspace: Workspace, client: Client
) -> None:
    vouch(provider, NEWCOMER)
    client.get(invitation_link)
    invitation = workspace.invitations.get()
    assert invitation.invited_by is not None
    withdraw(invitation, by=invitation.invited_by)
    assert come_back(client).status_code == 403
    assert not User.objects.filter(email=NEWCOMER).exists()


def test_answer_about_another_person_is_refused(provider: IdentityProvider, holder: Holder) -> None:
    provider.about_another = True
    assert come_back(holder.client).status_code == 401


def test_token_for_another_site_is_refused(provider: IdentityProvider, holder: Holder) -> None:
    provider.audience = "another-site"
    assert "The sign-in did not work" in come_back(holder.client).content.decode()
    assert holder.client.get(reverse("home")).status_code == 302


def test_answer_that_this_browser_did_not_ask_for_is_refused(provider: IdentityProvider, holder: Holder) -> None:
    there = Client().get(reverse("accounts:oidc")).headers["Location"]
    back = urlsplit(requests.get(there, allow_redirects=False, timeout=5).headers["Location"])
    answer = holder.client.get(f"{back.path}?{back.query}")
    assert "The sign-in did not work" in answer.content.decode()
    assert holder.client.get(reverse("home")).status_code == 302


def test_who_stops_at_the_provider_is_told(provider: IdentityProvider, anonymous: Person) -> None:
    there = anonymous.client.get(reverse("accounts:oidc")).headers["Location"]
    state = parse_qs(urlsplit(there).query)["state"][0]
    back = reverse("openid_connect_callback", args=["oidc"])
    answer = anonymous.client.get(back, {"error": "access_denied", "state": state}, follow=True)
    assert "You stopped the sign-in" in answer.content.decode()


def test_provider_that_is_away_is_told(provider: IdentityProvider, anonymous: Person, settings: Any) -> None:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"] = {"server_url": "http://127.0.0.1:9"}
    answer = anonymous.client.get(reverse("accounts:oidc"))
    assert answer.status_code == 502
    assert "Try again" in answer.content.decode()
