"""The builder: saving a field with the fresh advice on it, and what its page weighs."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import path

from accounts import walls
from accounts.models import User, Workspace
from assessments.calibration import worked_example
from assessments.package import canonical_json
from assessments.package.drafts import with_keys
from bench.engine import with_measures
from bench.figures import Figure, seconds
from bench.page import bare, fetch, signed_in
from cbm_advisor.urls import urlpatterns as pages
from proposals.drafting.domain import start_draft
from proposals.examples import set_up_demonstration

ROUNDS: Final = 200
CLIENT: Final = "0123456789abcdef"
FIELDS: Final = (
    "/measures/{id}/commitments/{key}/text",
    "/measures/{id}/description",
    "/measures/{id}/steps",
    "/context/phase",
)
TYPEFACES: Final = re.compile(r"/fonts?[./]|woff")

urlpatterns = [path("bare/", bare), *pages]


def figures() -> Iterator[Figure]:
    """Saves through all middleware, to the database, in wall time; the slowest of twenty counts."""
    with walls.lifted():
        mediator, workspace = set_up_demonstration()
    client = signed_in(mediator)
    with override_settings(ROOT_URLCONF=__name__):
        for measures in (10, 50):
            value = saving(client, mediator, workspace, measures)
            yield Figure(f"save and advice, {measures} measures", value, 5, "times", "of a bare page; both at p95")
    yield Figure("builder page", weight(client, mediator, workspace) / 1000, 80, "kB", "compressed, with all but type")


def saving(client: Client, person: User, workspace: Workspace, measures: int) -> float:
    """How many times longer a save takes than the bare page, each at the 95th percentile."""
    save = saver(client, person, workspace, measures)
    save(), fetch(client, "/bare/")
    saves, bares = [], []
    for _ in range(ROUNDS):
        saves.append(seconds(save, perf_counter, least=0))
        bares.append(seconds(lambda: fetch(client, "/bare/"), perf_counter, least=0))
    return p95(saves) / p95(bares)


def p95(times: list[float]) -> float:
    """The time that one in twenty exceeds."""
    return sorted(times)[int(0.95 * len(times))]


def saver(client: Client, person: User, workspace: Workspace, measures: int) -> Callable[[], None]:
    """A call that saves one field after the other, each time something else, as the page does when a field is left."""
    draft = with_keys(json.loads(with_measures(canonical_json(worked_example().package), measures)))
    with walls.lifted():
        proposal = start_draft(workspace, draft, by=person).proposal
    address = f"/proposals/{proposal.pk}/draft/save/"
    first = draft["measures"][0]
    fields = [each.format(id=first["id"], key=first["commitments"][0]["_key"]) for each in FIELDS]
    number = count()
    version = 0

    def save() -> None:
        nonlocal version
        n = next(number)
        at = fields[n % len(fields)]
        said = {"version": version, "client": CLIENT, "page": f"measures/{first['id']}", "field": at, at: value(at, n)}
        response = client.post(address, said, headers={"HX-Request": "true"})
        told = json.loads(response.headers.get("HX-Trigger-After-Swap", "{}")).get("builder:saved")
        if response.status_code != 200 or not told or told["accepted"] != [at] or told["version"] == version:
            raise RuntimeError(f"Saving {at} answered {response.status_code}: {told}")
        version = told["version"]

    return save


def value(at: str, n: int) -> str:
    """Something that the field did not say before."""
    if at.endswith("/phase"):
        return ("negotiation", "implementation")[n // len(FIELDS) % 2]
    return str(n % 90 + 10) if at.endswith("/steps") else f"Both sides open road {n} as appropriate within {n} days"


def weight(client: Client, person: User, workspace: Workspace) -> float:
    """Bytes of a measure's page with its styles and scripts, each compressed; typefaces apart."""
    with walls.lifted():
        proposal = start_draft(workspace, json.loads(canonical_json(worked_example().package)), by=person).proposal
    html = client.get(f"/proposals/{proposal.pk}/draft/measures/m1/").content.decode()
    parts = [html.encode(), *files(html)]
    return float(sum(len(gzip.compress(part, 9)) for part in parts))


def files(html: str) -> Iterator[bytes]:
    """The styles and scripts that a page links, and the scripts that those import."""
    wanted = re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', html)
    seen: set[str] = set()
    while wanted:
        name = wanted.pop().removeprefix(str(settings.STATIC_URL))
        plain = re.sub(r"\.[0-9a-f]{12}(?=\.(css|js)$)", "", name)
        if plain in seen or TYPEFACES.search(plain):
            continue
        seen.add(plain)
        found = finders.find(plain)
        content = Path(found).read_bytes() if isinstance(found, str) else b""
        if not content:
            raise RuntimeError(f"No file for {name}")
        wanted += [f"js/{each}" for each in re.findall(r'from "\./([^"]+)"', content.decode())]
        yield content
