"""Secrets in a package and around it, and the search for them in files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from assessments.package import PackageError, canonical_document, load_package
from reports.audience import FOR_PARTIES
from tests.reports.material import EXAMPLE, copy_of
from tests.reports.reading import unpacked
from tests.reports.test_audience import fields_of, models

SECRET = re.compile(rb"Zq[a-j]{3}qz", re.IGNORECASE)
MINE, OTHERS = "gos", "splm"
"""Two parties of the worked example."""


def secret(number: int) -> str:
    """A word of letters alone that nobody else uses."""
    return "Zq" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") + "qz"


def rows_of(value: Any, section: str) -> Iterator[dict[str, Any]]:
    """The parts of a document that stand under this name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == section:
                yield from inner if isinstance(inner, list) else [inner]
            yield from rows_of(inner, section)
    elif isinstance(value, list):
        for each in value:
            yield from rows_of(each, section)


def with_secrets() -> tuple[dict[str, Any], dict[str, str]]:
    """The worked example with a secret in every field that takes free text and is closed to the parties; by field."""
    document = copy_of(EXAMPLE) | {"not_applicable": [{"check": "G1.3", "reason": "x"}]}
    document["measures"][0]["commitments"][0]["deliberately_open"] = [{"phrase": "x"}]
    planted: dict[str, str] = {}
    for section, part in models().items():
        for field in sorted(fields_of(part) - FOR_PARTIES.get(section, frozenset())):
            for row in [document] if not section else list(rows_of(document, section))[:1]:
                word = secret(len(planted))
                if plant(document, row, field, word):
                    planted[f"{section}.{field}"] = word
    return canonical_document(load_package(document)), planted


def plant(document: dict[str, Any], row: dict[str, Any], field: str, word: str) -> bool:
    """Writes the word into the field in whatever shape it takes; whether it takes any."""
    before = dict(row)
    for value in (word, [word], {MINE: word}):
        row[field] = value
        try:
            if word in json.dumps(canonical_document(load_package(document))):
                return True
        except PackageError:
            pass
        row.clear()
        row.update(before)
    return False


def found_in(content: bytes) -> set[bytes]:
    """The secrets in a file, however they are packed or written."""
    found: set[bytes] = set()
    for piece in unpacked(content):
        for text in (piece, piece.replace(b"\0", b""), _from_hex(piece)):
            found |= set(SECRET.findall(text))
    return found


def _from_hex(piece: bytes) -> bytes:
    """What is written in hexadecimal digits, as strings in PDF files may be."""
    return b"\n".join(
        bytes.fromhex(digits.decode()).replace(b"\0", b"") for digits in re.findall(rb"<((?:[0-9A-Fa-f]{2})+)>", piece)
    )
