"""What a case lacks before it can be published, in plain words and at its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from cases.editing.fields import BY_NAME, CASE, Field, Group
from cases.schema import CaseFile


class Problem(NamedTuple):
    """``group``, ``position`` and ``field`` say where; ``position`` counts from 0, and is ``None`` beside the groups.
    ``is_lacking``: nothing was filled in yet, which a draft may leave so."""

    group: Group | None
    position: int | None
    field: Field | None
    message: str
    is_lacking: bool

    @property
    def where(self) -> str:
        """The place in words: "Measure 2, Title"."""
        part = _(self.group.one if self.position is not None else self.group.label) if self.group else ""
        if self.position is not None:
            part = f"{part} {self.position + 1}"
        named = _(self.field.label) if self.field is not None and self.field.path else ""
        return ", ".join(filter(None, (part, named)))

    @property
    def html_id(self) -> str:
        """The id of its field in the form."""
        if self.group is None:
            return f"id_{self.field.name}" if self.field else "case-form"
        if self.position is None:
            return f"group-{self.group.name}"
        return f"id_{self.group.name}-{self.position}-{self.field.name if self.field else ''}"


def problems_of(document: Mapping[str, Any]) -> list[Problem]:
    """All that keeps a document from being a case, in the order of the form; one for each field."""
    try:
        CaseFile.model_validate(document)
    except ValidationError as error:
        found: dict[str, Problem] = {}
        for each in error.errors(include_url=False):
            for problem in _problems(each):
                found.setdefault(problem.html_id if problem.field else f"{problem.html_id} {problem.message}", problem)
        return sorted(found.values(), key=_place)
    return []


def _place(problem: Problem) -> tuple[int, int, int]:
    groups = list(BY_NAME.values())
    group = groups.index(problem.group) + 1 if problem.group else 0
    fields = problem.group.own_fields if problem.group else CASE
    return group, problem.position or 0, fields.index(problem.field) if problem.field in fields else 0


def _problems(error: Any) -> list[Problem]:
    """One for each field that the error is about: several, if a set of fields such as the outcome is missing."""
    first, *rest = error["loc"]
    group = BY_NAME.get(str(first))
    position = rest[0] if group is not None and rest and isinstance(rest[0], int) else None
    path = ".".join(str(part) for part in (rest if group else error["loc"]) if not isinstance(part, int))
    if error["type"] == "extra_forbidden":
        message = _("There is no field “%(name)s”.") % {"name": str(error["loc"][-1])[:60]}
        return [Problem(group, position, None, message, False)]
    is_lacking = error.get("input") in (None, "", [], ()) or error["type"] == "missing"
    message = _lacking(group, position) if is_lacking else _message(error)
    return [Problem(group, position, field, message, is_lacking) for field in _fields(group, position, path)]


def _fields(group: Group | None, position: int | None, path: str) -> list[Field | None]:
    if group is not None and position is None:
        return [None]
    fields = group.own_fields if group is not None else CASE
    if path or (group is not None and group.fields):
        found = [each for each in fields if each.path == path or (path and each.path.startswith(f"{path}."))]
    else:
        found = list(fields)
    return [*found] or [None]


def _lacking(group: Group | None, position: int | None) -> str:
    if group is not None and position is None:
        return _("Add at least one.")
    return _("Fill this in.")


def _message(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    given = str(error.get("input"))
    given = given if len(given) <= 60 else f"{given[:57]}…"
    if kind == "value_error":
        return _("The last year is before the first one.")
    if kind == "string_pattern_mismatch":
        said = next((words for name, words in _FORMS.items() if name in error["loc"]), _("“%(given)s” does not fit."))
        return str(said) % {"given": given}
    if kind == "literal_error":
        codes = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return _("“%(given)s” is not one of these: %(codes)s.") % {"given": given, "codes": codes}
    said = _SAYINGS.get(kind, gettext_lazy("“%(given)s” does not fit here."))
    return str(said) % {"given": given, **context}


_FORMS: Final = {
    "slug": gettext_lazy("Use small letters, digits and single hyphens, such as kenya-wajir-1993."),
    "countries": gettext_lazy("“%(given)s” is no code of two capital letters, such as SD."),
    "years": gettext_lazy("“%(given)s” is not written as 2002, 2002-2005 or 2002-ongoing."),
    "links": gettext_lazy("“%(given)s” is no address that begins with https:// or http://."),
    "key": gettext_lazy("“%(given)s” is no guideline (G1 to G10) and no challenge (C1 to C5)."),
}
_SAYINGS: Final = {
    "string_too_long": gettext_lazy("This is longer than %(max_length)s characters; shorten it."),
    "int_parsing": gettext_lazy("“%(given)s” is no whole number."),
    "int_from_float": gettext_lazy("“%(given)s” is no whole number."),
    "int_type": gettext_lazy("“%(given)s” is no whole number."),
    "float_parsing": gettext_lazy("“%(given)s” is no number; write 12.5, say."),
    "float_type": gettext_lazy("“%(given)s” is no number; write 12.5, say."),
    "finite_number": gettext_lazy("“%(given)s” is no number; write 12.5, say."),
    "bool_parsing": gettext_lazy("“%(given)s” is neither yes nor no."),
    "bool_type": gettext_lazy("“%(given)s” is neither yes nor no."),
    "greater_than_equal": gettext_lazy("%(given)s is too small; the least is %(ge)s."),
    "less_than_equal": gettext_lazy("%(given)s is too large; the most is %(le)s."),
    "string_type": gettext_lazy("“%(given)s” is no text; put it in quotation marks."),
    "tuple_type": gettext_lazy("“%(given)s” is no list."),
    "model_type": gettext_lazy("“%(given)s” is no set of fields."),
    "dict_type": gettext_lazy("“%(given)s” is no set of fields."),
}
