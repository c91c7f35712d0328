"""A file that somebody sends: the document in it with what is wrong, or why there is none. Stores nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from pydantic import ValidationError

from assessments.package import Package
from assessments.package.drafts import DraftProblem, read_draft, with_keys, without_keys
from assessments.package.loading import not_assessable
from assessments.package.versions import VersionError, upgraded
from cbm_advisor.lib.documents import DocumentError, inspect, parse

MOST_ERRORS: Final = 500
"""With more than these a file is no package that went wrong, but something else."""


class Incoming(NamedTuple):
    """A file by name. ``document`` is in the current version of the format, ``None`` where ``unreadable`` says why.

    ``text``: what stands in an unreadable file, so that it can be mended on the page.
    """

    name: str
    document: dict[str, Any] | None
    package: Package | None = None
    problems: Sequence[DraftProblem] = ()
    unreadable: str = ""
    text: str = ""

    @property
    def is_ready(self) -> bool:
        """It is a package without errors, with enough in it to be assessed."""
        return self.package is not None and not self.problems and not not_assessable(self.package)


def read_file(name: str, content: bytes) -> Incoming:
    """What is in a file."""
    try:
        source = parse(content)
        if not isinstance(source, dict):
            raise DocumentError(_("This is no package: a package is a set of fields, such as title: and measures:"))
        inspect(source)
        document = without_keys(upgraded(source))
        _refuse_what_is_something_else(document)
    except DocumentError as error:
        return _unreadable(name, content, f"{_path(error.place)}: {error}" if error.place else str(error))
    except VersionError as error:
        return _unreadable(name, content, f"format: {error}")
    reading = read_draft(with_keys(document))
    return Incoming(name, document, reading.package, reading.problems)


def _refuse_what_is_something_else(document: dict[str, Any]) -> None:
    """Each error takes a while to be put in words, at every opening of the draft; so what is full of them stays out."""
    try:
        Package.model_validate(document)
    except ValidationError as error:
        if error.error_count() > MOST_ERRORS:
            message = _(
                "This is no package: it has %(number)s errors. Look at an example, such as an export from here."
            )
            raise DocumentError(message % {"number": error.error_count()}) from None


def _unreadable(name: str, content: bytes, why: str) -> Incoming:
    return Incoming(name, None, unreadable=why, text=content.decode("utf-8-sig", "replace"))


def _path(place: tuple[str | int, ...]) -> str:
    path = ""
    for part in place:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path[:200]
