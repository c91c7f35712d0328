"""The scorecard's page, in multiples of the least that a signed-in page of Django takes."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from accounts.models import User
from bench.figures import Figure, ratio
from cbm_advisor.urls import urlpatterns as pages
from proposals.examples import open_worked_example, set_up_demonstration

ROUNDS = 25


def bare(request: HttpRequest) -> HttpResponse:
    """A page that knows who is there and says no more."""
    return HttpResponse(f"<!doctype html><title>bare</title><p>{request.user}</p>")


urlpatterns = [path("bare/", bare), *pages]


def figures() -> Iterator[Figure]:
    """Both pages through all middleware, from the database; wall time, for the database's time counts."""
    mediator, workspace = set_up_demonstration()
    revision = open_worked_example(workspace, by=mediator)
    client = signed_in(mediator)
    with override_settings(ROOT_URLCONF=__name__):
        value = ratio(
            lambda: fetch(client, f"/proposals/{revision.proposal_id}/"),
            lambda: fetch(client, "/bare/"),
            rounds=ROUNDS,
            clock=time.perf_counter,
        )
    yield Figure("scorecard page", value, 4, "times", "of a bare signed-in page; both asked for before")


def signed_in(person: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def fetch(client: Client, address: str) -> None:
    """Fetches a page and reads it; anything but a page is an error."""
    response = client.get(address)
    if response.status_code != 200 or not response.content:
        raise RuntimeError(f"{address} answered {response.status_code}")
