"""What the library's pages weigh, and how long browsers may keep what they load."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from bench.weights import GOALS, LIST, MAP, TYPEFACES, typefaces, weights
from tests.personas import Person

YEAR = 365 * 24 * 60 * 60
COLLECTED = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Static files as in production: with a digest in their names, compressed."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**configured.STORAGES, "staticfiles": {"BACKEND": COLLECTED}}
    fragments = caches["template_fragments"]
    fragments.clear()
    call_command("collectstatic", "--no-input", verbosity=0)
    yield
    fragments.clear()


@pytest.fixture
def reader(collected: None, library: None, mediator: Person) -> Client:
    """The mediator, before a library that is loaded."""
    mediator.client.handler.load_middleware()
    return mediator.client


def test_pages_of_the_library_and_their_typefaces_keep_to_their_weights(reader: Client) -> None:
    for name, (address, goal) in GOALS.items():
        found = weights(reader, address)
        assert sum(found.values()) <= goal * 1000, (name, found)
    assert sum(typefaces(reader).values()) <= TYPEFACES * 1000


def test_the_map_loads_its_shapes_and_the_list_does_not(reader: Client) -> None:
    shapes = staticfiles_storage.url("vendor/world-atlas/countries-110m.json")
    assert shapes in weights(reader, MAP)
    assert not [url for url in weights(reader, LIST) if "/vendor/" in url]


def test_what_pages_load_is_kept_for_a_year(reader: Client) -> None:
    urls = [*weights(reader, MAP), *typefaces(reader)]
    for url in urls:
        if url.startswith("/static/"):
            said = reader.get(url)["Cache-Control"]
            age = int(said.split("max-age=")[1].split(",")[0])
            assert (age >= YEAR, "immutable" in said) == (True, True), (url, said)


def test_pages_of_the_library_are_sent_compressed_and_never_at_the_same_length(reader: Client) -> None:
    """The length says nothing of what stands in the page beside the words of the visitor."""
    packed = [reader.get("/cases/?words=truce", headers={"Accept-Encoding": "gzip"}) for _ in range(20)]
    assert {each["Content-Encoding"] for each in packed} == {"gzip"}
    assert len({len(each.content) for each in packed}) > 1


def test_finer_shapes_are_not_collected(collected: None, settings: Any) -> None:
    names = {path.name for path in Path(settings.STATIC_ROOT, "vendor").rglob("*.json")}
    assert "countries-110m.json" in names
    assert not [name for name in names if "10m" in name.replace("110m", "") or "50m" in name]
