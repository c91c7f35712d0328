"""Reports as JSON: all of the model, as its schema says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, ValidationError

from reports.formats.notation import FORMAT, SCHEMA_ID, notation, report_schema
from reports.model import Block, Paragraph, texts
from tests.reports.every_block import MODEL, with_blocks

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "report-shape.md"


def said(value: Any) -> set[str]:
    """Every text in it."""
    if isinstance(value, dict | list):
        return set().union(*map(said, value.values() if isinstance(value, dict) else value))
    return {value} if isinstance(value, str) else set()


def test_report_with_every_block_is_as_the_schema_says() -> None:
    schema = report_schema()
    Draft202012Validator.check_schema(schema)

    Draft202012Validator(schema).validate(json.loads(notation(MODEL)))


@pytest.mark.parametrize(
    ("path", "value"), [(("format",), "cbm-report/2"), (("sections", 0, "type"), "table"), (("sections", 0, "more"), 1)]
)
def test_schema_refuses_what_is_no_report(path: tuple[str | int, ...], value: object) -> None:
    report = json.loads(notation(MODEL))
    place = report
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(ValidationError):
        Draft202012Validator(report_schema()).validate(report)


def test_everything_that_the_report_says_is_there() -> None:
    report = json.loads(notation(MODEL))

    joined = {"The parties shall as far as possible answer calls."}  # of runs
    assert set(texts(MODEL)) - joined <= said(report)
    assert report["format"] == FORMAT
    assert report["made_at"] == "2025-03-01T09:30:00+00:00"


def test_keys_stand_in_the_order_of_the_model_and_the_bytes_are_the_same_each_time() -> None:
    written = notation(MODEL)

    assert written == notation(MODEL)
    assert list(json.loads(written))[:4] == ["format", "kind", "name", "title"]
    assert written.endswith(b"}\n")


def test_texts_of_all_languages_are_readable_in_the_file_and_half_letters_do_no_harm() -> None:
    written = notation(with_blocks(Paragraph("협정 اتفاق Süd \ud800\x00")))

    assert "협정 اتفاق Süd ?\\u0000".encode() in written


def test_schema_is_served_to_everybody_under_its_name() -> None:
    answer = Client().get(SCHEMA_ID)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/schema+json"
    assert answer.json() == json.loads(json.dumps(report_schema()))


def test_documentation_names_every_part_and_field() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    schema = report_schema()

    parts = {block.__name__ for block in get_args(Block)} | set(schema["$defs"])
    missing = [name for name in parts if f"`{name.lower()}`" not in text]
    missing += [
        field
        for part in (schema, *schema["$defs"].values())
        for field in part["properties"]
        if f"`{field}`" not in text
    ]
    assert missing == []
