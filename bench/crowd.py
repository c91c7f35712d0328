"""Forty people in ten teams, each saving a field every two seconds for a minute, as the builder in their browsers does."""

from __future__ import annotations

import json
import random
import re
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Final

from bench.figures import Figure
from tests.running import Visitor

TEAMS: Final = 10
IN_A_TEAM: Final = 4
SECONDS: Final = 60
EVERY: Final = 2.0
LOOKS_EVERY: Final = 10.0
FIELDS: Final = ("title", "description", "answers_note", "steps")
PROPOSAL: Final = re.compile(r"/proposals/[0-9a-f-]{36}/")


def figures(visitor: Visitor) -> Iterator[Figure]:
    """The time of a save as the person waits for it, and how many failed; the people run on the same machine."""
    proposals = [copy_of_the_example(visitor) for _ in range(TEAMS)]
    people = [Person(visitor, proposals[n // IN_A_TEAM], n) for n in range(TEAMS * IN_A_TEAM)]
    begun = time.monotonic()
    for person in people:
        person.thread.start()
    for person in people:
        person.thread.join()
    waits = sorted(wait for person in people for wait in person.waits)
    errors = [error for person in people for error in person.errors]
    of = f"{len(waits)} saves by {len(people)} people in {time.monotonic() - begun:.0f} s"
    yield Figure("forty people: saves that failed", len(errors), 0, "", errors[0] if errors else of)
    yield Figure("forty people: p95 of a save", 1000 * waits[int(0.95 * len(waits))], 500, "ms", of)


def copy_of_the_example(visitor: Visitor) -> str:
    """The address of a new proposal."""
    visitor.open("/proposals/new/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', visitor.text)
    assert token
    visitor.open("/proposals/new/", {"csrfmiddlewaretoken": token[1], "way": "example"})
    found = PROPOSAL.search(urllib.parse.urlsplit(visitor.address).path)
    assert found, visitor.address
    return found[0]


class Person:
    """Somebody with the page of a measure open, and a connection of their own. All are signed in as one account."""

    def __init__(self, visitor: Visitor, proposal: str, number: int) -> None:
        self.host = urllib.parse.urlsplit(visitor.address).netloc
        self.cookies = visitor.cookies
        self.proposal = proposal
        self.page = f"measures/m{number % IN_A_TEAM + 1}"
        self.at = f"/{self.page}/{FIELDS[number % len(FIELDS)]}"
        self.number = number
        self.waits: list[float] = []
        self.errors: list[str] = []
        self.thread = threading.Thread(target=self.work)

    def work(self) -> None:
        """Opens the page, and writes until the time is up."""
        self.connection = HTTPConnection(self.host, timeout=20)
        end = time.monotonic() + SECONDS
        looked = 0.0
        time.sleep(random.random() * EVERY)  # noqa: S311 - people do not begin at once
        try:
            self.load()
            while time.monotonic() < end:
                begun = time.monotonic()
                anew = self.save()
                self.waits.append(time.monotonic() - begun)
                if anew:
                    self.load()
                if time.monotonic() - looked > LOOKS_EVERY:
                    looked = time.monotonic()
                    self.ask("GET", f"draft/presence/?{urllib.parse.urlencode(self.signs())}")
                time.sleep(max(0.0, begun + EVERY - time.monotonic()))
        except (OSError, RuntimeError) as error:
            self.errors.append(f"{type(error).__name__}: {error}")

    def load(self) -> None:
        """The page anew, as the builder does when others changed something."""
        text = self.ask("GET", f"draft/{self.page}/")
        self.version, self.client, self.token = (
            self.found(text, name) for name in ("version", "client", "csrfmiddlewaretoken")
        )

    def save(self) -> bool:
        """Saves the field with a new text; whether rows came, went or moved since the page was loaded."""
        words = str(random.randint(1, 10**6))  # noqa: S311
        form = [*self.signs().items(), ("csrfmiddlewaretoken", self.token), ("field", self.at), (self.at, words)]
        self.ask("POST", "draft/save/", urllib.parse.urlencode(form))
        told = json.loads(self.answer.headers.get("HX-Trigger-After-Swap", "{}")).get("builder:saved", {})
        if told.get("accepted") != [self.at]:
            raise RuntimeError(f"not saved: {told}")
        if not told["reload"]:
            self.version = told["version"]
        return bool(told["reload"])

    def signs(self) -> dict[str, str]:
        """What a page says of itself."""
        return {"version": self.version, "client": self.client, "page": self.page}

    def ask(self, method: str, address: str, body: str | None = None) -> str:
        """Asks for an address below the proposal."""
        headers = {"Cookie": self.cookies, "HX-Request": "true", "Origin": f"http://{self.host}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, f"{self.proposal}{address}", body, headers)
        self.answer: HTTPResponse = self.connection.getresponse()
        text = self.answer.read().decode()
        if self.answer.status != 200:
            raise RuntimeError(f"{address} answered {self.answer.status}")
        return text

    def found(self, text: str, name: str) -> str:
        """The value of a hidden control of the page."""
        value = re.search(rf'name="{name}" value="([^"]*)"', text)
        assert value, f"no {name} on the page"
        return value[1]
