from __future__ import annotations

from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import PASSWORD, Holder, confirm_by_password
from tests.accounts.test_second_factor import set_up_app

OFTEN = "That was tried too often"


def test_one_address_is_tried_five_times_whoever_tries(holder: Holder) -> None:
    for number in range(5):
        holder.sign_in("wrong", client=Client(REMOTE_ADDR=f"192.0.2.{number}"))
    stranger, owner = Client(REMOTE_ADDR="192.0.2.99"), Client(REMOTE_ADDR="192.0.2.100")
    assert OFTEN in holder.sign_in("wrong", client=stranger).content.decode()
    assert OFTEN in holder.sign_in(PASSWORD, client=owner).content.decode()


def test_other_names_of_the_site_do_not_give_more_attempts(holder: Holder, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    for number in range(5):
        form = {"login": holder.user.email, "password": "wrong"}
        headers = {"host": f"name{number}.example"}
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(reverse("account_login"), form, headers=headers)
    assert OFTEN in holder.sign_in(client=Client(REMOTE_ADDR="192.0.2.9")).content.decode()


def test_one_machine_tries_ten_addresses(holder: Holder) -> None:
    for number in range(10):
        holder.sign_in("wrong", login=f"person{number}@example.org")
    assert OFTEN in holder.sign_in("wrong", login="another@example.org").content.decode()


def test_right_passwords_are_not_counted(holder: Holder) -> None:
    for _ in range(7):
        assert holder.sign_in(client=Client()).status_code == 302


def test_too_many_sign_ins_in_a_minute_show_a_page_that_says_so(holder: Holder) -> None:
    answers = [holder.sign_in("wrong", login=f"p{number}@example.org") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Wait a few minutes" in answers[-1].content.decode()


def test_forwarded_addresses_are_not_believed_without_a_proxy(holder: Holder) -> None:
    for number in range(11):
        client = Client(headers={"x-forwarded-for": f"192.0.2.{number}"})
        page = holder.sign_in("wrong", client=client, login=f"p{number}@example.org").content.decode()
    assert OFTEN in page


def test_behind_a_proxy_only_what_the_proxy_saw_is_believed(holder: Holder, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        client = Client(headers={"x-forwarded-for": f"203.0.113.{number}, 192.0.2.1"})
        page = holder.sign_in("wrong", client=client, login=f"p{number}@example.org").content.decode()
    assert OFTEN in page
    another = Client(headers={"x-forwarded-for": "203.0.113.1, 192.0.2.2"})
    assert OFTEN not in holder.sign_in("wrong", client=another, login="q@example.org").content.decode()


def test_an_address_gets_five_links_to_a_new_password(holder: Holder) -> None:
    for number in range(6):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        answer = client.post(reverse("account_reset_password"), {"email": holder.user.email})
    assert answer.status_code == 429
    assert len(mail.outbox) == 5


def test_invitations_cannot_be_guessed_without_end(holder: Holder) -> None:
    link = reverse("accounts:invitation", args=["a-guess"])
    assert [holder.client.get(link).status_code for _ in range(31)] == [404] * 30 + [429]


def test_codes_cannot_be_guessed_without_end(holder: Holder) -> None:
    holder.sign_in()
    confirm_by_password(holder.client)
    set_up_app(holder.client)
    guesser = Client()
    holder.sign_in(client=guesser)
    pages = [guesser.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}).content.decode() for n in range(6)]
    assert OFTEN in pages[-1]


def test_the_password_cannot_be_guessed_on_the_way_to_changes_either(holder: Holder) -> None:
    holder.sign_in()
    answers = [holder.client.post(reverse("account_reauthenticate"), {"password": f"guess{n}"}) for n in range(6)]
    assert OFTEN in answers[-1].content.decode()
