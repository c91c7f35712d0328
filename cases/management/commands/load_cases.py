"""``manage.py load_cases``: brings the case library in the database up to the files."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.domain import Changes, load_library
from cases.schema import CaseFileError, case_files


class Command(BaseCommand):
    help = "Loads cases/data into the database and says what changed. Loading twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changes = load_library(case_files())
        except CaseFileError as error:
            raise CommandError(str(error)) from None
        self.tell(changes)

    def tell(self, changes: Changes) -> None:
        """A line for each case that changed or that editors hold on to, and the numbers."""
        for what in ("added", "updated", "removed"):
            for slug in getattr(changes, what):
                self.stdout.write(f"{what}: {slug}{_parts(changes.parts.get(slug))}")
        for slug in changes.offered:
            changed = _parts(changes.parts.get(slug))
            self.stdout.write(f"kept: {slug}: edited here; what the release brings waits for the editors{changed}")
        for slug in changes.kept:
            self.stdout.write(f"kept: {slug}: edited here")
        self.stdout.write(
            f"{len(changes.added)} cases added, {len(changes.updated)} updated, {len(changes.removed)} removed, "
            f"{changes.unchanged} unchanged"
        )


def _parts(parts: list[str] | None) -> str:
    return f" ({', '.join(parts)})" if parts else ""
