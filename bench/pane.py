"""The advice beside the form after one field has changed, in multiples of the least that a signed-in page takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any, Final

from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from accounts import walls
from accounts.models import User
from assessments.calibration import worked_example
from assessments.package import canonical_json
from assessments.package.changes import Put, apply
from assessments.package.drafts import with_keys
from bench.engine import with_measures
from bench.figures import Figure, ratio
from bench.page import bare, fetch, signed_in
from cbm_advisor.urls import urlpatterns as pages
from proposals.advising.keeping import forget_states
from proposals.advising.pane import pane
from proposals.examples import open_worked_example, set_up_demonstration
from proposals.models import Proposal

ROUNDS = 25
VALUES: Final = {
    "number": ("/measures/m1/steps", 3, 9),
    "clause": ("/measures/m1/commitments/{clause}/text", "Both sides clear mines as appropriate", "The army clears"),
    "phase": ("/context/phase", "negotiation", "implementation"),
}
"""Fields that are changed to and fro, by name: where they are and their two values."""

urlpatterns = [path("bare/", bare), *pages]


def figures() -> Iterator[Figure]:
    """Reading, judging and writing the pane, CPU time; the draft's state before the change was shown already."""
    with walls.lifted():
        mediator, workspace = set_up_demonstration()
        proposal = open_worked_example(workspace, by=mediator).proposal
    client, request = signed_in(mediator), request_of(mediator)
    with override_settings(ROOT_URLCONF=__name__):
        for count in (10, 50):
            draft = with_keys(json.loads(with_measures(canonical_json(worked_example().package), count)))
            for name in VALUES:
                value = ratio(changing(request, proposal, draft, name), lambda: fetch(client, "/bare/"), rounds=ROUNDS)
                yield Figure(f"pane, {count} measures, {name} changed", value, 3.5, "times", "CPU of a bare page")


def request_of(person: User) -> HttpRequest:
    """A request of somebody who has hidden no scores."""
    request = RequestFactory().get("/")
    request.user = person
    request.session = Client().session
    return request


def changing(request: HttpRequest, proposal: Proposal, draft: dict[str, Any], name: str) -> Callable[[], object]:
    """A call that shows the pane after the field has changed, to and fro."""
    forget_states()
    at, *values = VALUES[name]
    at = at.format(clause=draft["measures"][1]["commitments"][0]["_key"])
    states = cycle([json.loads(json.dumps(apply(draft, [Put(at, value)])[0])) for value in values])
    return lambda: pane(request, proposal, next(states), at=at)
