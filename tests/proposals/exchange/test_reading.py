from __future__ import annotations

import json
import time
from typing import Any

import pytest
import yaml

from assessments.calibration import worked_example
from assessments.package import canonical_document, versions
from proposals.exchange.reading import read_file

WHOLE = canonical_document(worked_example().package)


def read(document: Any) -> Any:
    return read_file("a.json", json.dumps(document).encode())


@pytest.mark.parametrize("content", [json.dumps(WHOLE), yaml.safe_dump(WHOLE)])
def test_whole_package_is_ready(content: str) -> None:
    incoming = read_file("a", content.encode())
    assert incoming.is_ready
    assert incoming.package == worked_example().package


def test_errors_of_the_format_are_told_at_their_address_and_the_document_stays_as_it_was() -> None:
    wrong = {**WHOLE, "titel": "A slip", "measures": [{"id": "m1", "title": "Hotline", "steps": "many"}], "links": None}
    incoming = read(wrong)
    assert {each.address for each in incoming.problems} >= {"/titel", "/measures/m1/steps"}
    assert incoming.document == wrong
    assert not incoming.unreadable


def test_document_without_a_version_is_read_as_a_draft_of_the_current_one() -> None:
    incoming = read({"title": "Half filled"})
    assert incoming.document == {"format": "cbm-package/1", "title": "Half filled"}
    assert not incoming.problems
    assert not incoming.is_ready


def test_keys_of_a_draft_do_not_come_in() -> None:
    incoming = read({"title": "T", "verification": [{"_key": "x/y", "method": "joint"}]})
    assert incoming.document["verification"] == [{"method": "joint"}]


def test_older_version_comes_in_as_the_current_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def from_zero(document: dict[str, Any]) -> dict[str, Any]:
        return {"format": "cbm-package/1", "title": document["name"]}

    monkeypatch.setitem(versions.UPGRADES, "cbm-package/0", from_zero)
    assert read({"format": "cbm-package/0", "name": "Old"}).document == {"format": "cbm-package/1", "title": "Old"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"title": "T",\n "parties": [}', "line 2"),
        (b"title: T\nparties: [a\nmeasures: b: c", "line 3"),
        (b'{"format": "cbm-package/2"}', "format: .*newer.*update CBM Advisor"),
        (b"just a sentence", "This is no package"),
        (b"[1, 2]", "This is no package"),
        (b"", "empty"),
        (b"\xff\xfea\x00", "UTF-16"),
        (b"a: \xe9", "not UTF-8"),
        (b'{"title": "a", "title": "b"}', "stands twice"),
        (b'{"title": "a\\u0000b"}', "title: holds a control character"),
        (b'{"process": {"months_on_cbms": 1e999}}', "process.months_on_cbms: is not a finite number"),
        (b"a: &x 1\nb: *x", "anchors"),
        (b"[" * 100, "deep|line"),
    ],
)
def test_what_is_no_document_says_why_and_keeps_the_text(content: bytes, said: str) -> None:
    incoming = read_file("bad.yaml", content)
    assert incoming.document is None
    assert incoming.text == content.decode("utf-8", "replace")
    with pytest.raises(AssertionError, match=said):
        raise AssertionError(incoming.unreadable)


def test_file_full_of_errors_is_no_package_and_told_quickly() -> None:
    began = time.perf_counter()
    incoming = read({f"u{n}": n for n in range(100_000)})
    assert "100001 errors" in incoming.unreadable  # the title is missing too
    assert time.perf_counter() - began < 5
