from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from proposals.exchange.archives import unpacked
from proposals.exchange.documents import Kind, exported
from proposals.exchange.packing import FileNames, Leaving, archive
from proposals.exchange.reading import read_file

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def packed(documents: list[dict[str, Any]], kind: Kind = "json") -> bytes:
    packages = (Leaving(str(each.get("title")), 1, exported(each, whole=True)) for each in documents)
    return b"".join(archive(packages, kind=kind, at=NOW))


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_archive_is_read_back_as_it_was(kind: Kind) -> None:
    documents: list[dict[str, Any]] = [
        {"format": "cbm-package/1", "title": "حزمة", "language": "ar"},
        {"format": "cbm-package/1", "title": "Half: wrong", "measures": [{"steps": "many"}], "titel": "yes"},
    ]
    files = unpacked(packed(documents, kind))
    assert [read_file(each.name, each.content).document for each in files] == documents


def test_manifest_says_what_is_in_the_archive_and_what_is_incomplete() -> None:
    content = packed([{"format": "cbm-package/1", "title": "Whole"}, {"title": "Wrong", "context": {"phase": "now"}}])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        manifest = json.loads(file.read("manifest.json"))
    assert (manifest["format"], manifest["package_format"]) == ("cbm-export/1", "cbm-package/1")
    assert manifest["exported_at"] == "2026-03-01T12:30:00+00:00"
    whole, wrong = manifest["packages"]
    assert (whole["file"], whole["revision"], whole["incomplete"]) == ("whole-1.json", 1, False)
    assert len(whole["sha256"]) == 64
    assert wrong["incomplete"]
    assert [each["path"] for each in wrong["problems"]] == ["context.phase"]


def test_one_package_after_the_other_is_asked_for() -> None:
    asked = []

    def packages() -> Iterator[Leaving]:
        for n in range(100):
            asked.append(n)
            yield Leaving("T", n, exported({"title": "T"}, whole=True))

    pieces = archive(packages(), kind="json", at=NOW)
    next(pieces)
    assert len(asked) == 1


def test_names_are_safe_and_each_is_there_once() -> None:
    names = FileNames()
    titles = ["../../etc/passwd", "A/B\\C", "con", "حزمة", "حزمة", "A" * 300, "manifest", "a b", "A B", "\n\x00", "..."]
    given = [names.name_for(title, 1, "json") for title in titles]
    assert len({name.lower() for name in given}) == len(titles)
    assert all(len(name) < 100 and name.strip("abcdefghijklmnopqrstuvwxyz0123456789-.") == "" for name in given)
    assert given[:5] == ["etcpasswd-1.json", "abc-1.json", "con-1.json", "package-1.json", "package-1-2.json"]
