"""``manage.py export_cases FOLDER``: the published cases as files, to become those of the next release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.editing.export import files, write_to


class Command(BaseCommand):
    help = "Writes every published case into FOLDER as YAML, in the layout of cases/data, and says what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="an existing folder, such as cases/data of a checkout")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        try:
            written = write_to(folder)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written to: {error}") from None
        for name in written:
            self.stdout.write(f"written: {name}")
        names = {name for name, _text in files()}
        for path in sorted(folder.glob("*.yaml")):
            if path.name not in names:
                self.stdout.write(f"not in the library: {path.name}")
        self.stdout.write(f"{len(written)} files written, {len(names) - len(written)} unchanged")
