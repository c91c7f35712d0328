"""In which fields two packages differ, in the form of ``Check.reads``: ``measures.steps``, ``links``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pydantic import BaseModel

from assessments.package import Package

SECTIONS: Final = frozenset({"context", "process", "diagnosis"})
BY_FIELD: Final = frozenset({"measures", "verification", "violations"})
NAMING: Final = frozenset({"measures.title", "parties", "third_parties"})
"""Fields whose names may stand in the words of any judgement."""


def differing_fields(before: Package, after: Package) -> frozenset[str]:
    """The fields in which the packages differ; a list whose rows are others, more or fewer differs as a whole."""
    return frozenset(_between(before.__dict__, after.__dict__))


def _between(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name, new in after.items():
        old = before[name]
        if old is new or old == new:
            continue
        if name in SECTIONS and old is not None and new is not None:
            yield from (f"{name}.{field}" for field in _of_parts(old, new))
        elif name in BY_FIELD and _same_rows(old, new):
            yield from (
                f"{name}.{field}" for one, other in zip(old, new, strict=True) for field in _of_parts(one, other)
            )
        else:
            yield name


def _same_rows(old: Sequence[Any] | None, new: Sequence[Any] | None) -> bool:
    if not old or not new or len(old) != len(new):
        return False
    return all(getattr(a, "id", "") == getattr(b, "id", "") for a, b in zip(old, new, strict=True))


def _of_parts(old: BaseModel, new: BaseModel) -> Iterator[str]:
    if old is not new:
        yield from (name for name, value in new.__dict__.items() if value != old.__dict__[name])
