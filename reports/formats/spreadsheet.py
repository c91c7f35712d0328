"""A report as a workbook of Excel's: a summary, and a sheet for each kind of thing that it says, to sort, filter and print.

Nothing that people typed is a formula or a link, whatever it begins with.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from itertools import zip_longest
from typing import Any, Final

from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.formats.columns import height, text_of, widths
from reports.formats.sheets import Cell, Sheet, sheets_of
from reports.formats.walking import readable, told_of
from reports.model import Mark, ReportModel, Run

MOST_IN_CELL: Final = 32_767
"""UTF-16 units that a cell takes."""

PIECE: Final = MOST_IN_CELL // 2
"""Characters that fit in a cell whatever they are."""

LONGEST_NAME: Final = 31

PAPERS: Final = {"a4": 9, "a3": 8, "us-letter": 1, "us-legal": 5}
SETTINGS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Calibri", "font_size": 11},
}
GOOD, FAIR, POOR, GRAVE, OPEN = "#dcefe9", "#e0eaf0", "#f8e3d6", "#f3d9d7", "#eceef0"
FILLS: Final = {
    **dict.fromkeys(("strong", "met", "low", "clear"), GOOD),
    **dict.fromkeys(("adequate", "partly", "soft"), FAIR),
    **dict.fromkeys(("weak", "not_met", "moderate", "fuzzy"), POOR),
    "high": GRAVE,
    **dict.fromkeys(("insufficient", "unknown", "not_applicable", "not_read"), OPEN),
}
SUMMARY: Final = (24.0, 100.0)
"""The widths of its columns in characters."""

HEAD_FILL, RULE, ACCENT = "#f2eee5", "#c9c1b0", "#0b5a61"
BELOW: Final = {"bottom": 4, "bottom_color": RULE}
"""A fine line below each row."""


def spreadsheet(model: ReportModel) -> bytes:
    """The workbook (xlsx); the same bytes for the same report. It needs no look, so that it can be worked with."""
    written = io.BytesIO()
    with override(model.language):
        book = _Book(Workbook(written, SETTINGS), model)
        book.write()
    return written.getvalue()


class _Book:
    def __init__(self, workbook: Workbook, model: ReportModel) -> None:
        self.workbook = workbook
        self.model = model
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self) -> None:
        model = self.model
        self.workbook.set_properties(
            {
                "title": readable(model.title),
                "subject": readable(model.name),
                "author": readable(model.workspace),
                "created": model.made_at.astimezone(UTC),
            }
        )
        sheets = sheets_of(model)
        summary, *names = sheet_names([_("Summary"), *(sheet.name for sheet in sheets)])
        self.write_summary(self.added(summary), names)
        for name, sheet in zip(names, sheets, strict=True):
            self.write_table(self.added(name), sheet)
        self.workbook.close()

    def format(self, **properties: Any) -> Format:
        """A format of a cell; those with the same properties are one."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format({"valign": "top", **properties})
        return self.formats[key]

    def added(self, name: str) -> Worksheet:
        """A sheet that is ready to be printed."""
        model, sheet = self.model, self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(PAPERS.get(model.paper, PAPERS["a4"]))
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        title, watermark = _in_head(model.title, 70), _in_head(model.watermark, 50)
        sheet.set_header(f"&L{title}&C{watermark}&R{_in_head(model.classification, 125)}")
        sheet.set_footer(f"&L{_in_head(model.workspace, 100)}&C{_in_head(model.valid_until, 100)}&R&P / &N")
        if get_language_bidi():
            sheet.right_to_left()
        return sheet

    def write_summary(self, sheet: Worksheet, names: Sequence[str]) -> None:
        """Title, what the report says of itself, and the other sheets."""
        wrapped, label = self.format(text_wrap=True), self.format(text_wrap=True, font_color="#4d5a63")
        strong = self.format(text_wrap=True, bold=True, font_size=13, font_color=ACCENT)
        for column, width in enumerate(SUMMARY):
            sheet.set_column(column, column, width)
        _write_text(sheet, 0, 0, readable(self.model.title), self.format(bold=True, font_size=18))
        sheet.freeze_panes(1, 0)
        at = 2
        for fact in told_of(self.model):
            style = strong if fact.value == self.model.headline else wrapped
            for first, value in zip_longest([fact.label], pieces(readable(fact.value)), fillvalue=_("(continued)")):
                sheet.set_row(at, height([first, value], SUMMARY))
                _write_text(sheet, at, 0, readable(first), label)
                _write_text(sheet, at, 1, value, style)
                at += 1
        at += 1
        _write_text(sheet, at, 0, readable(self.model.contents_title), self.format(bold=True))
        for name in names:
            place = name.replace("'", "''")
            sheet.write_url(at, 1, f"internal:'{place}'!A1", self.format(font_color=ACCENT, underline=1), name)
            at += 1

    def write_table(self, sheet: Worksheet, of: Sheet) -> None:
        """A table below its frozen heads, each row as often as its longest cell asks for."""
        heads, rows = of.table()
        wide = widths(heads, rows)
        head_format = self.format(bold=True, text_wrap=True, bg_color=HEAD_FILL, bottom=1, bottom_color=RULE)
        sheet.set_row(0, height(heads, wide))
        for column, (head, width) in enumerate(zip(heads, wide, strict=True)):
            sheet.set_column(column, column, width)
            _write_text(sheet, 0, column, readable(head)[:PIECE], head_format)
        at = 1
        for cells, is_heading in zip(rows, (row.is_heading for row in of.rows), strict=True):
            for written in _split(cells):
                sheet.set_row(at, height(written, wide))
                for column, cell in enumerate(written):
                    self.write_cell(sheet, at, column, cell, bold=is_heading)
                at += 1
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, at - 1, len(heads) - 1)
        sheet.repeat_rows(0)

    def write_cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, *, bold: bool) -> None:
        plain: dict[str, Any] = {"text_wrap": True, **({"bold": True} if bold else {}), **BELOW, **_direction(cell)}
        if isinstance(cell, int):
            sheet.write_number(row, column, cell, self.format(**plain, align="center"))
        elif isinstance(cell, Mark):
            fill = {"bg_color": FILLS[cell.code]} if cell.code in FILLS else {}
            _write_text(sheet, row, column, readable(cell.word), self.format(**plain, **fill, indent=1))
        elif isinstance(cell, tuple):
            self.write_runs(sheet, row, column, cell, plain)
        elif cell:
            _write_text(sheet, row, column, cell, self.format(**plain))
        else:
            sheet.write_blank(row, column, None, self.format(**plain))

    def write_runs(self, sheet: Worksheet, row: int, column: int, runs: Sequence[Run], plain: dict[str, Any]) -> None:
        """A text with its marked words underlined, and what went struck through."""
        pieces_of: list[Any] = []
        for run in runs:
            if text := readable(run.text):
                pieces_of += [*([self.format(**_style(run))] if _style(run) else []), text]
        told = [run for run in runs if run.text]
        if len(told) > 1:
            sheet.write_rich_string(row, column, *pieces_of, self.format(**plain))
        elif told:
            _write_text(sheet, row, column, readable(told[0].text), self.format(**plain, **_style(told[0])))


def _direction(cell: Cell) -> dict[str, Any]:
    """Texts that begin in a script written to the left are read so, on whatever sheet they stand."""
    strong = (unicodedata.bidirectional(sign) for sign in text_of(cell))
    first = next((way for way in strong if way in ("L", "R", "AL")), "L")
    return {} if first == "L" else {"reading_order": 2}


def _style(run: Run) -> dict[str, Any]:
    if run.change == "out":
        return {"font_strikeout": True, "font_color": "#9c2f2f"}
    if run.change == "in":
        return {"underline": 1, "font_color": "#0d6e63"}
    return {"underline": 1} if run.is_marked else {}


def _write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """A text as it is. XlsxWriter takes what begins and ends with ``<r>`` for markup of its own: a space makes it text."""
    sheet.write_string(row, column, f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text, style)


def _split(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """A row, and what does not fit in its cells in rows below it, where the first cell says that they go on."""
    parts: list[list[Cell]] = [_parts(cell) for cell in cells]
    for number, row in enumerate(zip_longest(*parts)):
        yield [row[0] or _("(continued)"), *row[1:]] if number else list(row)


def _parts(cell: Cell) -> list[Cell]:
    """A cell as one, or as several if it is too long for one; then runs are plain text."""
    if isinstance(cell, tuple):
        text = "".join(readable(run.text) for run in cell)
        return [cell] if _fits(text) else list(pieces(text))
    return list(pieces(readable(cell))) if isinstance(cell, str) else [cell]


def pieces(text: str) -> list[str]:
    """The text in pieces that a cell takes; together they are the text."""
    return [text] if _fits(text) else [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


def _fits(text: str) -> bool:
    return len(text) <= PIECE or _units(text) <= MOST_IN_CELL


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that Excel allows for sheets, each once: at most 31 units, without ``[]:*?/\\``, no quote at an end."""
    taken = {"history"}  # Excel keeps it for itself
    names = []
    for name in wanted:
        plain = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", readable(name)).split()).strip("' ") or _("Sheet")
        found, number = _cut(plain, LONGEST_NAME).strip("' "), 1
        while found.casefold() in taken:
            number += 1
            found = f"{_cut(plain, LONGEST_NAME - len(f' {number}')).strip()} {number}"
        taken.add(found.casefold())
        names.append(found)
    return names


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")


def _in_head(text: str, units: int) -> str:
    """A line for the head or foot of printed pages, which takes 255 units in all and reads an ampersand as an order."""
    line = " ".join(readable(text).split())
    shown = line
    while _units(shown.replace("&", "&&")) > units:
        line = line[:-1]
        shown = f"{line}…"
    return shown.replace("&", "&&")
