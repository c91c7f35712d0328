"""What is wrong with a document, said so that the person who wrote it can mend it."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable
from typing import Any, Final, NamedTuple, get_args, get_origin

from pydantic import BaseModel

MOST_PROBLEMS: Final = 50
Place = tuple[str | int, ...]


class Problem(NamedTuple):
    """One thing to mend. ``path``: ``measures[2].impact.gov``, empty for the document as a whole; ``pointer``: the same
    place as a JSON pointer; ``message``: what is wrong and what to do."""

    path: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class PackageError(ValueError):
    """A document that is not a package. ``problems`` holds everything found, up to fifty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def problem(place: Place, message: str) -> Problem:
    """A problem at a place given as keys and positions."""
    path = ""
    for part in place:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in place)
    return Problem(path, pointer, message)


def refused(message: str) -> PackageError:
    """The refusal of a document as a whole."""
    return PackageError([Problem("", "", message)])


def explained(errors: Iterable[Any], root: type[BaseModel]) -> list[Problem]:
    """Problems from the errors of pydantic, one for each place, the first fifty."""
    problems = [problem(place, message) for place, message in found_in(errors, root)]
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        problems[MOST_PROBLEMS:] = [Problem("", "", f"{more} more problems; mend these first")]
    return problems


def found_in(errors: Iterable[Any], root: type[BaseModel]) -> list[tuple[Place, str]]:
    """Each place that the errors of pydantic tell of, once, with what is wrong there and what to do."""
    found: dict[Place, str] = {}
    choices: dict[Place, list[Any]] = {}
    for error in errors:
        if error["type"] == "references":
            for place, message in error["ctx"]["problems"]:
                found.setdefault(place, message)
            continue
        place, one_of_several = _document_place(error, root)
        if one_of_several:
            choices.setdefault(place, []).append(error)
        else:
            found.setdefault(place, _message(error, place, root))
    for place, failed in choices.items():
        deeper = any(other != place and other[: len(place)] == place for other in choices)
        if not deeper:
            found.setdefault(place, _no_choice_fits(failed))
    return list(found.items())


def _document_place(error: Any, root: type[BaseModel]) -> tuple[Place, bool]:
    """The place in the document, and whether the error is about one of several forms that a value may have.

    Pydantic puts a mark for each form (``literal['all']``) into the place; what is neither a field, a position nor a
    key of a mapping is such a mark.
    """
    place: list[str | int] = []
    marked = False
    here: Any = root
    for part in error["loc"]:
        model, mapping = _model_in(here), _mapping_value(here)
        if part == "[key]":
            continue
        if isinstance(part, int):
            place.append(part)
        elif model is not None:
            fields = {f.alias or name: f.annotation for name, f in model.model_fields.items()}
            place.append(part)
            here = fields.get(part)
        elif mapping is not None:
            place.append(part)
            here = mapping
        else:
            marked = True
    return tuple(place), marked


def _no_choice_fits(failed: list[Any]) -> str:
    """What may stand where a value may have several forms."""
    forms = []
    for error in failed:
        if error["type"] == "literal_error":
            forms.append(_expected(error))
        elif error["type"] == "tuple_type":
            forms.append("a list of ids")
        elif "number" not in " ".join(forms):
            forms.append("a number that is not negative")
    return f"{_shown(failed[0].get('input'))} is not right here; write {' or '.join(forms)}"


def _expected(error: Any) -> str:
    return str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")


def _message(error: Any, place: Place, root: type[BaseModel]) -> str:
    kind, context, given = error["type"], error.get("ctx", {}), error.get("input")
    if error["loc"] and error["loc"][-1] == "[key]":
        return f"{_shown(given)} cannot be an id; ids are letters, digits and hyphens"
    if kind == "extra_forbidden":
        return _unknown_key(str(place[-1]), _fields_at(place[:-1], root))
    if kind == "literal_error":
        return f"{_shown(given)} is not one of {_expected(error)}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        return f"{_shown(given)} is not in the right form; {_FORMS.get(str(place[-1]), _FORMS['id'])}"
    template = _SAYINGS.get(kind)
    if template is None:
        return str(error["msg"])
    figures = {key: _figure(value) for key, value in context.items() if isinstance(value, int | float)}
    return template.format(given=_shown(given), **figures)


_SAYINGS: Final = {
    "missing": "is required",
    "string_type": "{given} is not text; put it in quotation marks",
    "string_too_long": "is longer than {max_length} characters; shorten it",
    "string_too_short": "is empty; write something",
    "too_long": "has more than {max_length} entries",
    "int_type": "{given} is not a whole number",
    "int_from_float": "{given} is not a whole number",
    "float_type": "{given} is not a number",
    "finite_number": "is not a finite number",
    "greater_than_equal": "{given} is too small; the least is {ge}",
    "less_than_equal": "{given} is too large; the most is {le}",
    "tuple_type": "{given} is not a list",
    "model_type": "{given} is not a mapping of fields",
    "model_attributes_type": "{given} is not a mapping of fields",
    "dict_type": "{given} is not a mapping from party id to value",
}
_FORMS: Final = {
    "id": "ids are letters, digits and hyphens, at most 64",
    "language": "use a tag such as en, fr or ar-SD",
    "title": "write a title",
    "name": "write a name",
    "adapted_from": "use a case's slug, such as kenya-wajir-1993",
}


def _figure(number: Any) -> str:
    return f"{number:,g}" if isinstance(number, float) else f"{number:,}"


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:57]}…"'
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return "nothing" if value is None else str(value)[:60]


def _unknown_key(key: str, fields: list[str]) -> str:
    near = difflib.get_close_matches(key, fields, n=1)
    if near:
        return f"unknown field; did you mean {near[0]}?"
    return f"unknown field; the fields here are {', '.join(fields)}" if fields else "unknown field"


def _fields_at(place: Place, root: type[BaseModel]) -> list[str]:
    here: Any = root
    for part in place:
        model, mapping = _model_in(here), _mapping_value(here)
        if isinstance(part, int):
            continue
        if model is not None:
            fields = {f.alias or name: f.annotation for name, f in model.model_fields.items()}
            here = fields.get(part)
        else:
            here = mapping
    model = _model_in(here)
    return [f.alias or name for name, f in model.model_fields.items()] if model is not None else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as ``tuple[Measure, ...] | None`` holds, but not one inside a mapping."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    if get_origin(annotation) is dict:
        return None
    return next((model for part in get_args(annotation) if (model := _model_in(part)) is not None), None)


def _mapping_value(annotation: Any) -> Any:
    """The annotation of the values of a mapping, if the annotation holds one."""
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    return next((value for part in get_args(annotation) if (value := _mapping_value(part)) is not None), None)
