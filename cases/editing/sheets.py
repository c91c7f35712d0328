"""The spreadsheet template: columns, drop-down lists, and a page that explains them."""

from __future__ import annotations

import io
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cases.editing.fields import BY_NAME, CASE, Field, Group

ROWS: Final = 500
"""How far down the drop-down lists go."""
EXPLANATION: Final = "Read me"
SLUG: Final = "slug"


class Sheet(NamedTuple):
    """A sheet: the cases themselves, or the parts of a group, each with the slug of its case."""

    title: str
    group: Group | None
    fields: tuple[Field, ...]

    @property
    def columns(self) -> list[str]:
        """The heads of its columns: the paths of the fields, as in a case file."""
        own = [field.path for field in self.fields]
        if self.group is None:
            return [*own, "links", "notes"]
        return [SLUG, *own]

    def field_of(self, column: str) -> Field | None:
        """The field of a column, by path or by label."""
        return next((each for each in self.fields if column in (each.path.lower(), each.label.lower())), None)


SHEETS: Final = (
    Sheet("Cases", None, CASE),
    *(
        Sheet(name.capitalize(), BY_NAME[name], BY_NAME[name].fields)
        for name in ("parties", "measures", "lessons", "sources")
    ),
)


def template() -> bytes:
    """The empty spreadsheet, as an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _explain(book.create_sheet(EXPLANATION))
    codes = book.create_sheet("Codes")
    lists = _lists(codes)
    for sheet in SHEETS:
        _fill(book.create_sheet(sheet.title), sheet, lists)
    codes.sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _lists(codes: Worksheet) -> dict[tuple[str, str], str]:
    """Writes the codes of every choice into a column of their own; where each list stands, by sheet and field."""
    found = {}
    column = 0
    for sheet in SHEETS:
        for field in sheet.fields:
            options = (
                ["yes", "no"] if field.kind == "flag" else list(field.vocabulary) if field.kind == "choice" else []
            )
            if options:
                column += 1
                letter = get_column_letter(column)
                for n, option in enumerate(options, start=1):
                    codes.cell(n, column, option).data_type = "s"
                found[sheet.title, field.path] = f"Codes!${letter}$1:${letter}${len(options)}"
    return found


def _fill(page: Worksheet, sheet: Sheet, lists: dict[tuple[str, str], str]) -> None:
    for n, column in enumerate(sheet.columns, start=1):
        head = page.cell(1, n, column)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", start_color="E4F0EF")
        letter = get_column_letter(n)
        field = sheet.field_of(column)
        page.column_dimensions[letter].width = 48 if field is not None and field.kind == "text" else 24
        page.column_dimensions[letter].number_format = "@"
        for row in range(2, 52):
            page.cell(row, n).number_format = "@"
            page.cell(row, n).alignment = Alignment(wrap_text=True, vertical="top")
        place = lists.get((sheet.title, column))
        if place is not None:
            choice = DataValidation(type="list", formula1=place, allow_blank=True)
            choice.error = _("Choose one from the list.")
            page.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{ROWS}")
    page.freeze_panes = "B2"


def _explain(page: Worksheet) -> None:
    rows = [
        [_("How to fill this in")],
        [_("One row for each case in “Cases”. Parties, measures, lessons and sources are rows in their own sheets.")],
        [_("There the first column holds the slug of the case.")],
        [_("Several values in one cell: with commas between them, the one that weighs most first.")],
        [_("Nothing is stored when you upload the file. You first see, row by row, what is wrong and what changes.")],
        [_("Sheet"), _("Column"), _("What it is"), _("What may stand there")],
    ]
    for sheet in SHEETS:
        for column in sheet.columns:
            rows.append([sheet.title, column, *_told(sheet, column)])
    for n, row in enumerate(rows, start=1):
        for m, text in enumerate(row, start=1):
            cell = page.cell(n, m, text)
            cell.alignment = Alignment(wrap_text=n > 5, vertical="top")
            cell.font = Font(bold=n in (1, 6))
    for letter, width in zip("ABCD", (14, 22, 30, 90), strict=True):
        page.column_dimensions[letter].width = width


def _told(sheet: Sheet, column: str) -> list[str]:
    if sheet.group is not None and column == SLUG:
        return [_("Case"), _("The slug of a case in the sheet “Cases”.")]
    field = sheet.field_of(column)
    if field is None:
        return [_(BY_NAME[column].label), _("One on each line.")]
    if field.kind == "flag":
        return [_(field.label), f"{_('yes')}, {_('no')}. {_(field.help)}"]
    codes = "; ".join(f"{code} = {_(label)}" for code, label in field.vocabulary.items())
    needed = "" if field.is_needed else _("May stay empty.")
    return [_(field.label), " ".join(filter(None, (codes, _(field.help) if field.help else "", needed)))]
