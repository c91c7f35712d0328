"""Changes to a draft, as operations that name fields and rows by address, each with the operations that take it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from assessments.package.addresses import ABSENT, ROWS, address, is_within, key_of, parts_of, row_number, value_at


class ChangeError(ValueError):
    """A change that does not fit the draft. ``at`` is the address that it does not fit."""

    def __init__(self, at: str, message: str) -> None:
        super().__init__(message)
        self.at = at


class Put(NamedTuple):
    """Sets a field; ``ABSENT`` takes it away. A list of rows can be put only where there is none or an empty one."""

    at: str
    value: Any


class Insert(NamedTuple):
    """Puts a row into a list, before the row with a key, else last. ``value`` has a key of its own."""

    at: str
    value: Mapping[str, Any]
    before: str | None = None


class Remove(NamedTuple):
    """Takes a row out of its list. With the last row the list goes too, for an empty list says that there is none."""

    at: str


class Move(NamedTuple):
    """Moves a row before the row with a key, else to the end."""

    at: str
    before: str | None = None


class Replace(NamedTuple):
    """Puts another draft in the place of the whole."""

    value: Mapping[str, Any]


Operation = Put | Insert | Remove | Move | Replace


def touches(operation: Operation, at: str) -> bool:
    """Whether an operation can have changed what stands at an address, or taken its row away."""
    if isinstance(operation, Replace):
        return True
    if isinstance(operation, Put | Remove):
        return is_within(at, operation.at) or is_within(operation.at, at)
    if isinstance(operation, Insert):
        return at == operation.at or is_within(at, address_of_row(operation))
    return False


def address_of_row(operation: Insert) -> str:
    """The address of a row that is put in."""
    return operation.at + address(key_of(operation.value) or "")


def apply(draft: Mapping[str, Any], operations: Iterable[Operation]) -> tuple[dict[str, Any], list[Operation]]:
    """The draft with the operations done, one after the other, and what takes them back, in the order to do it in.

    The draft that is given stays as it is. Raises ``ChangeError`` if one does not fit; then nothing is done.
    """
    now: dict[str, Any] = dict(draft)
    back: list[Operation] = []
    for operation in operations:
        now, undo = _applied(now, operation)
        back[:0] = undo
    return now, back


def _applied(draft: dict[str, Any], operation: Operation) -> tuple[dict[str, Any], list[Operation]]:
    if isinstance(operation, Put | Insert):
        at = operation.at if isinstance(operation, Put) else address_of_row(operation)
        if (out := _in_the_way(draft, at)) is not None:
            done, back = _done(_with_value(draft, out, ABSENT), operation)
            return done, [*back, Put(out, value_at(draft, out))]
    return _done(draft, operation)


def _done(draft: dict[str, Any], operation: Operation) -> tuple[dict[str, Any], list[Operation]]:
    match operation:
        case Replace(value):
            return dict(value), [Replace(draft)]
        case Put(at, value):
            before = value_at(draft, at)
            if parts_of(at)[-1] in ROWS and (_has_rows(before) or _has_rows(value)):
                raise ChangeError(at, "rows stand here; put in and take out one by one")
            return _with_value(draft, at, value), [Put(at, before)]
        case Insert(at, value, key):
            rows = _rows(draft, at)
            if row_number(rows, key_of(value) or "") is not None or key_of(value) is None:
                raise ChangeError(at, "the row has no key, or one that is taken")
            place = _place(rows, key, at)
            back: list[Operation] = [Remove(address_of_row(operation))]
            if value_at(draft, at) == []:
                back.append(Put(at, []))
            return _with_value(draft, at, [*rows[:place], dict(value), *rows[place:]]), back
        case Remove(at):
            list_at, rows, n = _row(draft, at)
            left = [*rows[:n], *rows[n + 1 :]]
            follower = key_of(rows[n + 1]) if n + 1 < len(rows) else None
            return _with_value(draft, list_at, left or ABSENT), [Insert(list_at, rows[n], follower)]
        case Move(at, key):
            list_at, rows, n = _row(draft, at)
            follower = key_of(rows[n + 1]) if n + 1 < len(rows) else None
            if key == key_of(rows[n]):
                return draft, []
            others = [*rows[:n], *rows[n + 1 :]]
            place = _place(others, key, at)
            return _with_value(draft, list_at, [*others[:place], rows[n], *others[place:]]), [Move(at, follower)]


def _has_rows(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value)


def _in_the_way(draft: Mapping[str, Any], at: str) -> str | None:
    """The address above ``at`` where something stands that has no fields, as a text may in a draft that came as a file."""
    parts = parts_of(at)
    node: Any = draft
    for n, part in enumerate(parts):
        if isinstance(node, Mapping):
            if part not in node:
                return None
            node = node[part]
        elif isinstance(node, list | tuple):
            number = row_number(node, part)
            if number is None:
                return None if n and parts[n - 1] in ROWS else address(*parts[:n])
            node = node[number]
        else:
            return address(*parts[:n])
    return None


def _rows(draft: Mapping[str, Any], at: str) -> list[Any]:
    rows = value_at(draft, at, [])
    if parts_of(at)[-1] not in ROWS or not isinstance(rows, list):
        raise ChangeError(at, "no list of rows stands here")
    return rows


def _row(draft: Mapping[str, Any], at: str) -> tuple[str, list[Any], int]:
    list_at = at.rpartition("/")[0]
    rows = _rows(draft, list_at) if list_at else []
    number = row_number(rows, parts_of(at)[-1])
    if number is None:
        raise ChangeError(at, "this row is no longer there")
    return list_at, rows, number


def _place(rows: list[Any], key: str | None, at: str) -> int:
    """Before the row with the key; at the end without one, or if that row is gone."""
    number = row_number(rows, key) if key is not None else None
    return len(rows) if number is None else number


def _with_value(draft: Mapping[str, Any], at: str, value: Any) -> dict[str, Any]:
    changed = _set(draft, parts_of(at), value, at)
    return {} if changed is ABSENT else changed


def _set(node: Any, parts: list[str], value: Any, at: str) -> Any:
    """The node with a value set below it; a mapping that becomes empty is taken away."""
    part, rest = parts[0], parts[1:]
    if isinstance(node, list):
        number = row_number(node, part)
        if number is None or not rest:
            raise ChangeError(at, "this row is no longer there")
        row = _set(node[number], rest, value, at)
        return [*node[:number], row, *node[number + 1 :]]
    if not isinstance(node, Mapping):
        raise ChangeError(at, "no fields stand here")
    if part in ROWS and rest and part not in node:
        raise ChangeError(at, "this row is no longer there")
    new = _set(node.get(part, {}), rest, value, at) if rest else value
    left = {**node, part: new} if new is not ABSENT else {name: kept for name, kept in node.items() if name != part}
    return left or ABSENT


def as_json(operations: Iterable[Operation]) -> list[dict[str, Any]]:
    """Operations as plain data; a value that is absent is left out."""
    return [
        {"do": type(each).__name__.lower(), **{k: v for k, v in each._asdict().items() if v is not ABSENT}}
        for each in operations
    ]


def from_json(said: Iterable[Mapping[str, Any]]) -> list[Operation]:
    """Operations from the plain data that ``as_json`` made of them."""
    kinds: dict[str, Any] = {"put": Put, "insert": Insert, "remove": Remove, "move": Move, "replace": Replace}
    found = []
    for each in said:
        fields = {name: value for name, value in each.items() if name != "do"}
        if each["do"] == "put":
            fields.setdefault("value", ABSENT)
        found.append(kinds[each["do"]](**fields))
    return found
