"""A report as JSON, format ``cbm-report/1`` (``docs/report-shape.md``), and its JSON Schema, made from the model."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from reports.model import ReportModel, as_json

FORMAT: Final = "cbm-report/1"
SCHEMA_ID: Final = "/schema/cbm-report-1.json"


def notation(model: ReportModel) -> bytes:
    """The report in UTF-8, keys in the order of the model; the same bytes for the same report."""
    written = json.dumps({"format": FORMAT, **as_json(model)}, ensure_ascii=False, indent=2)
    return f"{written}\n".encode(errors="replace")


@cache
def report_schema() -> dict[str, Any]:
    """The schema, draft 2020-12: everything is always there, and every part but the report says its ``type``."""
    schema = TypeAdapter(ReportModel).json_schema()
    parts = {name: _closed(part, {"type": {"const": name.lower()}}) for name, part in schema.pop("$defs").items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **_closed(schema, {"format": {"const": FORMAT}}),
        "$defs": parts,
        "title": "A report of CBM Advisor, format cbm-report/1",
    }


def _closed(part: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
    """An object with ``first`` before its own properties, all of them required and no other allowed."""
    properties = {**first, **part["properties"]}
    for each in part["properties"].values():
        each.pop("default", None)
    return {**part, "properties": properties, "required": list(properties), "additionalProperties": False}
