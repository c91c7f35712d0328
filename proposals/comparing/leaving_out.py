"""A draft without some of its measures, and without what refers to them. No database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Draft = Mapping[str, Any]


def without_measures(draft: Draft, left_out: Collection[str]) -> dict[str, Any]:
    """``draft`` without the measures with these ids.

    An entry of verification, “what if” or links that is about them alone goes with them; from others their names are
    taken. A list that is emptied stays as an empty one: what the draft had said is that there is nothing else.
    """
    kept = dict(draft)
    if not left_out:
        return kept
    if isinstance(draft.get("measures"), list):
        kept["measures"] = [row for row in draft["measures"] if not (_is_row(row) and row.get("id") in left_out)]
    for section, field in (("verification", "covers"), ("violations", "covers"), ("links", "from")):
        if isinstance(draft.get(section), list):
            rows = (_without(row, field, left_out) if _is_row(row) else row for row in draft[section])
            kept[section] = [row for row in rows if row is not None]
    return kept


def _without(row: Draft, field: str, left_out: Collection[str]) -> dict[str, Any] | None:
    """The row without these measures; ``None`` if it was about nothing else, or led to one of them."""
    if row.get("to") == "measure" and row.get("target") in left_out:
        return None
    named = row.get(field)
    if not isinstance(named, list):
        return dict(row)
    still = [name for name in named if name not in left_out]
    return {**row, field: still} if still or not named else None


def _is_row(row: Any) -> bool:
    return isinstance(row, Mapping)
