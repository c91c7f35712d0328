"""What people typed is shown as they typed it, whatever it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessments.package import PackageError, load_package
from reports.formats.pdf import LONGEST_IN_TABLES, LONGEST_IN_TITLES, LONGEST_UNBROKEN, pdf
from reports.look import Look
from reports.model import Fact, Facts, Paragraph, ReportModel, Section, Table
from tests.reports.material import SPARSE, copy_of, has_a_box, model_of, squeezed, text_of
from tests.reports.samples import model_with

MARKUP = [
    "#panic()", '#import "x"', "#read(\"/etc/passwd\")", "*bold*", "_a_", "\\", "$x$", "<label>", "@ref", "`raw`", "//c",
    "/*c*/", "[=h]", "---", "~", "'q'", "{{x}}", "<b>&amp;",
]  # fmt: skip
SCRIPTS = {
    "Arabic": "السلام عليكم",
    "Hebrew": "שלום עליכם",
    "Korean": "평화 회담",
    "Chinese": "和平谈判",
    "Japanese": "カナひらがな",
    "Russian": "Мир",
    "Greek": "Ειρήνη",
    "Hindi": "शांति क्षेत्र",
    "Bengali": "শান্তি",
    "Tamil": "அமைதி",
    "Sinhala": "සාමය",
    "Thai": "ที่สันติภาพ",
    "Khmer": "សន្តិភាព",
    "Burmese": "ငြိမ်းချမ်းရေး",
    "Amharic": "ሰላም",
    "Georgian": "მშვიდობა",
    "Armenian": "խաղաղություն",
    "emoji": "🕊️👩‍🚒👍🏽",
    "marks of their own": "a\u0301 \u064ea e\u064e",
}
SPELLED = {
    "override from right to left": "\u202e",
    "override from left to right": "\u202d",
    "control character": "\u0080",
    "last control character": "\u009f",
    "blank without a glyph": "\u1680",
    "not a character": "\ufffe",
    "not assigned": "\u0378",
    "script without a font": "བ",
    "private": "\U000f0000",
}
FINDINGS = ("Ten guidelines", "Five challenges", "How the parts fit together")
BLANKS = "\t\n\r\u0085\u00a0\u2003\u2028\u2029\u202f\u3000"
FIELDS = 5
"""In how many places of the report ``document_saying`` puts the words, at least."""


def document_saying(words: str) -> dict[str, Any]:
    """A package with the words as title, party, clause, notes and classification."""
    document = copy_of(SPARSE) | {"title": words, "notes": words, "classification": words}
    document["parties"][0]["name"] = words
    document["measures"][0]["commitments"] = [{"text": words}]
    return document


def brief(words: str) -> ReportModel:
    """The model of the same package without the findings, which are slow to read back and say nothing of the words."""
    model = model_of(document_saying(words))
    return replace(model, sections=tuple(each for each in model.sections if each.title not in FINDINGS))


def bare(words: str) -> ReportModel:
    """A model with little else, for many examples."""
    return replace(model_with(Section(words, (Facts((Fact(words, words),)), Paragraph(words)))), title=words)


def letters(text: str) -> set[str]:
    """The characters that leave ink, whatever their order and composition."""
    return {c for c in unicodedata.normalize("NFKD", text) if not c.isspace() and unicodedata.category(c) != "Cf"}


def made(model: ReportModel) -> bytes:
    return pdf(model, Look())


@pytest.fixture(scope="module")
def marked_up() -> str:
    """The text of a report full of markup."""
    return squeezed(text_of(made(brief(" ".join(MARKUP)))))


@pytest.fixture(scope="module")
def in_scripts() -> bytes:
    """A report in every script."""
    return made(brief(" ".join(SCRIPTS.values())))


@pytest.fixture(scope="module")
def spelled() -> bytes:
    """A report with characters that cannot be shown, each between letters."""
    return made(brief(" ".join(f"ab{character}cd" for character in SPELLED.values())))


@pytest.mark.parametrize("words", MARKUP)
def test_markup_is_shown_and_not_obeyed(words: str, marked_up: str) -> None:
    assert marked_up.count(squeezed(words)) >= FIELDS


def test_scripts_that_we_have_fonts_for_are_shown(in_scripts: bytes) -> None:
    text = text_of(in_scripts)
    assert {
        name: letters(words) - letters(text) for name, words in SCRIPTS.items() if letters(words) - letters(text)
    } == {}
    assert "[U+" not in text
    assert not has_a_box(in_scripts)


def test_character_that_cannot_be_shown_is_printed_as_its_code_point(spelled: bytes) -> None:
    text = squeezed(text_of(spelled))
    assert {name: text.count(f"ab[U+{ord(c):04X}]cd") >= FIELDS for name, c in SPELLED.items()} == dict.fromkeys(
        SPELLED, True
    )
    assert not has_a_box(spelled)


def test_blanks_leave_a_gap_and_no_box() -> None:
    file = made(brief("".join(f"ab{blank}cd" for blank in BLANKS)))
    assert squeezed(text_of(file)).count("abcd" * len(BLANKS)) >= FIELDS
    assert not has_a_box(file)


def test_format_lets_no_control_character_through_that_would_have_to_be_shown() -> None:
    for character in map(chr, (*range(9), 11, 12, *range(14, 32), 127)):
        with pytest.raises(PackageError, match="control character"):
            load_package(document_saying(f"ab{character}cd"))


def test_endless_word_stays_on_the_page_and_loses_nothing() -> None:
    model = model_of(copy_of(SPARSE) | {"notes": "x" * 20_000})
    text = text_of(made(replace(model, sections=model.sections[-3:-2])))
    heads_and_feet = rf"Theadvisorreviews.*?\d+/\d+|{squeezed(SPARSE['title'])}"
    assert "x" * 20_000 in re.sub(heads_and_feet, "", squeezed(text))
    assert max(len(line.replace("\u200b", "")) for line in text.splitlines() if "xx" in line) < 120


def test_endless_words_in_titles_and_narrow_cells_have_shorter_pieces_and_lose_nothing() -> None:
    heads = tuple(f"Head {n}" for n in range(6))
    table = Table("", heads, (("y" * 60,) * len(heads),), (1,) * len(heads))
    text = text_of(made(replace(model_with(table, opening="head"), title="W" * 200))).replace("\u200b", "")
    assert sum(map(len, re.findall("yy+", text))) == 360
    assert max(map(len, re.findall("yy+", text))) == LONGEST_IN_TABLES
    assert sum(map(len, re.findall("WW+", text))) == 200
    assert max(map(len, re.findall("WW+", text))) <= LONGEST_IN_TITLES + 2


@pytest.mark.parametrize(
    ("before", "after"), [("b", "\u0301"), ("ក", "្រ"), ("ក្", "រ"), ("👩", "\u200d🚒"), ("👍", "🏽")]
)
def test_endless_word_is_not_cut_between_a_letter_and_what_belongs_to_it(before: str, after: str) -> None:
    filler = "a" * (LONGEST_UNBROKEN - len(before))
    assert f"{before}{after}" in text_of(made(brief(f"{filler}{before}{after}aaaa")))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
@example("a\u064e\u0301\u20e3")
@example("\u0301\u0e31\u17d2")
def test_any_text_is_shown_without_a_box(words: str) -> None:
    assert not has_a_box(made(bare(words)))
