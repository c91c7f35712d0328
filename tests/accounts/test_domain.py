from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts import demonstration
from accounts.domain import (
    LINK_LASTS,
    LinkNotValidError,
    issue_sign_in_link,
    redeem_sign_in_link,
)
from accounts.models import SignInLink, User, Workspace
from tests.personas import Person


def test_link_signs_in_the_person_it_was_made_for(mediator: Person) -> None:
    assert mediator.user is not None
    assert redeem_sign_in_link(issue_sign_in_link(mediator.user)) == mediator.user


def test_link_works_once(mediator: Person) -> None:
    assert mediator.user is not None
    token = issue_sign_in_link(mediator.user)
    redeem_sign_in_link(token)
    with pytest.raises(LinkNotValidError):
        redeem_sign_in_link(token)


def test_link_grows_too_old(mediator: Person) -> None:
    assert mediator.user is not None
    token = issue_sign_in_link(mediator.user)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(LinkNotValidError):
        redeem_sign_in_link(token)


def test_link_of_a_closed_account_does_not_work(mediator: Person) -> None:
    assert mediator.user is not None
    token = issue_sign_in_link(mediator.user)
    User.objects.update(is_active=False)
    with pytest.raises(LinkNotValidError):
        redeem_sign_in_link(token)


def test_only_a_digest_of_the_token_is_kept(mediator: Person) -> None:
    assert mediator.user is not None
    token = issue_sign_in_link(mediator.user)
    link = SignInLink.objects.get()
    assert token not in link.token_sha256
    assert link.expires_at <= timezone.now() + LINK_LASTS


def test_old_links_are_cleared_away(mediator: Person) -> None:
    assert mediator.user is not None
    issue_sign_in_link(mediator.user)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    issue_sign_in_link(mediator.user)
    assert SignInLink.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_a_link_at_once_one_gets_in() -> None:
    token = issue_sign_in_link(User.objects.create_user("twice@example.org"))

    def attempt() -> bool:
        try:
            redeem_sign_in_link(token)
        except LinkNotValidError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        results = [future.result() for future in [pool.submit(attempt) for _ in range(2)]]
    assert sorted(results) == [False, True]


def test_demonstration_workspace_is_made_once(db: None) -> None:
    first = demonstration.set_up(person="Mediator", workspace="Demonstration")
    again = demonstration.set_up(person="Mediator", workspace="Demonstration")
    assert first == again
    assert Workspace.objects.count() == 1
