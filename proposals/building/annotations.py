"""What each field of the format takes, from the annotations of its models. No Django, no database."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from assessments.package import Package
from assessments.package import kinds as format_kinds
from assessments.package.addresses import ROWS

Kind = Literal[
    "line", "long", "texts", "countries", "tri", "choice", "choices", "rating", "count", "number", "date",
    "party", "parties", "measures", "who", "target", "check", "rows",
]  # fmt: skip
"""How a field is filled in. ``texts``: short texts, one a line; ``who``: parties, third parties or words; ``target``: a
measure or words; ``rows``: a list of mappings, of which only "there is none" is said at its own address."""

BY_KIND: Final[tuple[tuple[Any, Kind], ...]] = (
    (format_kinds.Tri, "tri"),
    (format_kinds.Text, "long"),
    (format_kinds.Wording, "line"),
    (format_kinds.ShortText, "line"),
    (format_kinds.Slug, "line"),
    (format_kinds.Language, "line"),
    (format_kinds.CheckId, "check"),
    (format_kinds.IsoDate, "date"),
    (format_kinds.Count, "count"),
    (format_kinds.Id, "party"),
    (format_kinds.IdSet, "parties"),
    (format_kinds.AllOr, "measures"),
    (format_kinds.Several, "texts"),
    (format_kinds.Number, "number"),
)
SPECIAL: Final[dict[str, Kind]] = {
    "/conflict/countries": "countries",
    "/measures/*/commitments/*/who": "who",
    "/measures/*/developed_with": "parties",
    "/links/*/target": "target",
}
"""Fields whose annotation does not tell what their texts stand for."""

MAPPED_BY_PARTY: Final = "*"


class Taken(NamedTuple):
    """What a field takes. ``choices``: codes; ``highest``: of a rating; ``word``: the code that may stand for a number,
    such as "never"; ``or_all``: whether it may be "all"."""

    kind: Kind
    choices: tuple[str, ...] = ()
    highest: int = 0
    word: str = ""
    or_all: bool = False
    required: bool = False


@cache
def fields_of_the_format() -> dict[str, Taken]:
    """Every field by its pattern: its address with ``*`` for keys of rows and ids of parties."""
    return dict(_fields(Package, ""))


def _fields(model: type[BaseModel], at: str) -> Iterator[tuple[str, Taken]]:
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        pattern = f"{at}/{field.alias or name}"
        yield from _field(hints[name], pattern, required=field.is_required())


def _field(hint: Any, pattern: str, *, required: bool = False) -> Iterator[tuple[str, Taken]]:
    hint = _without_none(hint)
    plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    inner: Any = get_args(plain)[0] if get_origin(plain) is tuple else None
    if pattern.rpartition("/")[2] in ROWS:
        yield pattern, Taken("rows")
        yield from _fields(inner, f"{pattern}/{MAPPED_BY_PARTY}")
    elif isinstance(plain, type) and issubclass(plain, BaseModel):
        yield from _fields(plain, pattern)
    elif get_origin(plain) is dict:
        yield from _field(get_args(plain)[1], f"{pattern}/{MAPPED_BY_PARTY}")
    else:
        yield pattern, _taken(hint, plain, inner, pattern)._replace(required=required)


def _taken(hint: Any, plain: Any, inner: Any, pattern: str) -> Taken:
    or_all = hint == format_kinds.AllOr
    if pattern in SPECIAL:
        return Taken(SPECIAL[pattern], or_all=or_all)
    for annotation, kind in BY_KIND:
        if hint == annotation:
            return Taken(kind, or_all=or_all, choices=get_args(plain) if kind == "tri" else ())
    if get_origin(inner) is Literal:
        return Taken("choices", choices=get_args(inner))
    if get_origin(plain) is Literal:
        return Taken("choice", choices=get_args(plain))
    if plain is int:
        return Taken("rating", highest=next(limit.le for limit in get_args(hint)[1].metadata if hasattr(limit, "le")))
    words = [part for part in get_args(hint) if get_origin(part) is Literal]
    if words and Union[tuple(p for p in get_args(hint) if p not in words)] == format_kinds.Number:  # noqa: UP007
        return Taken("number", word=get_args(words[0])[0])
    if plain is str:
        return Taken("line")
    raise TypeError(f"{pattern}: no kind of field fits {hint}")


def _without_none(hint: Any) -> Any:
    """The hint of what may be absent, without ``None``."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    left = [part for part in get_args(hint) if part is not type(None)]
    return left[0] if len(left) == 1 else Union[tuple(left)]  # noqa: UP007
