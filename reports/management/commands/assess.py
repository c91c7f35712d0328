"""``manage.py assess``: scores package files without a database or any service."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext

from assessments.engine import Scorecard, assess
from assessments.package import Package, PackageError, canonical_document, load_package
from assessments.summary import in_words
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.formats.errors import FormatError
from reports.formats.pdf import pdf
from reports.look import Look

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Scores packages (JSON or YAML; - for standard input). Exit code 2 if any could not be read."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a package file, or - for standard input")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--pdf", metavar="OUT", type=Path, help="also write the report (one FILE only)")

    def handle(self, *args: Any, **options: Any) -> None:
        files: list[str] = options["files"]
        if options["pdf"] and len(files) > 1:
            self.fail(gettext("--pdf takes one FILE: a report is about one package"))
        if files.count("-") > 1:
            self.fail(gettext("- can stand only once among the files: standard input is read once"))
        results = [self.one(name, options) for name in files]
        if not all(results):
            sys.exit(BAD_INPUT)

    def one(self, name: str, options: dict[str, Any]) -> bool:
        """Scores one file; whether it could be read."""
        alone = len(options["files"]) == 1
        try:
            package = load_package(read(name))
        except (PackageError, OSError) as error:
            self.refuse(name, error, as_line=options["format"] == "json" and not alone)
            return False
        card = assess(package)
        if options["format"] == "json":
            scored = card.as_dict()
            self.stdout.write(
                json.dumps(scored, ensure_ascii=False, indent=2)
                if alone
                else json.dumps({"file": name, **scored}, ensure_ascii=False)
            )
        else:
            self.stdout.write(in_words(card, gettext))
        if options["pdf"]:
            self.write_pdf(package, card, options["pdf"])
        return True

    def write_pdf(self, package: Package, card: Scorecard, out: Path) -> None:
        """Writes the report; stops with a message if it cannot be set or written."""
        around = Circumstances(workspace="", made_at=datetime.now(tz=UTC))
        try:
            model = compose(canonical_document(package), card.as_dict(gettext), around, gettext)
            out.write_bytes(pdf(model, Look()))
        except (FormatError, OSError) as error:
            self.stderr.write(str(error))
            sys.exit(1)

    def refuse(self, name: str, error: Exception, *, as_line: bool) -> None:
        """Says what is wrong with a file: on stderr, and as a line of JSON among others."""
        why = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        self.stderr.write("\n".join(f"{name}: {line}" for line in why.splitlines()))
        if as_line:
            self.stdout.write(json.dumps({"file": name, "error": why}, ensure_ascii=False))

    def fail(self, message: str) -> None:
        """Stops because of how the command was called."""
        self.stderr.write(message)
        sys.exit(BAD_INPUT)


def read(name: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``. ``OSError`` if it cannot be read."""
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
