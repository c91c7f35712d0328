"""JSON Patch, as far as the engine writes it: ``add`` on objects and at the end of lists."""

from __future__ import annotations

import copy
from typing import Any


def patched(document: dict[str, Any], operations: list[dict[str, Any]]) -> dict[str, Any]:
    """The document after the operations; the one given stays as it is."""
    result = copy.deepcopy(document)
    for operation in operations:
        assert operation["op"] == "add"
        *parents, last = operation["path"].split("/")[1:]
        place: Any = result
        for part in parents:
            place = place[int(part)] if isinstance(place, list) else place[part]
        if isinstance(place, list):
            assert last == "-"
            place.append(copy.deepcopy(operation["value"]))
        else:
            place[last] = copy.deepcopy(operation["value"])
    return result


def resolve(document: Any, pointer: str) -> Any:
    """What a JSON pointer leads to. Raises ``KeyError``, ``IndexError`` or ``ValueError`` if it leads nowhere."""
    place = document
    for part in pointer.split("/")[1:]:
        place = place[int(part)] if isinstance(place, list) else place[part]
    return place
