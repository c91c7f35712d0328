from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import demonstration
from accounts.domain import issue_sign_in_link
from accounts.models import AuditEntry, SignInLink, User
from tests.personas import Person


@pytest.mark.usefixtures("embedded")
def test_one_time_link_opens_home(mediator: Person, anonymous: Person) -> None:
    assert mediator.user is not None
    address = reverse("accounts:open_link", args=[issue_sign_in_link(mediator.user)])
    assert anonymous.client.get(address).headers["Location"] == reverse("home")
    assert anonymous.client.get(reverse("home")).status_code == 200


@pytest.mark.usefixtures("embedded")
def test_one_time_link_makes_a_session_like_any_other(mediator: Person, anonymous: Person) -> None:
    assert mediator.user is not None
    anonymous.client.get(reverse("accounts:open_link", args=[issue_sign_in_link(mediator.user)]))
    assert "This browser" in anonymous.client.get(reverse("usersessions_list")).content.decode()
    assert AuditEntry.objects.get(verb="accounts.signed_in").details == {"method": "link"}


@pytest.mark.usefixtures("embedded")
def test_used_link_says_how_to_get_a_new_one(mediator: Person, anonymous: Person) -> None:
    assert mediator.user is not None
    address = reverse("accounts:open_link", args=[issue_sign_in_link(mediator.user)])
    anonymous.client.get(address)
    response = Client().get(address)
    assert response.status_code == 410
    assert "make link" in response.content.decode()


@pytest.mark.usefixtures("embedded")
def test_looking_at_a_link_without_opening_it_does_not_use_it_up(mediator: Person, anonymous: Person) -> None:
    assert mediator.user is not None
    anonymous.client.head(reverse("accounts:open_link", args=[issue_sign_in_link(mediator.user)]))
    assert SignInLink.objects.get().used_at is None


@pytest.mark.usefixtures("embedded")
def test_used_link_leads_home_whoever_is_signed_in_already(mediator: Person) -> None:
    address = reverse("accounts:open_link", args=["used-or-mistyped"])
    assert mediator.client.get(address).headers["Location"] == reverse("home")


def test_one_time_links_do_not_exist_on_a_server(mediator: Person, anonymous: Person, settings: Any) -> None:
    assert mediator.user is not None
    settings.EMBEDDED = False
    address = reverse("accounts:open_link", args=[issue_sign_in_link(mediator.user)])
    assert anonymous.client.get(address).status_code == 404
    assert SignInLink.objects.get().used_at is None


@pytest.mark.usefixtures("embedded", "db")
def test_command_prints_a_link_that_works(capsys: pytest.CaptureFixture[str], anonymous: Person, settings: Any) -> None:
    demonstration.set_up(person="Mediator", workspace="Demonstration")
    settings.ADDRESS = "http://127.0.0.1:8000/"
    call_command("sign_in_link")
    printed = capsys.readouterr().out.strip()
    assert printed.startswith("http://127.0.0.1:8000/sign-in/")
    assert anonymous.client.get(printed.removeprefix("http://127.0.0.1:8000")).status_code == 302


@pytest.mark.usefixtures("embedded", "db")
def test_command_says_what_is_missing_before_there_is_a_demonstration() -> None:
    with pytest.raises(CommandError, match=r"manage\.py demo"):
        call_command("sign_in_link")


@pytest.mark.usefixtures("db")
def test_command_prints_no_link_on_a_server(settings: Any) -> None:
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="embedded mode only"):
        call_command("sign_in_link")
    assert not User.objects.exists()


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_theme_is_kept_in_a_cookie_and_set_before_the_page_is_drawn(mediator: Person, choice: str) -> None:
    listing = reverse("proposals:list")
    response = mediator.client.post(reverse("accounts:theme"), {"theme": choice, "next": listing})
    assert response.headers["Location"] == listing
    assert f'data-theme="{choice}"' in mediator.client.get(listing).content.decode()


def test_a_forged_theme_cookie_never_reaches_the_page(mediator: Person) -> None:
    mediator.client.cookies["theme"] = "purple"
    assert "purple" not in mediator.client.get(reverse("home")).content.decode()


def test_theme_form_does_not_send_people_to_other_sites(mediator: Person) -> None:
    form = {"theme": "dark", "next": "https://elsewhere.example/"}
    assert mediator.client.post(reverse("accounts:theme"), form).headers["Location"] == reverse("home")
