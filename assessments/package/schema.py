"""The JSON Schema of the package format, made from the models."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from assessments.package.models import CONFIDENTIAL, Package

SCHEMA_ID: Final = "/schema/cbm-package-1.json"


@cache
def json_schema() -> dict[str, Any]:
    """The schema, draft 2020-12. It knows types and enumerations; references between parts are checked on reading."""
    schema = Package.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **schema,
        "title": "A package of confidence-building measures, format cbm-package/1",
    }


@cache
def confidential_paths() -> tuple[str, ...]:
    """Fields that only drafters see unless they decide otherwise."""
    return tuple(name for name, field in Package.model_fields.items() if field.json_schema_extra == CONFIDENTIAL)
