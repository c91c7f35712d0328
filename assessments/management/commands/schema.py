"""``manage.py schema``: the published JSON Schemas."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.package import json_schema
from assessments.scorecard_schema import scorecard_schema


class Command(BaseCommand):
    help = "Prints the JSON Schema of the package format or of the scorecard."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["package", "scorecard"], nargs="?", default="package")

    def handle(self, *args: Any, **options: Any) -> None:
        schema = json_schema() if options["what"] == "package" else scorecard_schema()
        self.stdout.write(json.dumps(schema, ensure_ascii=False, indent=2))
