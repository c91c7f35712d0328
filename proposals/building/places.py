"""Where a field is filled in: its id on the page, its step, and the address of its page."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from django.urls import reverse

from assessments.package.addresses import key_of, parts_of, value_at
from proposals.building.catalogue import catalogue, pattern_of

COVERING: Final = {"verification": "covers", "violations": "covers", "links": "from"}
"""The lists whose rows name the measures that they are about, and the field in which they do; absent means all."""

_BY_FIRST_NAME: Final = {
    "third_parties": "conflict", "conflict": "conflict", "parties": "conflict", "diagnosis": "diagnosis",
    "context": "purpose", "process": "purpose", "not_applicable": "advice", "": "conflict",
}  # fmt: skip


def field_id(address: str) -> str:
    """The id on the page of a field, a row or a list of rows."""
    return "f" + address.replace("/", "__")


def step_of(address: str) -> str:
    """The step in which a field, a row or a part of the package is filled in."""
    spec = catalogue().get(pattern_of(address))
    return spec.step if spec else _BY_FIRST_NAME.get(parts_of(address or "/")[0], "measures")


def page_of(draft: Mapping[str, Any], address: str) -> tuple[str, str]:
    """The step, and the key of the measure on whose page a field stands; "" if it stands on the page of the step."""
    step = step_of(address)
    parts = parts_of(address or "/")
    spec = catalogue().get(pattern_of(address))
    if step != "measures" or len(parts) < 2 or (spec and spec.page != "measure"):
        return step, ""
    if parts[0] == "measures":
        return step, parts[1]
    if parts[0] in COVERING:
        return step, next(iter(measures_covered(draft, parts[0], value_at(draft, f"/{parts[0]}/{parts[1]}", {}))), "")
    return step, ""


def href_of(pk: uuid.UUID, draft: Mapping[str, Any], address: str) -> str:
    """The page and the fragment at which a field is filled in."""
    step, measure = page_of(draft, address)
    name, last = ("draft_measure", measure) if measure else ("draft_step", step)
    page = reverse(f"proposals:{name}", args=[pk, last])
    whole = not address or address in (f"/measures/{measure}", "/measures")
    return page if whole else f"{page}#{field_id(address)}"


def href_of_measures(pk: uuid.UUID) -> Callable[[str], str]:
    """From the key of a measure to the address of its page, for a list of many."""
    before, after = reverse("proposals:draft_measure", args=[pk, "-"]).rsplit("-", 1)
    return lambda key: f"{before}{quote(key, safe='')}{after}"


def measures_covered(draft: Mapping[str, Any], section: str, row: Any) -> list[str]:
    """The keys of the measures that a row of verification, "what if" or links is about."""
    rows = draft.get("measures")
    measures = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    named = row.get(COVERING[section]) if isinstance(row, Mapping) else None
    every = named is None or named == "all"
    named = named if isinstance(named, list) else []
    return [key for measure in measures if (key := key_of(measure)) and (every or measure.get("id") in named)]
