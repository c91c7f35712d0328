"""Canonical JSON: the one way to write a package down, and its identity.

UTF-8, keys sorted, no insignificant white space, unknowns left out, tri-state answers as words, whole numbers without
a fraction. The sha256 of these bytes is the document's identity.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from assessments.package.models import Package


def canonical_document(package: Package) -> dict[str, Any]:
    """The package as plain JSON-able data, unknowns left out."""
    return package.model_dump(mode="json", by_alias=True, exclude_none=True)


def canonical_json(package: Package) -> bytes:
    """The canonical bytes; reading them again gives an equal package."""
    document = canonical_document(package)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def document_sha256(package: Package) -> str:
    """The document's identity, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(package)).hexdigest()
