"""The scorecard's page, in multiples of the least that a signed-in page of Django takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from accounts import walls
from accounts.models import User
from bench.figures import Figure, ratio, seconds
from cbm_advisor.urls import urlpatterns as pages
from proposals.examples import open_worked_example, set_up_demonstration

ROUNDS = 25
WALLED = (
    "proposals_proposal", "proposals_revision", "proposals_share", "proposals_guestlink", "proposals_comment",
    "reports_report",
)  # fmt: skip


def bare(request: HttpRequest) -> HttpResponse:
    """A page that knows who is there and says no more."""
    return HttpResponse(f"<!doctype html><title>bare</title><p>{request.user}</p>")


urlpatterns = [path("bare/", bare), *pages]


def figures() -> Iterator[Figure]:
    """Pages through all middleware, from the database; wall time, for the database's time counts."""
    with walls.lifted():
        mediator, workspace = set_up_demonstration()
        revision = open_worked_example(workspace, by=mediator)
    client = signed_in(mediator)
    page = f"/proposals/{revision.proposal_id}/"
    with override_settings(ROOT_URLCONF=__name__):
        value = ratio(lambda: fetch(client, page), lambda: fetch(client, "/bare/"), rounds=ROUNDS, clock=perf_counter)
    yield Figure("scorecard page", value, 4, "times", "of a bare signed-in page; both asked for before")
    yield Figure("row-level security", cost_of_walls(client, page), 1.1, "times", "of the scorecard page without it")


def cost_of_walls(client: Client, page: str) -> float:
    """How many times longer the page takes with walls than without: neither policies nor a transaction to set them."""
    open_client = signed_in_without_walls(client)
    with_walls, without = [], []
    for _ in range(ROUNDS):
        with_walls.append(seconds(lambda: fetch(client, page), perf_counter, least=0.1))
        with no_walls():
            without.append(seconds(lambda: fetch(open_client, page), perf_counter, least=0.1))
    return median(one / other for one, other in zip(with_walls, without, strict=True))


def signed_in_without_walls(client: Client) -> Client:
    """The same person, whose requests go past the middleware that opens the walls."""
    middleware = [each for each in settings.MIDDLEWARE if each != "accounts.middleware.WallsMiddleware"]
    past = Client(headers={"host": "localhost"})
    past.cookies = client.cookies
    with override_settings(MIDDLEWARE=middleware):
        past.handler.load_middleware()
    return past


@contextmanager
def no_walls() -> Iterator[None]:
    """Row-level security is off on every table."""
    switch("NO FORCE ROW LEVEL SECURITY, DISABLE")
    try:
        yield
    finally:
        switch("FORCE ROW LEVEL SECURITY, ENABLE")


def switch(how: str) -> None:
    with connection.cursor() as cursor:
        for table in WALLED:
            cursor.execute(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY")


def signed_in(person: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


def fetch(client: Client, address: str) -> None:
    """Fetches a page and reads it; anything but a page is an error."""
    response = client.get(address)
    if response.status_code != 200 or not response.content:
        raise RuntimeError(f"{address} answered {response.status_code}")
