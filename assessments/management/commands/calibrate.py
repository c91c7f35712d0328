"""``manage.py calibrate``: the engine against the expectations of the historic packages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.calibration_page import calibration_page


class Command(BaseCommand):
    help = "Prints how the engine agrees with what scholars would expect, or writes the page of the documentation."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", metavar="FILE", type=Path, help="write the page there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            options["write"].write_text(calibration_page())
        else:
            self.stdout.write(calibration_page())
