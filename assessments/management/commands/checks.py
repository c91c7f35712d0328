"""``manage.py checks``: the rubric, listed or written out as documentation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.listing import as_data, pages


class Command(BaseCommand):
    help = "Lists the rubric: every check with its question, rule, weight, advice and cases."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--docs", metavar="FOLDER", type=Path, help="write the pages of docs/checks there")
        parser.add_argument("--check", action="store_true", help="with --docs: write nothing, fail if a page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["docs"]:
            self.write_docs(options["docs"], only_check=options["check"])
        elif options["format"] == "json":
            self.stdout.write(json.dumps(as_data(), ensure_ascii=False, indent=2))
        else:
            for group in as_data()["groups"]:
                self.stdout.write(f"{group['id']} {group['name']}: {group['essence']}")
                for check in group["checks"]:
                    self.stdout.write(f"  {check['id']:<6} {check['weight']:>4g}  {check['question']}")

    def write_docs(self, folder: Path, *, only_check: bool) -> None:
        """Writes the pages that differ; with ``only_check`` names them and fails instead."""
        wanted = pages()
        present = {path.name for path in folder.glob("*.md")}
        stale = [name for name, text in wanted.items() if name not in present or (folder / name).read_text() != text]
        left_over = sorted(present - set(wanted))
        if only_check and (stale or left_over):
            raise CommandError(
                f"stale in {folder}: {', '.join([*stale, *left_over])}; "
                f"write them anew with: python manage.py checks --docs {folder}"
            )
        if only_check:
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (folder / name).write_text(wanted[name])
        for name in left_over:
            (folder / name).unlink()
        self.stdout.write(f"{len(stale)} written, {len(left_over)} removed, {len(wanted) - len(stale)} unchanged")
