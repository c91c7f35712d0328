"""``manage.py verify_audit_log``: walks the chains of the audit log."""

from __future__ import annotations

import sys
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.audit_chain import Verdict, chains, verify


class Command(BaseCommand):
    help = "Verifies the chains of the audit log. Exit code 1 if an entry was changed, inserted or removed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", metavar="ID", type=uuid.UUID, help="only the chain of this workspace")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = [options["workspace"]] if options["workspace"] else chains()
        walked = broken = entries = 0
        for workspace_id in wanted:
            verdict = verify(workspace_id)
            self.tell(verdict)
            walked, broken, entries = walked + 1, broken + bool(verdict.wrong), entries + verdict.number
        if broken:
            self.stderr.write(f"{broken} of {walked} chains do not verify.")
            sys.exit(1)
        self.stdout.write(f"{walked} chains with {entries} entries verify.")

    def tell(self, verdict: Verdict) -> None:
        """One line a chain. Number and digest of its end, written down elsewhere, show a chain that was made anew."""
        name = f"workspace {verdict.workspace_id}" if verdict.workspace_id else "no workspace"
        if verdict.wrong:
            self.stderr.write(f"{name}: {verdict.wrong}")
        else:
            self.stdout.write(f"{name}: {verdict.number} entries, the newest is {verdict.sha256 or 'none'}")
