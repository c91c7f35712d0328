"""Where a field is edited: the page, and the element on it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from django.urls import reverse

STEPS: Final = {
    "context": "purpose",
    "process": "purpose",
    "diagnosis": "diagnosis",
    "notes": "diagnosis",
    "measures": "measures",
    "verification": "measures",
    "violations": "measures",
    "links": "measures",
}
"""The step on which a section is edited; everything else is on the first one."""


def field_id(address: str) -> str:
    """The id of the element in which the field at an address is edited."""
    return "f" + address.replace("/", "__")


def href_of(pk: uuid.UUID, draft: Mapping[str, Any], address: str) -> str:
    """The page and the fragment at which the field at an address is edited."""
    section, *rest = address.split("/")[1:] or [""]
    below = f"measures/{rest[0]}" if section == "measures" and rest else STEPS.get(section, "conflict")
    return f"{_home(pk)}draft/{below}/#{field_id(address)}"


@lru_cache(maxsize=1024)
def _home(pk: uuid.UUID) -> str:
    return reverse("proposals:proposal", args=[pk])
