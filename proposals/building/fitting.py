"""What stands in a draft where the format has no place for it, and how it is taken away. No database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from assessments.package.addresses import ABSENT, ROWS, parts_of, row_number, value_at
from assessments.presentation.fields import BY_PARTY
from proposals.building.catalogue import LEFT_OUT, catalogue, pattern_of

Way = Literal["", "id", "rows", "field"]


def way_to_fit(draft: Mapping[str, Any], at: str) -> Way:
    """What can be done about an address that fits no field: give its row another "id", keep only the "rows" of a list that
    holds other things, take away a "field" that the format does not have; "" if there is nothing to do."""
    if not at.startswith("/"):
        return ""
    pattern, value = pattern_of(at), value_at(draft, at)
    if pattern in LEFT_OUT and pattern.endswith("/id"):
        return "id" if isinstance(value_at(draft, at.rpartition("/")[0]), Mapping) else ""
    if misshapen(at, value):
        return "rows"
    is_row = pattern.endswith("/*") and parts_of(at)[-2] in ROWS
    return "" if value is ABSENT or is_row or pattern in catalogue() else "field"


def misshapen(at: str, value: Any) -> bool:
    """Whether something else stands where a list of rows, or what is said of each party, belongs."""
    name = parts_of(at)[-1]
    if value is ABSENT or value is None or pattern_of(at).endswith("/*"):
        return False
    if name in ROWS:
        return not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value)
    return name in BY_PARTY and not isinstance(value, Mapping)


def has_room(draft: Mapping[str, Any], at: str) -> bool:
    """Whether a mapping, or nothing yet, stands where a field belongs."""
    outer = at.rpartition("/")[0]
    while outer and value_at(draft, outer) is ABSENT:
        outer = outer.rpartition("/")[0]
    return not outer or isinstance(value_at(draft, outer), Mapping)


def with_rows_only(node: Any, parts: list[str]) -> Any:
    """The draft with nothing but rows in a list; what was no list goes."""
    name, *rest = parts
    if isinstance(node, list):
        number = row_number(node, name)
        return [with_rows_only(row, rest) if n == number else row for n, row in enumerate(node)]
    if rest:
        return {**node, name: with_rows_only(node[name], rest)}
    others = {each: value for each, value in node.items() if each != name}
    rows = [row for row in node[name] if isinstance(row, Mapping)] if isinstance(node[name], list) else []
    return {**node, name: rows} if rows else others
