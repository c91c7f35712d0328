"""A document that was changed in a few places, written there alone: to send, read and store all of it takes longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import Expression, F, Func, JSONField, TextField, Value
from psycopg.types.json import Jsonb

from assessments.package.addresses import ABSENT

MOST: Final = 8
"""With more differences the whole document is written."""
Path = tuple[str, ...]


def patched(column: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Mapping[str, Any] | Expression | F:
    """What to write into a JSON column in which ``before`` stands so that ``after`` stands there."""
    found = list(islice(differences(before, after), MOST + 1))
    if len(found) > MOST:
        return after
    document: Expression | F = F(column)
    for path, value in found:
        place = Value(list(path), ArrayField(TextField()))
        if value is ABSENT:
            document = Func(document, place, template="(%(expressions)s)", arg_joiner=" #- ", output_field=JSONField())
        else:
            # As Jsonb, for of Django's own None becomes no JSON but NULL.
            document = Func(document, place, Value(Jsonb(value)), function="jsonb_set", output_field=JSONField())
    return document


def differences(before: Any, after: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Where two documents differ, and what stands there after; ``ABSENT`` where nothing does."""
    if before is after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from (((*at, name), ABSENT) for name in before if name not in after)
        for name, value in after.items():
            if name in before:
                yield from differences(before[name], value, (*at, name))
            else:
                yield (*at, name), value
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, (*at, str(number)))
    elif type(before) is not type(after) or before != after:
        yield at, after
