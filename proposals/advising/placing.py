"""From the engine's pointers to fields: which field is meant, in words, and where it is edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from assessments.engine.grading import Evidence
from assessments.package import Package
from assessments.package.addresses import ROWS, address_of, key_of, pointer_of
from assessments.package.drafts import DraftProblem
from assessments.presentation.reader import Reader
from proposals.advising.advice import Place, Problem

Href = Callable[[str], str]
"""Where the field at an address is edited."""

NAMED: Final = ("parties", "third_parties", "measures")
NESTED: Final = ("commitments", "actors")


class Places:
    """The fields of a draft by the engine's pointers, which count the rows that could be read."""

    def __init__(self, draft: Mapping[str, Any], package: Package, href: Href) -> None:
        self.draft = _as_read(draft, package)
        self.href = href
        self.reader = Reader(_names(self.draft))
        self.known: dict[str, Place] = {}

    def place(self, pointer: str) -> Place:
        """The field that a pointer of the engine leads to."""
        found = self.known.get(pointer)
        if found is None:
            at = address_of(self.draft, pointer)
            found = self.known[pointer] = Place(self.reader.label(pointer), self.href(at))
        return found

    def several(self, evidence: Iterable[str | Evidence], most: int) -> tuple[list[Place], int]:
        """The first fields that a judgement read, each once, and how many more there are."""
        pointers = list(dict.fromkeys(each if isinstance(each, str) else each.pointer for each in evidence))
        return [self.place(pointer) for pointer in pointers[:most]], max(0, len(pointers) - most)

    def key_of_measure(self, number: int) -> str:
        """The key of the measure at a position of the package."""
        rows = self.draft.get("measures") or []
        return (key_of(rows[number]) or "") if number < len(rows) else ""


def told(draft: Mapping[str, Any], problems: Iterable[DraftProblem], href: Href) -> tuple[Problem, ...]:
    """What cannot be read of a draft, each with its field."""
    reader = Reader(_names(draft))
    return tuple(
        Problem(Place(reader.label(pointer_of(draft, each.address)), href(each.address)), each.message)
        for each in problems
    )


def shape_of(draft: Mapping[str, Any]) -> tuple[Any, ...]:
    """On what labels and addresses of fields rest: which rows there are, in which order, and how they are called."""
    keys = tuple((name, tuple(key_of(row) for row in rows)) for name, rows in draft.items() if _rows(name, rows))
    names = tuple(row.get("name") for name in NAMED[:2] for row in _mappings(draft.get(name)))
    nested = tuple(
        tuple(key_of(row) for row in rows)
        for measure in _mappings(draft.get("measures"))
        for name in NESTED
        if isinstance(rows := measure.get(name), list)
    )
    diagnosis = draft.get("diagnosis")
    pairs = _mappings(diagnosis.get("distrust_between")) if isinstance(diagnosis, Mapping) else []
    return keys, names, nested, tuple(map(key_of, pairs))


def _as_read(draft: Mapping[str, Any], package: Package) -> Mapping[str, Any]:
    """The draft without the rows that could not be read; where it is not known which, without any of that list."""
    left = {name: rows for name, rows in draft.items() if not _rows(name, rows)}
    for name, rows in draft.items():
        if not _rows(name, rows):
            continue
        read = getattr(package, name, None) or ()
        if len(read) != len(rows):
            ids = {getattr(each, "id", None) for each in read} - {None}
            first = {row.get("id"): row for row in reversed(_mappings(rows)) if row.get("id") in ids}
            rows = [first[each.id] for each in read] if ids and len(first) == len(read) else []
        left[name] = rows
    return left


def _rows(name: str, rows: Any) -> bool:
    return name in ROWS and isinstance(rows, list)


def _mappings(rows: Any) -> list[Mapping[str, Any]]:
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _names(draft: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    """As much of a draft as a reader needs to name its rows, whatever stands in it."""
    return {name: [_named(row) for row in draft[name]] for name in NAMED if isinstance(draft.get(name), list)}


def _named(row: Any) -> dict[str, str]:
    key = key_of(row) or ""
    name = row.get("name") if isinstance(row, Mapping) else None
    said = row.get("id") if isinstance(row, Mapping) else None
    return {"id": said if isinstance(said, str) else key, "name": name if isinstance(name, str) and name else key}
