"""Brings an installation up to date before it serves: database, style sheets, case library."""

from __future__ import annotations

import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.checks import check_role


class Command(BaseCommand):
    help = "Migrates the database, collects the static files and loads the case library; quick when nothing changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also make the demonstration workspace")
        parser.add_argument("--link", type=Path, help="with --demo: a file for a one-time link that signs in there")

    def handle(self, *args: Any, **options: Any) -> None:
        self.collect_static_files()
        self.migrate()
        for warning in check_role(databases=[connection.alias]):
            self.stderr.write(f"{warning.msg} {warning.hint}")
        self.call("load_cases")
        if options["demo"]:
            self.call("demo")
        if options["link"]:
            self.write_link(options["link"])

    def write_link(self, file: Path) -> None:
        """Here, since a process of its own for it would need as long to start as everything else takes."""
        said = StringIO()
        call_command("sign_in_link", stdout=said)
        file.touch(mode=0o600)
        file.write_text(said.getvalue().strip())

    def call(self, command: str) -> None:
        """Runs a command and repeats the last line of what it says, its summary."""
        said = StringIO()
        call_command(command, stdout=said)
        self.stdout.write(said.getvalue().rstrip().rpartition("\n")[2])

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write(f"Database: {len(plan)} migrations applied.")

    def collect_static_files(self) -> None:
        """Collects them when a file was added, changed or removed since the last time."""
        stamp: Path = settings.VAR_DIR / "static-collected"
        state = state_of_static_files()
        if stamp.is_file() and stamp.read_text() == state and settings.STATIC_ROOT.is_dir():
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("Static files: collected.")
        stamp.write_text(state)


def state_of_static_files() -> str:
    """A digest of the names, sizes and times of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
