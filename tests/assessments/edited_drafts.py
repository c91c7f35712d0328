"""Drafts that are edited as people do: fields put and taken away, rows added, moved and removed, wrong values typed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from assessments.calibration import calibration_packages
from assessments.package import canonical_document
from assessments.package.addresses import KEY, ROWS
from assessments.package.drafts import with_keys

Draft = dict[str, Any]
WRONG = ["nobody", -1, 7, [], {}, None, "", ["m1", "nobody"], True, [1], "all"]


def every_draft() -> Iterator[Draft]:
    """The calibration packages as drafts, and an empty one."""
    for each in calibration_packages():
        yield with_keys(canonical_document(each.package))
    yield {}


def edited(draft: Draft, dice: random.Random, donor: Draft) -> Draft:
    """The draft after one edit. What is put in comes from the same place of another draft, or is wrong."""
    new = deepcopy(draft)
    kind = dice.choice(["change", "change", "change", "take", "borrow", "row", "row"])
    if kind == "borrow":
        section = dice.choice([*donor] or ["title"])
        new[section] = deepcopy(donor.get(section, "Another title"))
    elif kind == "row":
        _edit_rows(new, dice)
    else:
        _edit_value(new, dice, donor, take=kind == "take")
    return with_keys(new)


def _edit_rows(draft: Draft, dice: random.Random) -> None:
    lists = [(node, name) for node in _mappings(draft) for name, rows in node.items() if name in ROWS and _rows(rows)]
    if not lists:
        draft["measures"] = [{"id": "m1", "title": "one"}]
        return
    node, name = dice.choice(lists)
    rows = node[name]
    match dice.choice(["add", "remove", "swap", "copy"]):
        case "add":
            rows.append({"id": f"x{dice.randrange(99)}"} if "id" in rows[0] else {})
        case "remove":
            rows.pop(dice.randrange(len(rows)))
        case "swap":
            dice.shuffle(rows)
        case "copy":
            copy = deepcopy(dice.choice(rows))
            copy.pop(KEY, None)
            rows.append(copy)


def _edit_value(draft: Draft, dice: random.Random, donor: Draft, *, take: bool) -> None:
    node = dice.choice([*_mappings(draft)])
    names = [name for name in node if name != KEY]
    if not names:
        draft["title"] = "A title"
        return
    name = dice.choice(names)
    if take:
        del node[name]
        return
    others = [other[name] for other in _mappings(donor) if name in other]
    values = [*others, *others, *others, dice.choice(WRONG)]
    node[name] = deepcopy(dice.choice(values))


def _mappings(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, Mapping):
        yield node  # type: ignore[misc]
        for value in node.values():
            yield from _mappings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _mappings(value)


def _rows(rows: Any) -> bool:
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) for row in rows)
