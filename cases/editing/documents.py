"""A case as a document, perhaps half filled: from what was typed, and back. No Django, no database.

What cannot be read as what it should be, such as a latitude of "north", stays as it was typed; ``problems`` names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cases.editing.fields import CASE, GROUPS, Field, Group
from cbm_advisor.lib.documents import CONTROL

Document = dict[str, Any]
Asked = Callable[[str, Field], Any]
"""Gives what was typed for a field: a text, or a list of texts for ``choices``. The first argument says where."""

_WHOLE: Final = re.compile(r"-?[0-9]{1,6}")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,15})?")
_YES: Final = {"on", "yes", "true", "1", "x", "y"}


def value_of(field: Field, typed: Any) -> Any:
    """What was typed, as it stands in a case file; ``None`` or an empty list for nothing."""
    if field.kind == "choices":
        return [cleaned(each) for each in typed if cleaned(each)]
    text = cleaned(str(typed if typed is not None else ""))
    if field.kind == "codes":
        return [code.upper() for code in re.split(r"[\s,;]+", text) if code]
    if field.kind == "flag":
        return text.lower() in _YES
    if field.kind == "whole" and _WHOLE.fullmatch(text):
        return int(text)
    if field.kind == "decimal" and _DECIMAL.fullmatch(text.replace(",", ".")):
        return float(text.replace(",", "."))
    if field.kind == "line":
        text = " ".join(text.split())
    return text or None


def cleaned(text: str) -> str:
    """Without blanks at its ends and without what no text needs; lines end as on Unix."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def shown(field: Field, value: Any) -> Any:
    """A value as it is typed: the other way round."""
    if field.kind == "choices":
        return value if isinstance(value, list) else []
    if field.kind == "codes":
        return ", ".join(map(str, value)) if isinstance(value, list) else value or ""
    if field.kind == "flag":
        return bool(value)
    return "" if value is None else value


def get(part: Any, path: str) -> Any:
    """What stands at a field's path in a case or a part of it; a text by itself has an empty path."""
    for key in filter(None, path.split(".")):
        part = part.get(key) if isinstance(part, Mapping) else None
    return part


def made(fields: Iterable[Field], values: Mapping[str, Any]) -> Any:
    """A part from the values of its fields by path; a text by itself is its value."""
    part: Document = {}
    for field in fields:
        if not field.path:
            return values[""] or ""
        *above, last = field.path.split(".")
        here = part
        for key in above:
            here = here.setdefault(key, {})
        here[last] = values[field.path]
    return part


def empty(group: Group) -> Any:
    """A new part of a group, with nothing filled in."""
    return made(group.own_fields, {field.path: value_of(field, _nothing(field)) for field in group.own_fields})


def is_empty(group: Group, part: Any) -> bool:
    """Whether nothing was filled in."""
    return not any(get(part, field.path) for field in group.own_fields)


def members(document: Mapping[str, Any], group: Group) -> list[Any]:
    """The parts of a group, in their order."""
    found = document.get(group.name)
    return list(found) if isinstance(found, list | tuple) else []


def read(asked: Asked, counts: Mapping[str, int]) -> Document:
    """The document of what was typed; ``counts``: how many parts each group has."""
    document: Document = made(CASE, {field.path: value_of(field, asked("", field)) for field in CASE})
    for group in GROUPS:
        document[group.name] = [
            made(
                group.own_fields,
                {field.path: value_of(field, asked(f"{group.name}-{n}", field)) for field in group.own_fields},
            )
            for n in range(counts.get(group.name, 0))
        ]
    return document


def without_blanks(document: Mapping[str, Any]) -> Document:
    """Without parts in which nothing was filled in."""
    kept = {group.name: [each for each in members(document, group) if not is_empty(group, each)] for group in GROUPS}
    return {**document, **kept}


def in_order(document: Mapping[str, Any]) -> Document:
    """With the keys of a case file in its order, so that equal documents are equal as texts too."""
    fields = made(CASE, {field.path: get(document, field.path) for field in CASE})
    return {**fields, **{group.name: members(document, group) for group in GROUPS}}


def _nothing(field: Field) -> Any:
    return [] if field.kind == "choices" else ""
