"""Text as runs of WordprocessingML: escaped, in its direction, with the hints that scripts need."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import groupby
from typing import Final, Literal

from babel import Locale

Direction = Literal["ltr", "rtl"]

_FORBIDDEN: Final = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_OVERRIDES: Final = {code: f"[U+{code:04X}]" for code in (0x202D, 0x202E)}
"""They show letters in another order than they are written, so they are shown themselves, as in the PDF."""

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_EAST_ASIAN: Final = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_HINT: Final = '<w:rFonts w:hint="eastAsia"/>'


def clean(text: str) -> str:
    """The text with one kind of line end, and without what XML cannot hold."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text)).translate(_OVERRIDES)


@cache
def is_right_to_left(language: str) -> bool:
    """Whether a language, such as ``ar`` or ``pt-br``, is written from right to left."""
    return Locale.parse(language, sep="-").text_direction == "rtl"


def direction_of(text: str, default: Direction) -> Direction:
    """The direction of the first letter that has one."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return default


def runs(text: str, direction: Direction, style: str = "") -> str:
    """Cleaned text as runs of the character style with this id; lines and tabs break as they do in the text."""
    shape = f'<w:rStyle w:val="{style}"/>' if style else ""
    if direction == "ltr" and not _RIGHT_TO_LEFT.search(text):
        return _run(text, shape, "")
    return "".join(_run(piece, shape, "<w:rtl/>" if way == "rtl" else "") for piece, way in pieces(text, direction))


def _run(text: str, shape: str, way: str) -> str:
    if not text:
        return ""
    shape += (_HINT if _EAST_ASIAN.search(text) else "") + way
    return f"<w:r>{f'<w:rPr>{shape}</w:rPr>' if shape else ''}{spelled(text)}</w:r>"


def spelled(text: str) -> str:
    """What stands inside of a run for cleaned text."""
    parts = re.split("([\n\t])", text)
    return "".join(_BREAKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in parts if part)


_BREAKS: Final = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def pieces(text: str, direction: Direction) -> Iterator[tuple[str, Direction]]:
    """The text cut where its direction changes. What has none, such as spaces and digits, goes with its neighbours on
    both sides, or with the paragraph where they differ."""
    ways = [way_of(character) for character in text]
    before: Direction = direction
    start = 0
    for is_neutral, group in groupby(list(ways), key=lambda way: way is None):
        end = start + len(list(group))
        if is_neutral:
            after = ways[end] if end < len(ways) else direction
            ways[start:end] = [before if before == after else direction] * (end - start)
        else:
            before = ways[end - 1] or direction
        start = end
    start = 0
    for way, group in groupby(ways):
        end = start + len(list(group))
        yield text[start:end], way or direction
        start = end


def way_of(character: str) -> Direction | None:
    kind = unicodedata.bidirectional(character)
    return "rtl" if kind in ("R", "AL") else "ltr" if kind == "L" else None
