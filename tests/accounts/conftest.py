from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from tests.attempts import forget_attempts
from tests.personas import Person

PASSWORD = "a long sentence nobody guesses"


class Holder(NamedTuple):
    """The mediator, with a confirmed address and ``PASSWORD``; the client is not signed in."""

    user: User
    client: Client

    def sign_in(self, password: str = PASSWORD, *, client: Client | None = None, **form: str) -> HttpResponse:
        """What the form of the sign-in answers."""
        sent = {"login": self.user.email, "password": password, **form}
        return (client or self.client).post(reverse("account_login"), sent)  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def _nothing_tried_yet() -> None:
    forget_attempts()


@pytest.fixture
def holder(mediator: Person) -> Holder:
    """The mediator with a password."""
    assert mediator.user is not None
    mediator.user.set_password(PASSWORD)
    mediator.user.save()
    EmailAddress.objects.create(user=mediator.user, email=mediator.user.email, verified=True, primary=True)
    return Holder(mediator.user, Client())


@pytest.fixture
def embedded(settings: Any) -> None:
    """The site runs on a laptop."""
    settings.EMBEDDED = True


def told(verb: str) -> list[dict[str, Any]]:
    """The details of the audit entries of a verb."""
    return [entry.details for entry in AuditEntry.objects.filter(verb=f"accounts.{verb}")]


def confirm_by_password(client: Client, password: str = PASSWORD) -> None:
    """Says again who one is, as the site asks before what matters."""
    assert client.post(reverse("account_reauthenticate"), {"password": password}).status_code == 302
