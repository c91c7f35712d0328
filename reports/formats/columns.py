"""How wide columns of a sheet are and how high its rows, so that all can be read, on the screen and on paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from reports.formats.sheets import Cell
from reports.formats.walking import after
from reports.model import Mark

NARROWEST, WIDEST, ALWAYS_GRANTED, PAGE = 6, 100, 14, 180
"""Widths in characters: of a column at least and at most, what it keeps when space runs out, and of a page's columns."""

WIDEST_PATH: Final = 36
"""The first column says where a row belongs, and is not what people read."""

LINE: Final = 15.0
LETTERS: Final = 1.2
"""How many letters stand where one digit would; widths are told in digits."""

HIGHEST: Final = 409.0
"""Points; the most is Excel's."""


def widths(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """As what stands in the columns asks, but together no more than a page can show in letters that can be read."""
    wished = []
    for column, head in enumerate(heads):
        longest = max((_longest_line(row[column]) for row in rows), default=0)
        words = max(map(_shown, head.split()), default=0) + 3  # room for the arrow of the filter
        most = WIDEST if column else WIDEST_PATH
        wished.append(float(max(NARROWEST, words, min(most, longest + 2))))
    spare = sum(max(0, width - ALWAYS_GRANTED) for width in wished)
    kept = 1 - (sum(wished) - PAGE) / spare if spare and sum(wished) > PAGE else 1
    return [min(width, ALWAYS_GRANTED) + max(0, width - ALWAYS_GRANTED) * max(0, kept) for width in wished]


def height(cells: Sequence[Cell], wide: Sequence[float]) -> float:
    """How high a row is in points, for not every program finds it out by itself."""
    lines = max((_lines(text_of(cell), width * LETTERS) for cell, width in zip(cells, wide, strict=True)), default=1)
    return min(HIGHEST, LINE * max(1, lines))


def _lines(text: str, width: float) -> int:
    count = 0
    for line in text.split("\n"):
        count += 1
        used = 0
        for word in line.split(" "):
            length = _shown(word)
            if used and used + 1 + length > width:
                count += 1
                used = 0
            used += length + (1 if used else 0)
            count += int(used // width)
            used = int(used % width)
    return count


def _longest_line(cell: Cell) -> int:
    return max(map(_shown, text_of(cell).split("\n")))


def text_of(cell: Cell) -> str:
    """What is shown in it."""
    if isinstance(cell, Mark):
        return cell.word
    return after(cell) if isinstance(cell, tuple) else "" if cell is None else str(cell)


def _shown(text: str) -> int:
    """The width of a text in characters; those of East Asia are twice as wide."""
    return len(text) + sum(1 for sign in text if unicodedata.east_asian_width(sign) in "WF")
