from __future__ import annotations

import csv
import io

import pytest

from cbm_advisor.lib.csv_text import as_csv, harmless


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r1", "\n1", " =1", "＝1"])
def test_what_a_spreadsheet_would_calculate_is_marked_as_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a;=1", "a;'=1"),
        ("a; +1", "a; '+1"),
        ("a\t@x", "a\t'@x"),
        ("a\n-1", "a\n'-1"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
    ],
)
def test_what_would_begin_a_cell_for_some_spreadsheets_is_marked_too(text: str, marked: str) -> None:
    assert harmless(text) == marked


def test_a_number_stays_one() -> None:
    assert [harmless(number) for number in (-4, 2.5, 0)] == ["-4", "2.5", "0"]


@pytest.mark.parametrize("text", ["", "a; b-c", "a,=1", "a=b", "1990", "’", "'=1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_file_begins_with_the_mark_of_its_encoding_and_reads_back() -> None:
    text = "".join(as_csv(["Name", "Said"], [["Süd", 'one, "two"\nthree'], [1, "=1"]]))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:], newline=""))) == [
        ["Name", "Said"],
        ["Süd", 'one, "two"\nthree'],
        ["1", "'=1"],
    ]
