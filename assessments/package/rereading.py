"""Reading a draft again after a change: what has not changed is taken over, so that one field costs one row.

Rows and sections that are the same as before, and of which nothing was wrong, keep their models, and the models their
identity. The result equals that of ``read_draft``.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import Any, Final

from assessments.package.addresses import ROWS, address, is_within, key_of
from assessments.package.drafts import DraftReading, PartReadBeforeError, read_document, read_draft, without_keys

Draft = Mapping[str, Any]
PLAIN: Final = 2
"""The last version of ``marshal`` that writes equal data equally, wherever they came from."""
NESTED: Final = "commitments"
"""The list of rows inside rows that is worth taking over row by row: its clauses are read word by word."""


def reread_draft(draft: Draft, before: Draft, reading: DraftReading) -> DraftReading:
    """What can be read of ``draft``, given the reading of the draft ``before``. Never raises."""
    wrong = [problem.address for problem in reading.problems]
    document = {name: _part(name, value, before.get(name), reading, wrong) for name, value in draft.items()}
    try:
        return read_document(draft, document)
    except PartReadBeforeError:
        return read_draft(draft)


def _part(name: str, value: Any, before: Any, reading: DraftReading, wrong: list[str]) -> Any:
    models = getattr(reading.package, name, None) if name.isidentifier() else None
    if name in ROWS and isinstance(value, list) and isinstance(before, list):
        return _rows(address(name), value, before, models, wrong)
    if (
        isinstance(value, Mapping)
        and models is not None
        and _same(value, before)
        and _is_right(address(name), None, wrong)
    ):
        return models
    return without_keys(value)


def _rows(at: str, rows: list[Any], before: list[Any], models: Any, wrong: list[str]) -> list[Any]:
    """The rows, as models where they are as before; nothing is taken over where rows had to be left out."""
    if models is None or len(models) != len(before):
        return without_keys(rows)  # type: ignore[no-any-return]
    known: dict[str | None, tuple[Any, Any]] = {}
    read = []
    for number, row in enumerate(rows):
        if number < len(before) and _same(row, before[number]) and _is_right(at, row, wrong):
            read.append(models[number])
            continue
        known = known or {key_of(row): (row, model) for row, model in zip(before, models, strict=True)}
        read.append(_row(at, row, *known.get(key_of(row), (None, None)), wrong))
    return read


def _row(at: str, row: Any, before: Any, model: Any, wrong: list[str]) -> Any:
    key = key_of(row)
    if key is None or before is None:
        return without_keys(row)
    if _same(row, before) and _is_right(at, row, wrong):
        return model
    clauses, clauses_before = row.get(NESTED), before.get(NESTED)
    if not isinstance(clauses, list) or not isinstance(clauses_before, list):
        return without_keys(row)
    others = without_keys({name: value for name, value in row.items() if name != NESTED})
    models = getattr(model, NESTED, None)
    return {**others, NESTED: _rows(f"{at}{address(key)}/{NESTED}", clauses, clauses_before, models, wrong)}


def _same(value: Any, before: Any) -> bool:
    """Equal as JSON: for Python 1, 1.0 and True are equal, and for the format they are not."""
    return value == before and marshal.dumps(value, PLAIN) == marshal.dumps(before, PLAIN)


def _is_right(at: str, row: Any, wrong: list[str]) -> bool:
    """Whether nothing was wrong in a row of the list at ``at``, or, without a row, in what stands there."""
    if not wrong:
        return True
    key = key_of(row) if row is not None else None
    here = at if key is None else at + address(key)
    return not any(is_within(each, here) or is_within(here, each) for each in wrong)
