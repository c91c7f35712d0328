"""Canonical JSON: the one way to write a package down, and its identity.

UTF-8, keys sorted, no insignificant white space, unknowns left out, tri-state answers as words, whole numbers without
a fraction. The sha256 of these bytes is the document's identity.

A row or a section never changes, so it is written once: of a package in which one row was edited only that row is written
anew.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import Any, Final
from weakref import ref

from assessments.package.models import Package, Part

_json: Final = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_known: Final[dict[int, tuple[ref[Part], str]]] = {}
"""What parts say, by their identity: to compare them takes longer than to write them down. They go with their part."""


def canonical_document(package: Package) -> dict[str, Any]:
    """The package as plain JSON-able data, unknowns left out."""
    return package.model_dump(mode="json", by_alias=True, exclude_none=True)


def canonical_json(package: Package) -> bytes:
    """The canonical bytes; reading them again gives an equal package."""
    fields = sorted((name, value) for name, value in package.__dict__.items() if value is not None)
    return f"{{{','.join(f'{_json(name)}:{_written(value)}' for name, value in fields)}}}".encode()


def document_sha256(package: Package) -> str:
    """The document's identity, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(package)).hexdigest()


def _written(value: Any) -> str:
    """A field of the package: a text, a section or rows."""
    if isinstance(value, Part):
        return _part(value)
    return f"[{','.join(map(_part, value))}]" if isinstance(value, tuple) else _json(value)


def _part(part: Part) -> str:
    key = id(part)
    found = _known.get(key)
    if found is not None and found[0]() is part:
        return found[1]
    text = _json(part.model_dump(mode="json", by_alias=True, exclude_none=True))
    _known[key] = ref(part, lambda _: _known.pop(key, None)), text
    return text
