"""No dead links in the library and the guidelines."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from cases.schema import CaseFile, case_files
from guidelines.catalogue import topics
from tests.personas import Person

HREF = re.compile(r'(?:href|hx-get)="([^"]*)"')
ID = re.compile(r'\bid="([^"]+)"')
READ = ("/cases/", "/guidelines/")


def test_every_link_of_the_library_and_the_guidelines_leads_somewhere(library: None, mediator: Person) -> None:
    """Pages under both are read and followed; an address with a query, such as a filter's, is opened and not read."""
    pages, wanted = crawl(mediator.client)
    assert {f"/cases/{slug}/" for slug in case_files()} <= {*pages}
    assert {f"/guidelines/{topic}/" for topic in topics()} <= {*pages}
    lost = [(page, fragment) for page, fragment in wanted if page in pages and fragment not in ID.findall(pages[page])]
    assert lost == []


def crawl(client: Client) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """The pages by address, and the fragments that are linked to."""
    waiting, pages, seen = [*READ], {}, {*READ}
    fragments: set[tuple[str, str]] = set()
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        is_page = response["Content-Type"].startswith("text/html")
        if not (is_page and address.startswith(READ)) or "?" in address:
            continue
        pages[address] = response.content.decode()
        for found in HREF.findall(pages[address]):
            target, fragment = urldefrag(urljoin(address, unescape(found)))
            if urlsplit(target).netloc or target.startswith(("/static/", "/sign-out", "/account/logout")):
                continue
            fragments |= {(target, fragment)} if fragment else set()
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return pages, fragments


@pytest.mark.parametrize("case", case_files().values(), ids=lambda case: case.slug)
def test_links_of_a_case_are_whole_addresses_and_none_twice(case: CaseFile) -> None:
    for link in case.links:
        parts = urlsplit(link)
        assert parts.scheme in ("https", "http")
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc)
        assert link.isascii()
    assert len(set(case.links)) == len(case.links)
    assert bool(case.links) == case.checked
