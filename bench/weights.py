"""What the library's pages weigh, compressed as they are sent: everything that a page loads, resolved as a browser does.

Static files have to be collected. A response's headers are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Final

from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from accounts import walls
from accounts.models import User
from bench.figures import Figure
from bench.page import signed_in
from proposals.examples import set_up_demonstration

LIST, MAP = "/cases/", "/cases/?view=map"
GOALS: Final = {"library page": (LIST, 60), "map page": (MAP, 160)}
TYPEFACES: Final = 180
LATIN: Final = ("css/fonts/inter/inter-latin-wght-normal.woff2",
                "css/fonts/source-serif-4/source-serif-4-latin-wght-normal.woff2")  # fmt: skip
"""What a browser fetches of the typefaces for a page in English; a test asks one."""


class Named(HTMLParser):
    """The files that a page names: style sheets, icons, scripts, and what its scripts are told to load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.urls: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.urls += [said for _name, said in attrs if said and said.startswith("/static/")]


def weights(client: Client, address: str) -> dict[str, int]:
    """Bytes by URL, of a page and of all that it loads but typefaces. Raises ``RuntimeError`` if something is amiss."""
    page, size = sent(client, address)
    return {address: size} | {url: sent(client, url)[1] for url in Named(page.decode()).urls}


def sent(client: Client, url: str) -> tuple[bytes, int]:
    """What is at an address, and how many bytes are sent of it to a browser that reads gzip."""
    plain, packed = (client.get(url, headers={"Accept-Encoding": each}) for each in ("identity", "gzip"))
    if plain.status_code != 200 or packed.status_code != 200:
        raise RuntimeError(f"{url} answered {plain.status_code}")
    return plain.getvalue(), len(packed.getvalue())


def typefaces(client: Client) -> Mapping[str, int]:
    """Bytes of the typefaces of a page in English, by URL."""
    urls = [staticfiles_storage.url(name) for name in LATIN]
    return {url: sent(client, url)[1] for url in urls}


def figures() -> Iterator[Figure]:
    """Kilobytes of 1,000 bytes, of the library as it is delivered."""
    with walls.lifted():
        mediator: User = set_up_demonstration()[0]
    client = signed_in(mediator)
    for name, (address, goal) in GOALS.items():
        found = weights(client, address)
        yield Figure(name, sum(found.values()) / 1000, goal, "kB", f"compressed, {len(found)} files, no typefaces")
    faces = typefaces(client)
    yield Figure("typefaces", sum(faces.values()) / 1000, TYPEFACES, "kB", f"{len(faces)} files, kept for a year")
