"""What a field says, as the controls of a form send it, and back. No database.

Both ways belong together: what is sent unchanged is read as the value that stands in the draft, whatever that is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from assessments.package.addresses import ABSENT
from cases.maps.countries import code_of
from proposals.building.catalogue import FieldSpec

NONE: Final = "[]"
"""What a control sends that says "there is none"."""

TYPED: Final = frozenset({"line", "long", "texts", "countries", "count", "number", "date"})
"""Kinds of fields that are one text to type."""

SEVERAL: Final = frozenset({"choices", "parties", "measures"})
"""Kinds of fields that are boxes to tick."""

_NUMBER: Final = re.compile(r"-?\d{1,12}(\.\d{1,12})?")
_CODE: Final = re.compile(r"[A-Za-z]{2}")


def shown(spec: FieldSpec, value: Any) -> list[str]:
    """What the controls of a field send when a value is shown in them."""
    if spec.kind in TYPED:
        return _typed(spec, value)
    if spec.kind == "rows":
        return [NONE] if value == [] else []
    if spec.kind in SEVERAL:
        return [NONE] if value == [] else _each(value)
    if spec.kind == "who":
        return _each(value)
    return [as_text(value)]


def _typed(spec: FieldSpec, value: Any) -> list[str]:
    if spec.taken.word and value == spec.taken.word:
        return ["", NONE]
    if value == [] or (value == "" and spec.kind in ("line", "long") and not spec.taken.required):
        return ["", NONE]
    if spec.kind == "texts":
        return ["\n".join(_each(value))]
    if spec.kind == "countries":
        return [", ".join(_each(value))]
    return [as_text(value)]


def _each(value: Any) -> list[str]:
    if value is ABSENT or value is None:
        return []
    return [as_text(each) for each in value] if isinstance(value, list | tuple) else [as_text(value)]


def as_text(value: Any) -> str:
    """A value as somebody would type it; what fits no control is shown as it is written in the document."""
    if value is ABSENT or value is None:
        return ""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False, default=str)


def plain(text: str) -> str:
    """A text with line ends of one kind, and without the character that no database keeps."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def read(spec: FieldSpec, sent: Sequence[str], before: Any) -> Any:
    """What the controls of a field say, typed as the format wants; ``before``: what the field said when it was shown.

    What cannot be read stays as it was typed. ``ABSENT`` if nothing is said.
    """
    said, was = [plain(each) for each in sent], shown(spec, before)
    if _unchanged(spec, said, was):
        return before
    if spec.kind in TYPED:
        return _read_typed(spec, said)
    if spec.kind == "rows":
        return [] if NONE in said else ABSENT
    if spec.kind == "who":
        return _who(said, was)
    if spec.kind == "target":
        select, words = said[0], said[-1].strip()
        return (words if words and words != was[0] else select) or ABSENT
    if spec.kind in SEVERAL:
        return _several(spec, said, was)
    chosen = said[-1] if said else ""
    return number(chosen) if spec.kind == "rating" else chosen or ABSENT


def _unchanged(spec: FieldSpec, said: list[str], was: list[str]) -> bool:
    if spec.kind in SEVERAL:
        return set(said) == set(was)
    if spec.kind == "who":
        return set(said[:-1]) <= set(was) and said[-1] == in_words(was, said[:-1])
    if spec.kind == "target":
        return said in ([was[0], ""], ["", was[0]])
    return said == was or (spec.kind not in TYPED and not any(said) and not any(was))


def in_words(who: Sequence[str], ticked: Sequence[str]) -> str:
    """Those who are named in words, for one line."""
    return "; ".join(each for each in who if each not in ticked)


def _who(said: list[str], was: list[str]) -> Any:
    *ticked, words = said
    untouched = words == in_words(was, [each for each in was if each not in words])
    named = [each for each in was if each in words] if untouched else [w.strip() for w in words.split(";") if w.strip()]
    return _in_order([*ticked, *named], was) or ABSENT


def _several(spec: FieldSpec, said: list[str], was: list[str]) -> Any:
    alone = [NONE, "all"] if spec.taken.or_all else [NONE]
    others = [each for each in said if each not in alone]
    for each in alone:
        if each in said and (each not in was or not others):
            return [] if each == NONE else each
    return _in_order(others, was) or ABSENT


def _in_order(said: Sequence[str], was: Sequence[str]) -> list[str]:
    """What was there keeps its order; what is new comes after it."""
    return list(dict.fromkeys([*(each for each in was if each in said), *said]))


def _read_typed(spec: FieldSpec, said: list[str]) -> Any:
    text, none = said[0], NONE in said[1:]
    if not text.strip():
        return _none_of(spec) if none else ABSENT
    if spec.kind == "long":
        return text
    if spec.kind == "texts":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if spec.kind == "countries":
        return _countries(text)
    return number(text.strip()) if spec.kind in ("count", "number") else text.strip()


def _none_of(spec: FieldSpec) -> Any:
    if spec.kind in ("texts", "countries"):
        return []
    return spec.taken.word or ("" if spec.kind in ("line", "long") else ABSENT)


def _countries(text: str) -> list[str]:
    named = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    pieces = [p for part in named for p in (part.split() if all(map(_CODE.fullmatch, part.split())) else [part])]
    return list(dict.fromkeys(p.upper() if _CODE.fullmatch(p) else code_of(p) or p for p in pieces))


def number(text: str) -> Any:
    """The number that a text says, else the text; ``ABSENT`` if it says nothing."""
    if not _NUMBER.fullmatch(text):
        return text or ABSENT
    return float(text) if "." in text else int(text)
