"""A filled-in spreadsheet, read: every cell as text, nothing computed, refused quickly where it is too large or hostile."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from cases.editing.documents import Document, cleaned, made, read, value_of
from cases.editing.fields import Field
from cases.editing.problems import Problem
from cases.editing.sheets import SHEETS, SLUG, Sheet

MOST_UNPACKED: Final = 25 * 1024 * 1024
MOST_FILES: Final = 200
MOST_ROWS: Final = 2000
MOST_COLUMNS: Final = 40
LONGEST_CELL: Final = 10_000
DAMAGED: Final = gettext_lazy("This is no spreadsheet in the format .xlsx, or it is damaged.")
ENTITIES: Final = gettext_lazy("The file defines entities, which no spreadsheet needs. Save it anew.")


class Place(NamedTuple):
    """Where something stands: sheet and row, and the column if it is one cell."""

    sheet: str
    row: int
    column: str = ""

    def __str__(self) -> str:
        return f"{self.sheet} {self.column}{self.row}" if self.column else f"{self.sheet}, {_('row')} {self.row}"


class SheetError(ValueError):
    """The file is no spreadsheet that is read, and why."""


class Row(NamedTuple):
    """A row with something in it: its cells by the head of their column, and where these stand."""

    place: Place
    cells: dict[str, str]
    letters: dict[str, str]


class Read(NamedTuple):
    """What a spreadsheet holds: documents by slug, where each part of them stands, and what fits nowhere."""

    documents: dict[str, Document]
    rows: dict[tuple[str, str, int], Row]
    """By slug, group (empty for the case itself) and position."""
    astray: list[tuple[Place, str]]

    def place_of(self, slug: str, problem: Problem) -> Place:
        """The cell that a problem is about, or the row, or that of the case."""
        group = problem.group.name if problem.group is not None else ""
        own = self.rows.get((slug, group, problem.position or 0)) if problem.position is not None else None
        row = own or self.rows[slug, "", 0]
        path = problem.field.path if problem.field is not None else ""
        if own is None and group in ("links", "notes"):
            path = group
        return row.place._replace(column=row.letters.get(path, ""))


def read_spreadsheet(content: bytes) -> Read:
    """The cases of a spreadsheet made from the template. Raises ``SheetError``."""
    _refuse_bombs(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return _put_together(book)
    except SheetError:
        raise
    except DefusedXmlException:
        raise SheetError(ENTITIES) from None
    except Exception as error:  # openpyxl has no error of its own for a damaged file
        raise SheetError(DAMAGED) from error


def _refuse_bombs(content: bytes) -> None:
    """Sizes as the archive declares them: no more than that is unpacked."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
        entries = packed.infolist()
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise SheetError(_("The file unpacks to more than a spreadsheet of cases needs."))
        if any(b"<!DOCTYPE" in packed.read(entry) for entry in entries):
            raise SheetError(ENTITIES)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise SheetError(DAMAGED) from error


def _put_together(book: Workbook) -> Read:
    found = Read({}, {}, [])
    first, *parts = SHEETS
    if first.title not in book.sheetnames:
        raise SheetError(_("The sheet “Cases” is missing. Begin from the template."))
    for row in _rows(book, first, found):
        _take_case(row, first, found)
    for sheet in parts:
        if sheet.title in book.sheetnames:
            for row in _rows(book, sheet, found):
                _take_part(row, sheet, found)
    return found


def _take_case(row: Row, sheet: Sheet, found: Read) -> None:
    slug = row.cells.get(SLUG, "")
    if not slug:
        found.astray.append((row.place, _("The slug is missing. Give the case one, such as kenya-wajir-1993.")))
    elif slug in found.documents:
        found.astray.append((row.place, _("“%(slug)s” stands in two rows. Keep one.") % {"slug": slug}))
    else:
        document = read(lambda _prefix, field: _typed(field, row.cells.get(field.path, "")), {})
        for name in ("links", "notes"):
            document[name] = [line.strip() for line in row.cells.get(name, "").split("\n") if line.strip()]
        found.documents[slug] = document
        found.rows[slug, "", 0] = row


def _take_part(row: Row, sheet: Sheet, found: Read) -> None:
    slug = row.cells.get(SLUG, "")
    assert sheet.group is not None
    if slug not in found.documents:
        said = _("“%(slug)s” is the slug of no row in “Cases”.") if slug else _("The slug of its case is missing.")
        found.astray.append((row.place, said % {"slug": slug}))
        return
    fields = sheet.fields
    part = made(fields, {field.path: value_of(field, _typed(field, row.cells.get(field.path, ""))) for field in fields})
    parts = found.documents[slug][sheet.group.name]
    found.rows[slug, sheet.group.name, len(parts)] = row
    parts.append(part)


def _typed(field: Field, cell: str) -> Any:
    """A cell as the form would send it. Codes may be written as their labels; a label may hold commas itself."""
    if field.kind == "choice":
        return _code(field, cell)
    if field.kind != "choices":
        return cell
    if (code := _code(field, cell)) != cell:
        return [code]
    return [_code(field, each.strip()) for each in re.split("[,;\n]", cell) if each.strip()]


def _code(field: Field, text: str) -> str:
    return next(
        (code for code, label in field.vocabulary.items() if text.lower() in (code.lower(), label.lower())), text
    )


def _rows(book: Workbook, sheet: Sheet, found: Read) -> Iterator[Row]:
    lines = book[sheet.title].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
    heads = _heads(next(lines, ()), sheet, found)
    for n, values in enumerate(lines, start=2):
        cells = {head: _text(values[at]) for head, at in heads.items() if at < len(values)}
        if not any(cells.values()):
            continue
        if n > MOST_ROWS + 1:
            found.astray.append(
                (Place(sheet.title, n), _("The sheet is longer than %(rows)s rows.") % {"rows": MOST_ROWS})
            )
            return
        letters = {head: get_column_letter(at + 1) for head, at in heads.items()}
        for head, text in cells.items():
            if len(text) > LONGEST_CELL:
                found.astray.append((Place(sheet.title, n, letters[head]), _("This cell is too long.")))
                cells[head] = text[:LONGEST_CELL]
        yield Row(Place(sheet.title, n), cells, letters)


def _heads(line: Any, sheet: Sheet, found: Read) -> Mapping[str, int]:
    """Where each known column stands; unknown ones are named."""
    heads: dict[str, int] = {}
    for at, value in enumerate(line):
        said = _text(value)
        field = sheet.field_of(said.lower())
        name = field.path if field is not None else said.lower()
        if name in sheet.columns and name not in heads:
            heads[name] = at
        elif said:
            place = Place(sheet.title, 1, get_column_letter(at + 1))
            found.astray.append((place, _("There is no column “%(name)s” here.") % {"name": said[:60]}))
    return heads


def _text(value: Any) -> str:
    """What a cell says: 2002 for the number 2002.0, yes for true, and no date as a number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return cleaned(str(value))
