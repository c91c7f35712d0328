from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.domain import issue_sign_in_link
from accounts.models import Membership, Workspace
from tests.accounts.conftest import Holder, confirm_by_password, told
from tests.attempts import forget_attempts
from tests.personas import Person

STEPS = reverse("mfa_index")


def code_of(secret: str, later: int = 0) -> str:
    """What the app shows; ``later``: so many periods from now."""
    counter = list(auth.yield_hotp_counters_from_time())[1] + later
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def set_up_app(client: Client) -> str:
    """Sets an app up for who is signed in; the app's key."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r'<code class="key">(\w+)</code>', page)
    assert found
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])}).status_code == 302
    return found[1]


@pytest.fixture
def secret(holder: Holder) -> str:
    """The key of the app that the mediator has set up; they are signed in."""
    holder.sign_in()
    confirm_by_password(holder.client)
    return set_up_app(holder.client)


@pytest.fixture
def strict(workspace: Workspace) -> Workspace:
    """The workspace asks those who draft for a second step."""
    workspace.second_factor_for = [Membership.Role.DRAFTER]
    workspace.save()
    return workspace


def test_setting_up_an_app_asks_for_the_password_first(holder: Holder) -> None:
    holder.sign_in()
    answer = holder.client.get(reverse("mfa_activate_totp"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_qr_code_is_drawn_in_the_page(holder: Holder) -> None:
    holder.sign_in()
    confirm_by_password(holder.client)
    page = holder.client.get(reverse("mfa_activate_totp")).content.decode()
    assert re.search(r'<svg class="qr"[^>]*><path d="M\d', page)
    assert "data:" not in page


def test_wrong_code_sets_nothing_up(holder: Holder) -> None:
    holder.sign_in()
    confirm_by_password(holder.client)
    holder.client.get(reverse("mfa_activate_totp"))
    assert "try the present one" in holder.client.post(reverse("mfa_activate_totp"), {"code": "x"}).content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_app_is_told_to_the_audit_log_and_to_the_person(holder: Holder) -> None:
    holder.sign_in()
    confirm_by_password(holder.client)
    set_up_app(holder.client)
    assert told("second_factor_added") == [{"kind": "totp"}]
    assert told("recovery_codes_made") == [{}]
    assert "code from your app" in mail.outbox[0].subject


def test_signing_in_always_asks_for_the_second_step(holder: Holder, secret: str) -> None:
    client = Client()
    assert holder.sign_in(client=client).headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("home")).status_code == 302
    assert "Your password was right" in client.get(reverse("mfa_authenticate")).content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret, later=1)})
    assert client.get(reverse("home")).status_code == 200
    assert told("signed_in")[0] == {"method": "password+totp"}


def test_a_code_opens_once(holder: Holder, secret: str) -> None:
    code = code_of(secret)
    for client, status in ((Client(), 200), (Client(), 302)):
        holder.sign_in(client=client)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert client.get(reverse("home")).status_code == status


def test_wrong_code_is_logged_and_does_not_sign_in(holder: Holder, secret: str) -> None:
    client = Client()
    holder.sign_in(client=client)
    assert "try the present one" in client.post(reverse("mfa_authenticate"), {"code": "123456"}).content.decode()
    assert client.get(reverse("home")).status_code == 302
    assert told("sign_in_failed")[0]["step"] == "totp"


def test_a_recovery_code_opens_once(holder: Holder, secret: str) -> None:
    page = holder.client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<li><code>(\d+)</code></li>", page)
    assert len(codes) == 10
    for client, status in ((Client(), 200), (Client(), 302)):
        holder.sign_in(client=client)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert client.get(reverse("home")).status_code == status
    assert "9 codes are left" in holder.client.get(STEPS).content.decode()


def test_no_browser_keeps_the_pages_with_keys_and_codes(holder: Holder, secret: str) -> None:
    for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes", "accounts:home"):
        assert "no-store" in holder.client.get(reverse(name)).headers["Cache-Control"]


def test_recovery_codes_are_downloaded_as_text(holder: Holder, secret: str) -> None:
    answer = holder.client.get(reverse("mfa_download_recovery_codes"))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(answer.content.split()) == 10


def test_keys_lie_encrypted_in_the_database(secret: str) -> None:
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert "gAAAA" in kept


def test_removing_the_app_asks_for_the_password_or_a_code_first(holder: Holder, secret: str) -> None:
    client = Client()
    holder.sign_in(client=client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret, later=1)})
    forget_attempts()
    asked = client.get(reverse("mfa_deactivate_totp"))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_removing_the_app_is_logged_and_takes_the_recovery_codes_along(holder: Holder) -> None:
    holder.sign_in()
    confirm_by_password(holder.client)
    set_up_app(holder.client)
    holder.client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert {details["kind"] for details in told("second_factor_removed")} == {"totp", "recovery_codes"}


def test_a_strict_workspace_leads_everywhere_to_the_second_steps(holder: Holder, strict: Workspace) -> None:
    holder.sign_in()
    for name in ("home", "proposals:list", "cases:list", "reports:list"):
        assert holder.client.get(reverse(name)).headers["Location"] == STEPS
    assert holder.client.post(reverse("proposals:open_example")).headers["Location"] == STEPS
    page = holder.client.get(STEPS).content.decode()
    assert "<strong>Team A</strong> asks everybody in your role" in page


def test_a_fragment_leads_the_whole_page_there(holder: Holder, strict: Workspace) -> None:
    holder.sign_in()
    assert holder.client.get(reverse("home"), headers={"hx-request": "true"}).headers["HX-Redirect"] == STEPS


def test_account_pages_and_signing_out_stay_open(holder: Holder, strict: Workspace) -> None:
    holder.sign_in()
    assert holder.client.get(reverse("accounts:home")).status_code == 200
    assert holder.client.post(reverse("accounts:theme"), {"theme": "dark"}).status_code == 302
    assert holder.client.post(reverse("account_logout")).headers["Location"] == reverse("account_login")


def test_after_setting_up_all_is_open(holder: Holder, strict: Workspace) -> None:
    holder.sign_in()
    confirm_by_password(holder.client)
    set_up_app(holder.client)
    assert holder.client.get(reverse("home")).status_code == 200
    assert "asks everybody in your role" not in holder.client.get(STEPS).content.decode()


def test_other_roles_are_not_asked(observer: Person, strict: Workspace) -> None:
    assert observer.client.get(reverse("home")).status_code == 200


def test_one_strict_workspace_among_several_is_enough(
    mediator: Person, other_workspace: Workspace, strict: Workspace
) -> None:
    assert mediator.user is not None
    Membership.objects.create(user=mediator.user, workspace=other_workspace, role=Membership.Role.OWNER)
    assert mediator.client.get(reverse("home")).headers["Location"] == STEPS


def test_one_time_link_is_exempt_on_ones_own_machine_only(
    holder: Holder, strict: Workspace, embedded: None, settings: Any
) -> None:
    holder.client.get(reverse("accounts:open_link", args=[issue_sign_in_link(holder.user)]))
    assert holder.client.get(reverse("home")).status_code == 200
    settings.EMBEDDED = False
    assert holder.client.get(reverse("home")).headers["Location"] == STEPS
