"""The buttons of rows, as operations on a draft: add, remove, duplicate, up, down, and before another. No database."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from assessments.package.addresses import ABSENT, KEY, ROWS, address, key_of, parts_of, row_number, rows_in, value_at
from assessments.package.changes import Insert, Move, Operation, Put, Remove
from assessments.package.drafts import ID
from proposals.building.annotations import fields_of_the_format
from proposals.building.catalogue import LEFT_OUT, catalogue, pattern_of
from proposals.building.mentions import without_measure, without_party
from proposals.building.places import COVERING

LETTERS: Final = {"parties": "p", "third_parties": "t", "measures": "m"}
NAMES: Final = {"parties": "name", "third_parties": "name", "measures": "title"}


class RowsError(ValueError):
    """A button that does not fit the draft: its row is gone, or it was made up."""


def operations_of(draft: Mapping[str, Any], pressed: str, taken: Collection[str] = ()) -> list[Operation]:
    """What a button does, as one group of operations; empty if there is nothing to do.

    ``pressed``: ``add|remove|duplicate|up|down <address>``, ``add <address> <measure>`` for a row that is about this
    measure, ``before <address> [<key>]``, without a key for the end, or ``drop <address>`` for what fits no field.
    ``taken``: ids that may not be given again. Raises ``RowsError``.
    """
    verb, _space, at = pressed.partition(" ")
    third = ""
    if verb == "before" or (verb == "add" and pattern_of(at) not in fields_of_the_format()):
        at, _space, third = at.partition(" ")
    if not at.startswith("/"):
        raise RowsError(_("This button leads nowhere. Load the page again."))
    if verb == "add":
        return [Insert(at, _new_row(draft, _list(draft, at), third, taken))]
    if verb == "drop":
        return [_dropped(draft, at, taken)]
    rows, number = _row(draft, at)
    match verb:
        case "remove":
            return [*_without_mentions(draft, at, rows[number]), Remove(at)]
        case "duplicate":
            after = key_of(rows[number + 1]) if number + 1 < len(rows) else None
            return [Insert(at.rpartition("/")[0], _copy(draft, at, rows[number], taken), after)]
        case "up":
            return [Move(at, key_of(rows[number - 1]))] if number else []
        case "down":
            follower = key_of(rows[number + 2]) if number + 2 < len(rows) else None
            return [Move(at, follower)] if number + 1 < len(rows) else []
        case "before":
            return [Move(at, third or None)]
    raise RowsError(_("This button leads nowhere. Load the page again."))


def added_row(operations: list[Operation]) -> str:
    """The address of the row that the operations put in, to lead there; "" if they put in none."""
    added = next((each for each in operations if isinstance(each, Insert)), None)
    return added.at + address(key_of(added.value) or "") if added else ""


def _list(draft: Mapping[str, Any], at: str) -> str:
    """The address of a list of rows, once it is sure that there is one, and that its own row is there."""
    taken = fields_of_the_format().get(pattern_of(at))
    outer, name = at.rpartition("/")[::2]
    if taken is None or taken.kind != "rows" or not isinstance(value_at(draft, at, []), list):
        raise RowsError(_("Rows cannot be added here. Load the page again."))
    if any(part in ROWS for part in parts_of(outer or "/")) and not isinstance(value_at(draft, outer), Mapping):
        raise RowsError(_("What you wanted to add to is no longer there. Load the page again."))
    return name


def _row(draft: Mapping[str, Any], at: str) -> tuple[list[Any], int]:
    list_at, _slash, key = at.rpartition("/")
    rows = value_at(draft, list_at, []) if list_at else []
    number = row_number(rows, parts_of(f"/{key}")[0])
    if number is None or parts_of(list_at)[-1] not in ROWS:
        raise RowsError(_("This row is no longer there. Load the page again."))
    return rows, number


def _dropped(draft: Mapping[str, Any], at: str, taken: Collection[str]) -> Operation:
    """Takes away what fits no field; an id, which no row can do without, is given anew."""
    pattern = pattern_of(at)
    if pattern in catalogue() or value_at(draft, at) is ABSENT:
        raise RowsError(_("There is nothing to take away here. Load the page again."))
    if pattern in LEFT_OUT and pattern.endswith("/id"):
        return Put(at, _new_id(draft, parts_of(at)[0], taken))
    return Put(at, ABSENT)


def _new_row(draft: Mapping[str, Any], name: str, measure: str, taken: Collection[str]) -> dict[str, Any]:
    """A row that says nothing yet but what follows from where it stands."""
    if name not in ID:
        row: dict[str, Any] = {KEY: next(_new_keys(draft))}
        if name in COVERING and measure:
            row[COVERING[name]] = [_id_of_measure(draft, measure)]
        return row
    row = {"id": _new_id(draft, name, taken)}
    phase = value_at(draft, "/context/phase", None) if isinstance(draft.get("context"), Mapping) else None
    if name == "measures" and isinstance(phase, str) and phase:
        row["phases"] = [phase]
    return row


def _id_of_measure(draft: Mapping[str, Any], key: str) -> str:
    row = value_at(draft, f"/measures/{key}", None) if isinstance(draft.get("measures"), list) else None
    said = row.get("id") if isinstance(row, Mapping) else None
    if not isinstance(said, str):
        raise RowsError(_("This measure is no longer there. Load the page again."))
    return said


def _new_keys(draft: Mapping[str, Any]) -> Iterator[str]:
    keys = {at.rpartition("/")[2] for at, _ in rows_in(draft)}
    return (key for n in range(1, 10**9) if (key := f"k{n}") not in keys)


def _new_id(draft: Mapping[str, Any], name: str, taken: Collection[str]) -> str:
    """The next id of its kind. One that is named anywhere in the draft is not given, so that nobody inherits it."""
    named = {*_strings(draft), *taken}
    return next(one for n in range(1, 10**9) if (one := f"{LETTERS[name]}{n}") not in named)


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield key
            yield from _strings(value)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _strings(each)


def _copy(draft: Mapping[str, Any], at: str, row: Mapping[str, Any], taken: Collection[str]) -> dict[str, Any]:
    name = parts_of(at)[-2]
    keys = _new_keys(draft)
    copied = {k: v for k, v in _rekeyed(copy.deepcopy(row), keys).items() if k != KEY}
    if name not in ID:
        return {KEY: next(keys), **copied}
    copied["id"] = _new_id(draft, name, taken)
    title = copied.get(NAMES[name])
    if isinstance(title, str) and title:
        copied[NAMES[name]] = _("%(title)s (copy)") % {"title": title}
    return copied


def _rekeyed(node: Any, keys: Iterator[str]) -> Any:
    if isinstance(node, Mapping):
        return {name: next(keys) if name == KEY else _rekeyed(value, keys) for name, value in node.items()}
    return [_rekeyed(each, keys) for each in node] if isinstance(node, list | tuple) else node


def _without_mentions(draft: Mapping[str, Any], at: str, row: Any) -> list[Operation]:
    """Takes away whatever names a party, third party or measure that goes, unless another row has the same id."""
    name, said = parts_of(at)[-2], row.get("id") if isinstance(row, Mapping) else None
    same = [each for each in draft.get(name, ()) if isinstance(each, Mapping) and each.get("id") == said]
    if name not in ID or not isinstance(said, str) or len(same) > 1 or len(parts_of(at)) != 2:
        return []
    return list(without_measure(draft, said) if name == "measures" else without_party(draft, said))
