"""CSV files that people open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

BYTE_ORDER_MARK: Final = "\ufeff"
"""By it spreadsheets know that the text is UTF-8."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
INSIDE: Final = re.compile(r"(?<=[;\t\r\n])([^\S\t\r\n]*)(?=[=+\-@＝＋－＠])")
"""Where a formula would begin if a spreadsheet took a semicolon or a tab for the end of a cell, as it does in many
countries; and then quotes do not hold lines together."""


def as_csv(heading: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a file, as RFC 4180 has them; no cell below the heading is a formula."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    yield writer.writerow(heading)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: object) -> str:
    """The text of a cell, with a mark before what a spreadsheet would calculate; a number stays one."""
    text = str(cell)
    if isinstance(cell, int | float):
        return text
    marked = INSIDE.sub(r"\1'", text)
    return f"'{marked}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else marked


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> Any:
        return text
