"""News for a person, and the number of the unread in the head of every page."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Notification, User
from accounts.notifications import notify
from accounts.tasks import clear_old_news
from tests.personas import Person
from tests.reports.rows import user_of

NEWS = reverse("accounts:news")
READY = {"text": "A report is ready", "address": "/reports/"}


@pytest.fixture
def user(mediator: Person) -> User:
    return user_of(mediator)


def page(client: Client, address: str = NEWS) -> str:
    return client.get(address).content.decode()


def number_in_the_head(client: Client) -> int:
    found = re.search(
        r'<span id="unread".*?>(?: <span class="number">(\d+)</span>.*?)?</span>', page(client, "/cases/")
    )
    assert found is not None
    return int(found[1] or 0)


def test_news_stand_on_their_page_newest_first_and_are_counted_in_the_head(mediator: Person, user: User) -> None:
    assert "Nothing yet" in page(mediator.client)
    assert number_in_the_head(mediator.client) == 0
    notify(user, **READY)
    notify(user, text="A report failed", address="/cases/")
    assert number_in_the_head(mediator.client) == 2
    text = page(mediator.client)
    assert text.index("A report failed") < text.index("A report is ready")


def test_the_same_thing_is_told_once_to_each_person(user: User, observer: Person) -> None:
    for _ in range(2):
        notify(user, **READY, key="report-1")
        notify(user_of(observer), **READY, key="report-1")
    notify(user, **READY, key="report-2")
    assert sorted(Notification.objects.values_list("person", "key")) == sorted(
        [(user.pk, "report-1"), (user.pk, "report-2"), (user_of(observer).pk, "report-1")]
    )


def test_two_without_a_key_are_two(user: User) -> None:
    notify(user, **READY)
    notify(user, **READY)
    assert user.unread_news == 2


@pytest.mark.usefixtures("transactional_db")
def test_two_workers_that_tell_of_the_same_tell_once(user: User) -> None:
    """Both are in a transaction at the same time; the second waits for the first and fails at nothing."""
    told = threading.Event()

    def tell() -> None:
        told.wait()
        notify(user, **READY, key="report-1")
        connection.close()

    other = threading.Thread(target=tell)
    other.start()
    with transaction.atomic():
        notify(user, **READY, key="report-1")
        told.set()
        other.join(0.3)
        assert other.is_alive(), "It waits until it is known whether the first is kept."
    other.join()
    assert Notification.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "reports/", ""]
)
def test_news_lead_to_our_own_pages_alone(address: str, user: User) -> None:
    with pytest.raises(ValueError, match="a page of ours"):
        notify(user, text="Look", address=address)


def test_opening_one_marks_it_read_and_leads_to_its_page(mediator: Person, user: User) -> None:
    notify(user, **READY)
    notify(user, **READY)
    one = Notification.objects.of(user)[0]
    for _ in range(2):
        answer = mediator.client.get(reverse("accounts:open_notification", args=[one.pk]))
        assert (answer.status_code, answer["Location"]) == (302, "/reports/")
    assert number_in_the_head(mediator.client) == 1
    assert page(mediator.client).count('class="unread"') == 1


def test_what_came_after_the_page_stays_unread_when_all_are_marked(mediator: Person, user: User) -> None:
    notify(user, **READY)
    until = re.search(r'name="until" value="(\d+)"', page(mediator.client))
    assert until is not None
    notify(user, **READY)
    mediator.client.post(reverse("accounts:read_news"), {"until": until[1]})
    assert number_in_the_head(mediator.client) == 1


@pytest.mark.parametrize("until", ["", "all", "-1", "9" * 40, "²"])
def test_a_number_that_no_page_showed_marks_nothing(until: str, mediator: Person, user: User) -> None:
    notify(user, **READY)
    assert mediator.client.post(reverse("accounts:read_news"), {"until": until}).status_code == 302
    assert number_in_the_head(mediator.client) == 1


def test_news_are_nobody_elses(mediator: Person, owner: Person, user: User) -> None:
    notify(user, **READY)
    one = Notification.objects.get()
    assert owner.client.get(reverse("accounts:open_notification", args=[one.pk])).status_code == 404
    assert "A report is ready" not in page(owner.client)
    owner.client.post(reverse("accounts:read_news"), {"until": one.pk})
    assert number_in_the_head(owner.client) == 0
    assert number_in_the_head(mediator.client) == 1


def test_number_is_sent_to_an_open_page_when_it_has_changed(mediator: Person, user: User) -> None:
    ask: dict[str, Any] = {"headers": {"HX-Request": "true"}}
    assert mediator.client.get(f"{NEWS}?shown=0", **ask).status_code == 204
    notify(user, **READY)
    answer = mediator.client.get(f"{NEWS}?shown=0", **ask)
    assert answer.status_code == 200
    assert '<span class="number">1</span>' in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_many(
    count: int, mediator: Person, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        notify(user, **READY)
    with django_assert_num_queries(
        9
    ):  # session, person, memberships, transaction and walls four times, news, their number
        mediator.client.get(NEWS)


def test_old_news_are_cleared_away_read_or_not(user: User) -> None:
    for days in (91, 89):
        notify(user, text=f"{days} days old", address="/")
        Notification.objects.filter(text=f"{days} days old").update(made_at=timezone.now() - timedelta(days=days))
    clear_old_news()
    assert [each.text for each in Notification.objects.all()] == ["89 days old"]
