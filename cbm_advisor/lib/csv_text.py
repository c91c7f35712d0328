"""CSV files that people open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Final

BYTE_ORDER_MARK: Final = "\ufeff"
"""By it spreadsheets know that the text is UTF-8."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(heading: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a file; no cell below the heading is a formula."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    yield writer.writerow(heading)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: object) -> str:
    """The text of a cell, with a mark before what a spreadsheet would calculate."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> Any:
        return text
