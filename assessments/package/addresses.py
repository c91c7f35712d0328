"""Where something stands in a draft: names and keys, such as ``/measures/m1/commitments/k3/text``.

A JSON pointer counts rows, so it leads elsewhere once a row is moved. An address names the row by its key, which it keeps
for good: ``_key`` where a draft has given it one, else its ``id``. A list that is no list of rows is one value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, Literal

KEY: Final = "_key"
"""The key of a row that has no id. It stands in drafts only; packages and files do not know it."""

ROWS: Final = frozenset(
    {
        "parties", "third_parties", "measures", "verification", "violations", "links", "not_applicable",
        "commitments", "actors", "distrust_between", "deliberately_open",
    }
)  # fmt: skip
"""The lists whose entries are mappings."""


class Absent(Enum):
    """The value of a field that a draft does not have."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final[Literal[Absent.ABSENT]] = Absent.ABSENT


def parts_of(address: str) -> list[str]:
    """The names and keys of an address. Raises ``ValueError`` if it is none."""
    if not address.startswith("/"):
        raise ValueError(f'"{address}" is no address; one begins with a slash')
    return [part.replace("~1", "/").replace("~0", "~") for part in address[1:].split("/")]


def address(*parts: str) -> str:
    """The address of these names and keys."""
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)


def key_of(row: Any) -> str | None:
    """The key of a row; ``None`` if it has none."""
    if not isinstance(row, Mapping):
        return None
    key = row.get(KEY, row.get("id"))
    return key if isinstance(key, str) and key else None


def row_number(rows: Any, key: str) -> int | None:
    """At which place of its list the row with this key stands."""
    if not isinstance(rows, list | tuple):
        return None
    return next((n for n, row in enumerate(rows) if key_of(row) == key), None)


def value_at(draft: Any, at: str, default: Any = ABSENT) -> Any:
    """What stands at an address; ``default`` where nothing does."""
    node = draft
    for part in parts_of(at):
        if isinstance(node, Mapping):
            if part not in node:
                return default
            node = node[part]
        else:
            number = row_number(node, part)
            if number is None:
                return default
            node = node[number]
    return node


def address_of(draft: Any, pointer: str) -> str:
    """The address of what a JSON pointer leads to; entries of a list that has no rows lead to the list.

    Where the draft ends before the pointer does, as for a field that is not filled in yet, names stay as they are. A row
    that is to be appended (``-``) leads to its list.
    """
    node, found = draft, []
    for part in parts_of(pointer) if pointer else ():
        if isinstance(node, list | tuple):
            key = key_of(node[int(part)]) if part.isdecimal() and int(part) < len(node) else None
            if key is None:
                break
            found.append(key)
            node = node[int(part)]
        else:
            if part == "-":
                break
            found.append(part)
            node = node.get(part) if isinstance(node, Mapping) else None
    return address(*found)


def pointer_of(draft: Any, at: str) -> str:
    """The JSON pointer to an address; keys that are not there stay as they are."""
    node, found = draft, []
    for part in parts_of(at):
        number = row_number(node, part)
        if number is not None:
            found.append(str(number))
            node = node[number]
        else:
            found.append(part)
            node = node.get(part) if isinstance(node, Mapping) else None
    return address(*found)


def is_within(at: str, outer: str) -> bool:
    """Whether an address is another one or below it."""
    return at == outer or at.startswith(f"{outer}/")


def rows_in(draft: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every row that has a key, with its address, outer ones first."""
    if isinstance(draft, Mapping):
        for name, value in draft.items():
            if name in ROWS and isinstance(value, list | tuple):
                for row in value:
                    if key := key_of(row):
                        yield address(*at, name, key), row
                        yield from rows_in(row, (*at, name, key))
            elif isinstance(value, Mapping):
                yield from rows_in(value, (*at, str(name)))
