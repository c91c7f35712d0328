"""Reports as a workbook: sheets to sort, filter and print, and nothing in them that calculates."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

from reports.formats.columns import PAGE, height, widths
from reports.formats.spreadsheet import MOST_IN_CELL, sheet_names, spreadsheet
from reports.model import Bullets, Change, Entry, Fact, Facts, Note, Paragraph, ReportModel, Run, Section, Table, texts
from tests.reports.every_block import MODEL, with_blocks
from tests.reports.test_separated import INJECTIONS

TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


def opened(model: ReportModel, **how: Any) -> Workbook:
    return load_workbook(io.BytesIO(spreadsheet(model)), **how)


def rows(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def cells_of(book: Workbook) -> list[Any]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def members_of(model: ReportModel) -> dict[str, bytes]:
    packed = zipfile.ZipFile(io.BytesIO(spreadsheet(model)))
    return {name: packed.read(name) for name in packed.namelist()}


def printed(line: HeaderFooterItem | None) -> list[Any]:
    """The left, middle and right of the head or foot of printed pages."""
    assert line is not None
    return [part.text if part else None for part in (line.left, line.center, line.right)]


def test_every_kind_of_thing_has_its_sheet_after_the_summary() -> None:
    assert opened(MODEL).sheetnames == [
        *("Summary", "Scores", "Risks", "The first part", "Findings", "Clauses", "Commitments", "Changes", "Comments"),
        *("Who bears what", "Text"),
    ]


def test_everything_that_the_report_says_stands_in_a_cell() -> None:
    values = {str(cell.value) for cell in cells_of(opened(MODEL))}

    assert {text for text in texts(MODEL) if not any(text in value for value in values)} == set()


def test_labels_of_facts_are_columns_and_a_fact_told_twice_stands_in_one_cell() -> None:
    assert rows(opened(MODEL)["Commitments"]) == [
        ("Number", "Measure", "Commitment", "By", "Who", "Checked by"),
        ("1.1", "Hotline", "North opens a line.", "1 May\nat the latest", "North", None),
        (None, "Patrols", "South tells of patrols.", None, None, "Observers"),
    ]


def test_scores_are_numbers_and_unknown_ones_are_empty() -> None:
    assert rows(opened(MODEL)["Scores"]) == [
        ("ID", "Guideline", "Points", "At worst", "At best", "Band", "Coverage"),
        ("G1", "Tailor-made", 82, 70, 90, "Strong", "88 % known"),
        ("G2", "Simple", None, None, None, "Too little known", "0 % known"),
    ]


def test_summary_tells_classification_watermark_and_validity_and_leads_to_the_sheets() -> None:
    sheet = opened(MODEL)["Summary"]

    told = dict(rows(sheet))
    assert told["Classification"] == "Confidential to the team"
    assert told["Watermark"] == "DRAFT FOR TALKS"
    assert told["Validity"] == "31 December 2025"
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links[:2] == ["'Scores'!A1", "'Risks'!A1"]


def test_sheets_are_ready_to_work_with_and_to_print() -> None:
    book = opened(MODEL)

    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert printed(sheet.oddHeader) == [
            "A hotline between two shores",
            "DRAFT FOR TALKS",
            "Confidential to the team",
        ]
        assert printed(sheet.oddFooter) == ["Team of the lake", "31 December 2025", "&P / &N"]
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.font.bold for cell in sheet[1])
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows(min_row=2) for cell in row)


def test_other_paper_is_the_one_of_the_report() -> None:
    assert opened(dataclasses.replace(MODEL, paper="us-letter"))["Text"].page_setup.paperSize == 1


@pytest.mark.parametrize(
    ("language", "is_rtl"), [("en", False), ("ar", True), ("he", True), ("fa", True), ("ko", False)]
)
def test_sheets_of_languages_that_are_written_to_the_left_begin_at_the_right(language: str, is_rtl: bool) -> None:
    book = opened(dataclasses.replace(MODEL, language=language))

    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book} == {is_rtl}


@pytest.mark.parametrize("typed", [*INJECTIONS, "http://evil.example", "mailto:a@b.example", "123", "<r><t>x</t></r>"])
def test_what_people_typed_is_text_as_they_typed_it(typed: str) -> None:
    blocks = (
        Paragraph(typed),
        Facts((Fact(typed, typed),)),
        Bullets((Entry(typed, typed),), is_numbered=True),
        Note(typed, typed),
        Table(typed, (typed, typed), ((typed, 1),), (1, 1)),
        Change(typed, typed, (Run(typed), Run(typed, change="in"))),
    )
    cells = cells_of(opened(with_blocks(*blocks, title=typed, watermark=typed)))

    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert {type(cell.value) for cell in cells if cell.data_type == "n"} == {int}
    shown = typed.replace("\r", "\n")
    assert sum(cell.value.strip() == shown.strip() for cell in cells if cell.data_type == "s") >= 10


def test_a_text_like_an_escape_is_written_so_that_excel_shows_it() -> None:
    assert b"_x005F_x0041_" in members_of(with_blocks(Paragraph("_x0041_")))["xl/sharedStrings.xml"]


def test_file_has_no_formula_no_outside_link_and_nobodys_name() -> None:
    members = members_of(MODEL)

    assert not any(b"<f>" in content for name, content in members.items() if "worksheets" in name)
    assert not any(b'TargetMode="External"' in content for content in members.values())
    core = ElementTree.fromstring(members["docProps/core.xml"])
    told = {element.tag.rpartition("}")[2]: element.text for element in core}
    assert told == {
        "title": MODEL.title,
        "subject": MODEL.name,
        "creator": MODEL.workspace,
        "lastModifiedBy": MODEL.workspace,
        "created": "2025-03-01T09:30:00Z",
        "modified": "2025-03-01T09:30:00Z",
    }


def test_arabic_text_is_read_from_the_right_on_any_sheet() -> None:
    sheet = opened(with_blocks(Paragraph("يرد الطرفان."), Paragraph("12 Both answer.")))["Text"]

    assert [cell.alignment.readingOrder for cell in sheet["A"][2:]] == [2, 0]


def test_loose_words_are_underlined_and_what_went_is_struck_through() -> None:
    book = opened(MODEL, rich_text=True)

    def styled(value: CellRichText) -> list[tuple[str, Any, Any]]:
        return [(each.text, each.font.u, each.font.strike) for each in value if isinstance(each, TextBlock)]

    assert ("as far as possible", "single", None) in styled(book["Clauses"]["B2"].value)
    changed = styled(book["Changes"]["C2"].value)
    assert ("soon", None, True) in changed
    assert ("within an hour", "single", None) in changed


def test_a_text_that_is_marked_as_a_whole_is_there_too() -> None:
    book = opened(with_blocks(Change("x", "New", (Run("All of it", change="in"),)), Change("y", "Gone", ())))

    assert [row[2] for row in rows(book["Changes"])[1:]] == ["All of it", None]


@pytest.mark.parametrize("letter", ["a", "협", "😀"])
def test_a_text_too_long_for_a_cell_goes_on_below_and_nothing_is_lost(letter: str) -> None:
    long = letter * (2 * MOST_IN_CELL + 5)
    blocks = (Note("Kept", long), Change("here", "new", (Run(long), Run("end", change="in"))))
    book = opened(with_blocks(*blocks, summary=long))

    for sheet, column in (("Text", "B"), ("Changes", "E"), ("Summary", "B")):
        values = [cell.value or "" for cell in book[sheet][column]]
        assert max(len(value.encode("utf-16-le")) // 2 for value in values) <= MOST_IN_CELL
        assert long in "".join(values)
    assert "(continued)" in [cell.value for cell in book["Summary"]["A"]]
    assert "(continued)" in [cell.value for cell in book["Text"]["A"]]


def test_a_text_that_just_fits_stays_whole() -> None:
    long = "a" * MOST_IN_CELL

    assert long in [cell.value for cell in cells_of(opened(with_blocks(Paragraph(long))))]


def test_control_characters_leave_a_sign_of_replacement() -> None:
    [_, _, text] = rows(opened(with_blocks(Paragraph("a\x00b\x1bc\ud800d\uffffe\r\nf")))["Text"])

    assert text[-1] == "a\ufffdb\ufffdc\ufffdd\ufffde\nf"


def test_names_of_sheets_are_such_as_excel_allows() -> None:
    wanted = ["History", "a/b:c", "'quoted'", "", "  ", "Same", "same", "협" * 40, "협" * 40, "😀" * 20, "x" * 31 + "'"]

    names = sheet_names(wanted)

    assert names == [
        *("History 2", "a b c", "quoted", "Sheet", "Sheet 2", "Same", "same 2", "협" * 31, "협" * 29 + " 2", "😀" * 15),
        "x" * 31,
    ]


@given(st.lists(TEXTS, max_size=5))
def test_any_names_of_sheets_can_be_opened(wanted: list[str]) -> None:
    names = sheet_names(["Summary", *wanted])

    assert len({name.casefold() for name in names}) == len(wanted) + 1
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names)


@settings(max_examples=25, deadline=None)
@given(TEXTS, TEXTS)
def test_whatever_was_typed_the_workbook_can_be_opened(one: str, other: str) -> None:
    blocks = (
        Table(one, (one, other), ((other, one),), (1, 1)),
        Change(one, other, (Run(one, change="out"), Run(other))),
    )
    model = with_blocks(
        *blocks, Section(other, ()), title=one, workspace=other, watermark=one, classification=other * 9
    )

    assert opened(model).sheetnames[0] == "Summary"


def test_head_of_printed_pages_takes_any_text() -> None:
    book = opened(dataclasses.replace(MODEL, title="&" * 200, watermark="R&D &P", classification="Secret " * 40))

    header = ElementTree.fromstring(members_of(dataclasses.replace(MODEL, title="&" * 200))["xl/worksheets/sheet1.xml"])
    [written] = [element.text for element in header.iter() if element.tag.endswith("oddHeader")]
    assert written is not None
    assert written.startswith("&L" + "&&" * 34 + "…&C")
    assert len(written) <= 255
    assert str(printed(book["Text"].oddHeader)[2]).startswith("Secret Secret")


def test_columns_share_a_page_and_none_is_too_narrow_for_its_head() -> None:
    heads = ["Section", "Question", "Grade", *["Long"] * 6]
    wide = widths(heads, [["Part › " * 20, "Why is it so? " * 9, "Met", *["word " * 40] * 6]])

    assert sum(wide) <= PAGE + 1
    assert min(wide) >= 6
    assert height(["word " * 40], [20.0]) > height(["word " * 10], [20.0]) > height(["word"], [20.0])


def test_the_same_report_gives_the_same_bytes() -> None:
    assert spreadsheet(MODEL) == spreadsheet(MODEL)
    assert {member.date_time for member in zipfile.ZipFile(io.BytesIO(spreadsheet(MODEL))).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
