"""Pages for when something goes wrong: what happened, that nothing was lost, what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import bad_request, permission_denied, server_error

from tests.personas import Person


def test_page_not_found_says_what_to_do(mediator: Person) -> None:
    response = mediator.client.get("/no/such/page/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_page_not_found_needs_no_account(anonymous: Person) -> None:
    assert "There is nothing here" in anonymous.client.get("/no/such/page/").content.decode()


@pytest.fixture
def request_() -> HttpRequest:
    """A request that no middleware has seen, as after a fault."""
    return RequestFactory().get("/")


def test_server_error_page_needs_neither_session_nor_database(request_: HttpRequest) -> None:
    response = server_error(request_)
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


def test_bad_request_page_needs_neither_session_nor_database(request_: HttpRequest) -> None:
    assert "could not be read" in bad_request(request_, ValueError()).content.decode()


def test_forbidden_page_says_whom_to_ask(observer: Person) -> None:
    response = observer.client.get(reverse("proposals:upload"))
    assert response.status_code == 403
    assert "Ask the owner of the workspace" in response.content.decode()


def test_form_that_was_open_too_long_says_that_nothing_is_lost(mediator: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert mediator.user is not None
    strict.force_login(mediator.user)
    response = strict.post(reverse("proposals:open_example"))
    assert response.status_code == 403
    assert "open too long" in response.content.decode()


def test_forbidden_page_can_be_drawn_without_a_person(request_: HttpRequest) -> None:
    assert permission_denied(request_, PermissionError()).status_code == 403


def test_too_large_a_request_is_refused_before_it_is_read(mediator: Person, settings: Any) -> None:
    settings.MOST_BYTES = 1000
    response = mediator.client.post(reverse("proposals:upload"), {"text": "x" * 1000})
    assert response.status_code == 413
    assert "above the limit" in response.content.decode()
    assert response.headers["Content-Security-Policy"]
