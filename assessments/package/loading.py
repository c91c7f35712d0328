"""From bytes to a package: JSON or YAML, refused quickly and plainly where it is neither, too large or hostile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from assessments.package.models import Package
from assessments.package.problems import PackageError, Problem, explained, problem, refused
from assessments.package.versions import CURRENT as CURRENT
from assessments.package.versions import VersionError, upgraded
from cbm_advisor.lib import documents
from cbm_advisor.lib.documents import DocumentError, inspect


def load_package(source: bytes | str | dict[str, Any], *, draft: bool = False) -> Package:
    """Reads a package from JSON or YAML, or from data already parsed.

    ``draft``: accept what is still too little to assess (fewer than two parties, no measure). Raises ``PackageError``
    with every problem found, each with its path and what to do.
    """
    document = source if isinstance(source, dict) else parse(source)
    if not isinstance(document, dict):
        raise refused("The document must be a mapping of fields, starting with: format: cbm-package/1")
    with _as_problems():
        inspect(document)
    document = _of_current_version(document)
    try:
        package = Package.model_validate(document)
    except ValidationError as error:
        raise PackageError(explained(error.errors(include_url=False), Package)) from None
    if not draft and (missing := not_assessable(package)):
        raise PackageError(missing)
    return package


def not_assessable(package: Package) -> list[Problem]:
    """What a draft still lacks before it can be assessed."""
    problems = []
    if len(package.parties or ()) < 2:
        problems.append(problem(("parties",), "two or more are needed; add each side with an id and a name"))
    if not package.measures:
        problems.append(problem(("measures",), "one or more are needed; add one with an id and a title"))
    return problems


def parse(source: bytes | str) -> Any:
    """The data in a JSON or YAML document. Raises ``PackageError`` if it is too large, not UTF-8, or not well formed."""
    with _as_problems():
        return documents.parse(source)


@contextmanager
def _as_problems() -> Iterator[None]:
    try:
        yield
    except DocumentError as error:
        raise (PackageError([problem(error.place, str(error))]) if error.place else refused(str(error))) from None


def _of_current_version(document: dict[str, Any]) -> dict[str, Any]:
    if document.get("format") is None:
        raise PackageError([problem(("format",), f"is required; write: {CURRENT}")])
    try:
        return upgraded(document)
    except VersionError as error:
        raise PackageError([problem(("format",), str(error))]) from None
