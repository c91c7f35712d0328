"""Drafts: documents in the shape of the format in which anything may be missing, half filled or wrong.

What can be read of a draft is a package, and the rest is told with its place. Nothing is invented: a row without a title
gets a stand-in only so that the package can be assessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from assessments.package.addresses import KEY, ROWS, address, key_of
from assessments.package.models import Package, Part
from assessments.package.problems import Place, found_in, problem
from assessments.package.versions import CURRENT

ID: Final = frozenset({"parties", "third_parties", "measures"})
"""The lists whose rows have an id of the format's own."""

STAND_INS: Final = {
    "parties": ("name", "Party {number}"),
    "third_parties": ("name", "Third party {number}"),
    "measures": ("title", "Measure {number}"),
    "commitments": ("text", ""),
    "deliberately_open": ("phrase", ""),
}
UNTITLED: Final = "Untitled package"
Dropped = set[Place]


class DraftProblem(NamedTuple):
    """What cannot be read: ``address`` of its field, ``path`` as in the format (``measures[2].steps``), and what to do."""

    address: str
    path: str
    message: str


class PartReadBeforeError(ValueError):
    """A part that was read before does not fit the rest, so the draft is to be read from the beginning."""


class DraftReading(NamedTuple):
    """What can be read of a draft, and what cannot."""

    package: Package
    problems: list[DraftProblem]


def with_keys(document: Mapping[str, Any], *, beside: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A document as a draft: rows get a key where their id is missing or taken. Keys that are there stay.

    The keys of a draft ``beside`` it are not given again, so that none comes to mean another row.
    """
    numbers = iter(range(1, 10**9))
    both = (document, beside or {})
    taken = {row[KEY] for each in both for row in _every_row(each) if isinstance(row.get(KEY), str)}

    def new_key() -> str:
        return next(key for n in numbers if (key := f"k{n}") not in taken)

    def keyed(node: Any, name: str) -> Any:
        if isinstance(node, Mapping):
            return {key: keyed(value, key) for key, value in node.items()}
        if not isinstance(node, list | tuple) or name not in ROWS:
            return list(node) if isinstance(node, tuple) else node
        ids = Counter(map(_id_of, node))
        rows = []
        for row in node:
            row = keyed(row, "")
            if isinstance(row, dict) and KEY not in row and (name not in ID or not _id_of(row) or ids[_id_of(row)] > 1):
                row = {KEY: new_key(), **row}
            rows.append(row)
        return rows

    return keyed(document, "")  # type: ignore[no-any-return]


def _id_of(row: Any) -> str:
    said = row.get("id") if isinstance(row, Mapping) else None
    return said if isinstance(said, str) else ""


def without_keys(draft: Any) -> Any:
    """The document of a draft, as it is written into a file."""
    if isinstance(draft, Mapping):
        return {name: without_keys(value) for name, value in draft.items() if name != KEY}
    if isinstance(draft, list | tuple):
        return [without_keys(each) if isinstance(each, dict) else each for each in draft]
    return draft


def read_draft(draft: Mapping[str, Any]) -> DraftReading:
    """The package that can be read of ``draft``, whole or not, and what cannot be read. Never raises."""
    return read_document(draft, without_keys(draft))


def read_document(draft: Mapping[str, Any], document: dict[str, Any]) -> DraftReading:
    """As ``read_draft``, of the draft without its keys, in which parts may stand as models that were read before.

    Raises ``PartReadBeforeError`` if something is wrong inside such a part.
    """
    try:
        return DraftReading(Package.model_validate(document), [])
    except ValidationError as error:
        return _pieced_together(draft, document, error)


def _pieced_together(draft: Mapping[str, Any], document: dict[str, Any], error: ValidationError) -> DraftReading:
    """Leaves out what is wrong until the rest is a package. Each round leaves out more, so there is an end."""
    problems: dict[str, DraftProblem] = {}
    dropped: Dropped = set()
    while True:
        found = found_in(error.errors(include_url=False), Package)
        for where, message in [(_traced(document, dropped, place), message) for place, message in found]:
            told = _told(draft, where, message)
            problems.setdefault(told.address, told)
            drop = _what_to_drop(document, where)
            while drop in dropped and drop:
                drop = drop[:-1]  # an id that was taken is gone, and now lacks; so its row goes
            dropped.add(drop)
        document_left = {} if () in dropped else _without(document, dropped, ())
        _stand_in(document_left)
        try:
            return DraftReading(Package.model_validate(document_left), list(problems.values()))
        except ValidationError as again:
            error = again


def _traced(document: Any, dropped: Dropped, place: Place) -> Place:
    """The place in the whole document of a place in what was left of it."""
    node = document
    found: Place = ()
    for part in place:
        if isinstance(node, Part):
            raise PartReadBeforeError
        if isinstance(part, int) and isinstance(node, list):
            kept = [n for n in range(len(node)) if (*found, n) not in dropped]
            part = kept[part]
            node = node[part]
        else:
            node = node.get(part) if isinstance(node, dict) else None
        found = (*found, part)
    return found


def _what_to_drop(document: Any, place: Place) -> Place:
    """The value at a place; where a required one is missing, what lacks it."""
    node = document
    for n, part in enumerate(place):
        has = isinstance(node, list) and isinstance(part, int) and part < len(node)
        if not has and not (isinstance(node, dict) and part in node):
            return place[:n] if not _has_stand_in(place) else place
        node = node[part]
    return place


def _has_stand_in(place: Place) -> bool:
    return len(place) == 1 or (len(place) > 2 and STAND_INS.get(str(place[-3]), ("",))[0] == place[-1])


def _without(node: Any, dropped: Dropped, at: Place) -> Any:
    if isinstance(node, dict):
        return {k: _without(v, dropped, (*at, k)) for k, v in node.items() if (*at, k) not in dropped}
    if isinstance(node, list):
        return [_without(v, dropped, (*at, n)) for n, v in enumerate(node) if (*at, n) not in dropped]
    return node


def _stand_in(document: dict[str, Any], *, top: bool = True) -> None:
    if top:
        document["format"] = CURRENT
        document.setdefault("title", UNTITLED)
    for name, rows in document.items():
        if name not in ROWS or not isinstance(rows, list):
            if isinstance(rows, dict):
                _stand_in(rows, top=False)
            continue
        field, words = STAND_INS.get(name, ("", ""))
        for number, row in enumerate(rows, 1):
            if isinstance(row, dict):
                if field:
                    row.setdefault(field, words.format(number=number))
                _stand_in(row, top=False)


def _told(draft: Mapping[str, Any], place: Place, message: str) -> DraftProblem:
    node: Any = draft
    parts: list[str] = []
    for part in place:
        if isinstance(part, int):
            key = key_of(node[part]) if isinstance(node, list) and part < len(node) else None
            if key is None:
                break
            parts.append(key)
        else:
            parts.append(part)
        node = _child(node, part)
    return DraftProblem(address(*parts), problem(place, message).path, message)


def _child(node: Any, part: str | int) -> Any:
    if isinstance(part, int):
        return node[part] if isinstance(node, list) and part < len(node) else None
    return node.get(part) if isinstance(node, Mapping) else None


def _every_row(node: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for value in node.values():
            yield from _every_row(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _every_row(value)
