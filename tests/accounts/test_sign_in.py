from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.templatetags.browsers import browser
from tests.accounts.conftest import PASSWORD, Holder, confirm_by_password, told
from tests.personas import Person

NEW = "another sentence that nobody guesses"


def link_in(text: Any) -> str:
    """The path of the link in a letter."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(text))
    assert found
    return found[1]


def test_signs_in_with_address_and_password(holder: Holder) -> None:
    assert holder.sign_in().headers["Location"] == reverse("home")
    assert "Mediator" in holder.client.get(reverse("home")).content.decode()
    assert told("signed_in") == [{"method": "password"}]


def test_the_address_may_be_written_in_capitals(holder: Holder) -> None:
    assert holder.sign_in(login=holder.user.email.upper()).headers["Location"] == reverse("home")


def test_wrong_password_says_what_to_do_and_keeps_the_address(holder: Holder) -> None:
    page = holder.sign_in("wrong").content.decode()
    assert "Check both and try again" in page
    assert holder.user.email in page


def test_failed_sign_in_is_logged_without_address_and_password(holder: Holder) -> None:
    holder.sign_in("a secret mistyped")
    (details,) = told("sign_in_failed")
    assert details["step"] == "password"
    assert len(details["address"]) == 16
    assert "secret" not in str(details)
    assert holder.user.email not in str(details)


def test_unknown_address_is_answered_like_a_wrong_password(holder: Holder) -> None:
    known = holder.sign_in("wrong").content.decode()
    unknown = holder.sign_in("wrong", login="nobody@example.org").content.decode()
    assert "Check both and try again" in known
    assert "Check both and try again" in unknown


def test_closed_account_says_whom_to_ask(holder: Holder) -> None:
    User.objects.update(is_active=False)
    answer = holder.sign_in()
    assert answer.headers["Location"] == reverse("account_inactive")


def test_after_signing_in_the_page_that_was_asked_for_opens(holder: Holder) -> None:
    asked = reverse("proposals:list")
    assert holder.client.get(asked).headers["Location"] == f"{reverse('account_login')}?next={asked}"
    assert holder.sign_in(next=asked).headers["Location"] == asked


def test_sign_in_does_not_send_people_to_other_sites(holder: Holder) -> None:
    assert holder.sign_in(next="https://elsewhere.example/").headers["Location"] == reverse("home")


def test_signing_out_ends_the_session(holder: Holder) -> None:
    holder.sign_in()
    holder.client.post(reverse("account_logout"))
    assert holder.client.get(reverse("home")).status_code == 302
    assert told("signed_out") == [{}]


def test_a_mere_link_does_not_sign_out(holder: Holder) -> None:
    holder.sign_in()
    assert "Sign out" in holder.client.get(reverse("account_logout")).content.decode()
    assert holder.client.get(reverse("home")).status_code == 200


def test_who_never_confirmed_the_address_gets_a_link_and_then_signs_in(holder: Holder) -> None:
    EmailAddress.objects.update(verified=False)
    assert holder.sign_in().headers["Location"] == reverse("account_email_verification_sent")
    confirm = link_in(mail.outbox[0].body)
    assert "Is <strong>" in holder.client.get(confirm).content.decode()
    holder.client.post(confirm)
    assert holder.sign_in().status_code == 302
    assert holder.client.get(reverse("home")).status_code == 200


def test_passwords_are_kept_by_argon2(holder: Holder) -> None:
    assert holder.user.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("password", ["short", "qwertyuiop123", "123456789012", "mediator@example.org"])
def test_a_password_that_is_easily_guessed_is_refused(holder: Holder, password: str) -> None:
    holder.sign_in()
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert holder.client.post(reverse("account_change_password"), form).status_code == 200
    holder.user.refresh_from_db()
    assert holder.user.check_password(PASSWORD)


def test_changing_the_password_signs_out_everywhere_else(holder: Holder) -> None:
    elsewhere = Client()
    holder.sign_in()
    holder.sign_in(client=elsewhere)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert holder.client.post(reverse("account_change_password"), form).headers["Location"] == reverse("accounts:home")
    assert holder.client.get(reverse("home")).status_code == 200
    assert elsewhere.get(reverse("home")).status_code == 302
    assert told("password_changed") == [{}]
    assert "If it was not" in str(mail.outbox[0].body)


def test_forgotten_password_is_answered_alike_for_known_and_unknown(holder: Holder) -> None:
    asked = reverse("account_reset_password")
    known = holder.client.post(asked, {"email": holder.user.email})
    unknown = holder.client.post(asked, {"email": "nobody@example.org"})
    assert known.headers["Location"] == unknown.headers["Location"] == reverse("account_reset_password_done")
    assert [letter.to for letter in mail.outbox] == [[holder.user.email], ["nobody@example.org"]]
    assert "no account has it" in str(mail.outbox[1].body)


def test_forgotten_password_is_set_by_the_link_once_and_ends_all_sessions(holder: Holder) -> None:
    signed_in = Client()
    holder.sign_in(client=signed_in)
    holder.client.post(reverse("account_reset_password"), {"email": holder.user.email})
    link = link_in(mail.outbox[0].body)
    form = holder.client.get(link).headers["Location"]
    holder.client.post(form, {"password1": NEW, "password2": NEW})
    assert signed_in.get(reverse("home")).status_code == 302
    assert holder.sign_in(NEW).headers["Location"] == reverse("home")
    assert "no longer works" in Client().get(link).content.decode()
    assert told("password_reset") == [{}]


def test_the_link_to_a_new_password_never_takes_its_host_from_the_request(holder: Holder, settings: Any) -> None:
    settings.ADDRESS = "https://cbm.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    asked = reverse("account_reset_password")
    holder.client.post(asked, {"email": holder.user.email}, headers={"host": "evil.example"})
    assert "https://cbm.example.org/account/password/reset/key/" in str(mail.outbox[0].body)
    assert "evil.example" not in str(mail.outbox[0].body)


def test_another_address_counts_once_it_is_confirmed(holder: Holder) -> None:
    holder.sign_in()
    confirm_by_password(holder.client)
    holder.client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    holder.user.refresh_from_db()
    assert holder.user.email == "mediator@example.org"
    holder.client.post(link_in(mail.outbox[-1].body))
    holder.user.refresh_from_db()
    assert holder.user.email == "new@example.org"
    assert mail.outbox[-1].to == ["mediator@example.org"]
    assert told("email_changed") == [{}]


def test_another_persons_address_cannot_be_taken(holder: Holder, observer: Person) -> None:
    assert observer.user is not None
    holder.sign_in()
    confirm_by_password(holder.client)
    holder.client.post(reverse("account_email"), {"email": observer.user.email, "action_add": ""})
    holder.client.post(link_in(mail.outbox[-1].body))
    holder.user.refresh_from_db()
    assert holder.user.email == "mediator@example.org"


def test_changing_the_address_asks_for_the_password_first(holder: Holder) -> None:
    holder.sign_in()
    answer = holder.client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []


def test_where_one_is_signed_in_is_listed_and_one_browser_is_signed_out(holder: Holder) -> None:
    elsewhere = Client(headers={"user-agent": "A browser left in a train"})
    holder.sign_in()
    holder.sign_in(client=elsewhere)
    assert "left in a train" in holder.client.get(reverse("usersessions_list")).content.decode()
    session = UserSession.objects.get(user_agent="A browser left in a train")
    holder.client.post(reverse("accounts:end_session", args=[session.pk]))
    assert elsewhere.get(reverse("home")).status_code == 302
    assert holder.client.get(reverse("home")).status_code == 200
    assert told("session_ended") == [{}]


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36",
            "Chrome on Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("curl/8", "curl/8"),
        ("", "A browser without a name"),
    ],
)
def test_browsers_are_named_as_people_know_them(agent: str, shown: str) -> None:
    assert browser(agent) == shown


def test_all_other_browsers_are_signed_out_at_once(holder: Holder) -> None:
    others = [Client(), Client()]
    for client in (holder.client, *others):
        holder.sign_in(client=client)
    holder.client.post(reverse("usersessions_list"))
    assert [client.get(reverse("home")).status_code for client in (holder.client, *others)] == [200, 302, 302]
    assert len(told("session_ended")) == 2


def test_another_persons_session_cannot_be_ended(holder: Holder, observer: Person) -> None:
    holder.sign_in()
    session = UserSession.objects.get()
    assert observer.client.post(reverse("accounts:end_session", args=[session.pk])).status_code == 404
    assert holder.client.get(reverse("home")).status_code == 200


def test_name_is_changed_on_the_account_page(holder: Holder) -> None:
    holder.sign_in()
    page = holder.client.post(reverse("accounts:home"), {"name": "Amina Diallo"}, follow=True).content.decode()
    assert "Your name was changed" in page
    assert "Amina Diallo" in page


def test_nobody_makes_an_account_without_an_invitation(holder: Holder) -> None:
    form = {"email": "somebody@example.org", "name": "Somebody", "password1": NEW}
    page = holder.client.post(reverse("account_signup"), form).content.decode()
    assert "by invitation" in page
    assert not User.objects.filter(email="somebody@example.org").exists()
