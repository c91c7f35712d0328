"""Reports as CSV: a row for each statement, nothing that a spreadsheet calculates."""

from __future__ import annotations

import csv
import io

import pytest

from reports.formats.separated import separated
from reports.model import Bullets, Comment, Entry, Fact, Facts, Note, Paragraph, ReportModel, Table, texts
from tests.reports.every_block import MODEL, with_blocks

HEADS = ["Row", "Section", "Kind", "Part of", "ID", "Label", "Text", "Mark", "Number"]
INJECTIONS = [
    "=1+1",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1",
    "plain;=1+1",
    "two\n=1+1",
    "plain\t=1",
]  # fmt: skip


def rows(model: ReportModel) -> list[dict[str, str]]:
    """The rows of the file as a reader of RFC 4180 gets them."""
    return list(csv.DictReader(io.StringIO(separated(model).decode("utf-8-sig"), newline="")))


def of_kind(model: ReportModel, kind: str) -> list[dict[str, str]]:
    return [row for row in rows(model) if row["Kind"] == kind]


def test_file_begins_with_a_byte_order_mark_and_its_lines_end_as_the_standard_says() -> None:
    written = separated(with_blocks(Paragraph("Süd, «Nord» and 협정")))

    assert written.startswith(b"\xef\xbb\xbfRow,Section,")
    assert written.endswith(b"\r\n")
    assert written.count(b"\n") == written.count(b"\r\n")


def test_every_row_has_every_column_and_its_number() -> None:
    lines = list(csv.reader(io.StringIO(separated(MODEL).decode("utf-8-sig"), newline="")))

    assert lines[0] == HEADS
    assert {len(line) for line in lines} == {len(HEADS)}
    assert [line[0] for line in lines[1:]] == [str(number) for number in range(1, len(lines))]


def test_everything_that_the_report_says_stands_in_a_cell() -> None:
    cells = {cell for row in rows(MODEL) for cell in row.values()}

    missing = {text for text in texts(MODEL) if not any(text in cell for cell in cells)}
    assert missing == {MODEL.contents_title}, "A table has no contents."


def test_a_finding_and_its_facts_can_be_filtered_by_check() -> None:
    [finding, _] = of_kind(MODEL, "Finding")

    assert finding == {
        **dict.fromkeys(HEADS, ""),
        "Row": finding["Row"],
        "Section": "The second part › A part of the part",
        "Kind": "Finding",
        "Part of": "G1",
        "ID": "G1.1",
        "Label": "Does it fit the conflict?",
        "Text": "The draft names no cause.",
        "Mark": "Not met",
    }
    facts = [(row["Label"], row["Text"]) for row in of_kind(MODEL, "Fact") if row["Part of"] == "G1.1"]
    assert facts == [("To explore", "Name the cause."), ("We read", "Conflict; Purpose")]


def test_scores_and_their_range_are_numbers_and_an_unknown_one_is_empty() -> None:
    assert [(row["ID"], row["Number"], row["Mark"]) for row in of_kind(MODEL, "Score")] == [
        ("G1", "82", "Strong"),
        ("G2", "", "Too little known"),
    ]
    assert [(row["Label"], row["Number"]) for row in of_kind(MODEL, "Range")] == [("At worst", "70"), ("At best", "90")]


def test_numbers_of_a_table_stay_numbers_even_below_zero() -> None:
    assert [(row["ID"], row["Label"], row["Number"]) for row in of_kind(MODEL, "Cell") if row["Number"]] == [
        ("North", "Cost", "3"),
        ("South", "Cost", "-4"),
    ]


def test_change_has_its_words_before_and_after() -> None:
    assert [row["Text"] for row in of_kind(MODEL, "Before")] == ["Calls are answered soon."]
    assert [row["Text"] for row in of_kind(MODEL, "After")] == ["Calls are answered within an hour."]


def test_answer_names_what_it_answers() -> None:
    deep = Comment(
        "Here", "A", "1", "One", "Open", (Comment("", "B", "2", "Two", "", (Comment("", "", "3", "Three", ""),)),)
    )

    told = [
        (row["Kind"], row["Part of"], row["Label"], row["Text"], row["Mark"]) for row in rows(with_blocks(deep))[-3:]
    ]

    assert told == [
        ("Comment", "", "A · 1", "One", "Open"),
        ("Answer", "Here", "B · 2", "Two", ""),
        ("Answer", "Two", "3", "Three", ""),
    ]


@pytest.mark.parametrize("typed", INJECTIONS)
def test_what_people_typed_is_never_a_formula(typed: str) -> None:
    blocks = (
        Paragraph(typed),
        Facts((Fact(typed, typed),)),
        Bullets((Entry(typed, typed),)),
        Note(typed, typed),
        Table(typed, (typed,), ((typed,),), (1,)),
        Comment(typed, typed, typed, typed, typed, ()),
    )
    written = separated(with_blocks(*blocks, title=typed, headline_label=typed)).decode("utf-8-sig")

    for delimiter in ",;\t":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):  # wrongly split, quotes may not hold a line together
            if delimiter == "," and quoting == csv.QUOTE_NONE:
                continue
            for line in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, quoting=quoting):
                for cell in line:
                    assert not cell.strip().startswith(tuple("=+-@＝＋－＠")), cell
    read = {cell.replace("'", "") for line in csv.reader(io.StringIO(written, newline="")) for cell in line}
    assert typed.replace("\r", "\n").replace("'", "") in read


def test_what_no_text_file_can_hold_leaves_a_sign_of_replacement() -> None:
    [row] = of_kind(with_blocks(Paragraph("a\x00b\x1bc\ud800d\uffffe\r\nf")), "Paragraph")

    assert row["Text"] == "a\ufffdb\ufffdc\ufffdd\ufffde\nf"


def test_the_same_report_gives_the_same_bytes() -> None:
    assert separated(MODEL) == separated(MODEL)
