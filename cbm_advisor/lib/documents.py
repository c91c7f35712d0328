"""What people send, read from JSON or YAML: refused quickly and plainly where it is neither, too large or hostile."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final, NoReturn

import yaml

LARGEST: Final = 2 * 1024 * 1024
DEEPEST: Final = 32
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_Events: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TOO_DEEP: Final = f"is nested more than {DEEPEST} levels deep; fewer than ten are needed"


class DocumentError(ValueError):
    """What was sent cannot be read. ``place``: the keys and positions that lead there; empty for the whole."""

    def __init__(self, message: str, place: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.place = place


def parse(source: bytes | str) -> Any:
    """The data in a JSON or YAML document. Raises ``DocumentError`` if it is too large, not UTF-8, or not well formed."""
    text = _decoded(source)
    start = text.lstrip()[:1]
    if not start:
        raise DocumentError("The document is empty.")
    return _json(text) if start in "{[" else _yaml(text)


def _decoded(source: bytes | str) -> str:
    size = len(source) if isinstance(source, bytes) else len(source.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        raise DocumentError(f"The document has {size:,} bytes; the most is {LARGEST:,} (2 MB).")
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    if source.startswith(_UTF16):
        raise DocumentError("The document is in UTF-16; save it as UTF-8.")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"The document is not UTF-8 (at byte {error.start:,}); save it as UTF-8.") from None


def _json(text: str) -> Any:
    def no_constant(name: str) -> NoReturn:
        raise DocumentError(f"{name} is not a number that JSON has; leave the field out if it is unknown.")

    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=no_constant)
    except RecursionError:
        raise DocumentError(f"The document {_TOO_DEEP}.") from None
    except json.JSONDecodeError as error:
        raise DocumentError(f"Not valid JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    except ValueError as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError("A number in the document has too many digits.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        keys = [key for key, _value in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise DocumentError(f'The key "{double}" stands twice in one mapping; keep one.')
    return mapping


def _yaml(text: str) -> Any:
    try:
        return _built(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise DocumentError(f"Not valid YAML: {error.problem or error.context}{where}.") from None
    except yaml.YAMLError as error:
        raise DocumentError(f"Not valid YAML: {str(error).splitlines()[0]}.") from None


def _built(text: str) -> Any:
    """The data of one YAML document, built while its events are read, so that a bomb is refused before it goes off.

    YAML as plain as JSON: yes and no stay words, dates stay text, 3:20 is no number; no tags, anchors or aliases.
    """
    root: list[Any] = []
    open_ones: list[list[Any]] = [root]
    documents = 0
    event: Any
    for event in yaml.parse(text, Loader=_Events):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            _refuse_magic(event)
            open_ones[-1].append(_plain(event.value) if event.implicit[0] and not event.style else event.value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            _refuse_magic(event)
            if len(open_ones) > DEEPEST:
                raise DocumentError(f"The document {_TOO_DEEP} (line {event.start_mark.line + 1}).")
            open_ones.append([])
        elif kind is yaml.SequenceEndEvent:
            entries = open_ones.pop()
            open_ones[-1].append(entries)
        elif kind is yaml.MappingEndEvent:
            flat = open_ones.pop()
            open_ones[-1].append(_mapping(flat, event.start_mark.line + 1))
        elif kind is yaml.AliasEvent:
            _refuse_magic(event)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise DocumentError(
                    f"The file holds more than one document (line {event.start_mark.line + 1}); keep one."
                )
    return root[0] if root else None


def _refuse_magic(event: Any) -> None:
    if event.anchor is not None:
        line = event.start_mark.line + 1
        raise DocumentError(f"The document uses YAML anchors or aliases (line {line}); write the values out.")
    if event.tag not in (None, "!"):
        raise DocumentError(
            f"The document uses a YAML tag (line {event.start_mark.line + 1}); plain values are enough."
        )


def _mapping(flat: list[Any], line: int) -> dict[str, Any]:
    keys = flat[::2]
    for n, key in enumerate(keys):
        if isinstance(key, dict | list):
            raise DocumentError(f"A key is not a word (in the mapping that ends on line {line}).")
        keys[n] = key if isinstance(key, str) else str(key)
    mapping = dict(zip(keys, flat[1::2], strict=True))
    if len(mapping) != len(keys):
        double = next(key for key in keys if keys.count(key) > 1)
        raise DocumentError(f'The key "{double}" stands twice in the mapping that ends on line {line}; keep one.')
    return mapping


_WORDS: Final = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True,
                 "TRUE": True, "false": False, "False": False, "FALSE": False}  # fmt: skip
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")


def _plain(text: str) -> Any:
    """What a scalar without quotation marks means."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
    return text


def inspect(document: Any) -> None:
    """Refuses nesting, characters and numbers that no document needs, wherever they stand. Raises ``DocumentError``."""
    stack: list[tuple[Any, tuple[str | int, ...]]] = [(document, ())]
    while stack:
        value, place = stack.pop()
        if isinstance(value, str):
            if CONTROL.search(value):
                raise DocumentError("holds a control character or half of a character pair; delete it", place)
        elif isinstance(value, float) and not math.isfinite(value):
            raise DocumentError("is not a finite number", place)
        elif isinstance(value, dict | list | tuple):
            if len(place) >= DEEPEST:
                raise DocumentError(_TOO_DEEP, place[:3])
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            for key, inner in pairs:
                if isinstance(key, str) and CONTROL.search(key):
                    raise DocumentError("has a key with a control character; delete it", place)
                stack.append((inner, (*place, key)))
