from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from tests.accounts.test_sign_in import NEW, link_in
from tests.personas import Person


@pytest.mark.usefixtures("db")
def test_first_owner_chooses_a_password_confirms_the_address_and_is_in(
    capsys: pytest.CaptureFixture[str], client: Client, settings: Any
) -> None:
    settings.ADDRESS = "https://cbm.example.org"
    call_command("found_workspace", "Talks", owner="Owner@Example.org")
    form = client.get(link_in(capsys.readouterr().out)).headers["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    sent = {"login": "owner@example.org", "password": NEW}
    assert client.post(reverse("account_login"), sent).headers["Location"].endswith("confirm-email/")
    client.post(link_in(mail.outbox[-1].body))
    assert client.post(reverse("account_login"), sent).headers["Location"] == reverse("home")
    membership = Membership.objects.get(user__email="owner@example.org")
    assert (membership.workspace.name, membership.role) == ("Talks", Membership.Role.OWNER)


def test_who_has_an_account_owns_another_workspace(mediator: Person, capsys: pytest.CaptureFixture[str]) -> None:
    assert mediator.user is not None
    call_command("found_workspace", "Talks", owner=mediator.user.email)
    assert capsys.readouterr().out == ""
    assert mediator.user.memberships.get(workspace__name="Talks").role == Membership.Role.OWNER


@pytest.mark.usefixtures("db")
def test_address_that_is_none_is_named() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("found_workspace", "Talks", owner="nobody")
    assert not User.objects.exists()
