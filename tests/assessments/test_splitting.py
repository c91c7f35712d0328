from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.package.kinds import LONGEST_TEXT
from assessments.package.splitting import Section, pieces, sentences, split

AGREEMENT = """AGREEMENT ON THE CESSATION OF HOSTILITIES

Preamble

The Government of A and the Movement of B, hereinafter the Parties,
recognising the suffering of the people, have agreed as follows:

CHAPTER I
GENERAL PROVISIONS

Article 1: Cessation of hostilities

1.1 The Parties shall cease all hostilities within 48 hours of signature.
1.2 The Parties shall refrain from:
(a) acts of violence against civilians;
(b) hostile propaganda; and
(c) laying of mines.

Article 2.
Withdrawal of forces

The Government will endeavour to withdraw its heavy weapons from the zone as soon as possible. The withdrawal shall be
monitored by the Joint Commission, as laid down in Art. 5 of the protocol of Mr. Smith and J. Roe. Each side will report
to the Commission every week, and will give access to its stores at any time that is asked for by the monitors.

3. Humanitarian access
• Roads will be opened
• Convoys will be escorted by both sides
"""
LINES = [
    "Article 3: Withdrawal", "Article 4", "ARTICLE V", "CHAPTER I", "GENERAL PROVISIONS", "1. Prisoners", "2) Mines", "1.2.3",
    "(a) no weapons;", "• Roads will be opened", "- ", "–", "# A title", "The Parties agree to:", "e.g. this. And that? Yes!",
    "Preamble", "He said: “Stop.” Then he went.", "المادة 3 وقف إطلاق النار", "i. first", "A.", "x" * 300, "Mr. A. B. Smith",
    "All of it. " * 40, "First; (b) second; and (c) third. " * 12, "\x00\x0b\u2028 odd \x1f", "",
]  # fmt: skip


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def laid_out(text: str) -> list[tuple[str, list[str]]]:
    return [(section.heading, list(section.clauses)) for section in split(text)]


def test_agreement_is_cut_at_its_articles_numbers_letters_bullets_and_sentences() -> None:
    assert laid_out(AGREEMENT) == [
        (
            "Preamble",
            [
                "The Government of A and the Movement of B, hereinafter the Parties, recognising the suffering of the people,"
                " have agreed as follows:"
            ],
        ),
        (
            "Article 1: Cessation of hostilities",
            [
                "1.1 The Parties shall cease all hostilities within 48 hours of signature.",
                "1.2 The Parties shall refrain from:",
                "(a) acts of violence against civilians;",
                "(b) hostile propaganda; and",
                "(c) laying of mines.",
            ],
        ),
        (
            "Article 2. Withdrawal of forces",
            [
                "The Government will endeavour to withdraw its heavy weapons from the zone as soon as possible.",
                "The withdrawal shall be monitored by the Joint Commission, as laid down in Art. 5 of the protocol of Mr. Smith"
                " and J. Roe.",
                "Each side will report to the Commission every week, and will give access to its stores at any time that is"
                " asked for by the monitors.",
            ],
        ),
        ("3. Humanitarian access", ["Roads will be opened", "Convoys will be escorted by both sides"]),
    ]


def test_headings_without_clauses_stand_above_the_next_one() -> None:
    assert split(AGREEMENT)[0].above == ("AGREEMENT ON THE CESSATION OF HOSTILITIES",)
    assert split(AGREEMENT)[1].above == ("CHAPTER I GENERAL PROVISIONS",)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Article 3: Withdrawal of forces", "Withdrawal of forces"),
        ("Article 3", "Article 3"),
        ("Article 2. Withdrawal", "Withdrawal"),
        ("4.1 Prisoners", "Prisoners"),
        ("II. Roads", "Roads"),
        ("# Roads", "Roads"),
        ("GENERAL PROVISIONS", "GENERAL PROVISIONS"),
        ("", ""),
    ],
)
def test_title_is_the_heading_without_its_number(heading: str, title: str) -> None:
    assert Section(heading, ()).title == title


def test_short_lines_of_a_list_are_clauses_and_no_headings() -> None:
    assert laid_out("1. Weapons stored\n2. Roads opened\n3. Lists exchanged") == [
        ("", ["1. Weapons stored", "2. Roads opened", "3. Lists exchanged"])
    ]


def test_wrapped_lines_are_one_clause() -> None:
    assert laid_out("The parties will open the road\nbetween the two towns\nby 1 May.") == [
        ("", ["The parties will open the road between the two towns by 1 May."])
    ]


def test_paragraphs_that_stand_on_a_line_each_are_clauses_of_their_own() -> None:
    assert laid_out("The parties will open the road.\nThe parties will close the camp.") == [
        ("", ["The parties will open the road.", "The parties will close the camp."])
    ]


def test_list_within_a_long_sentence_is_cut_at_its_letters() -> None:
    text = (
        "The Parties shall, " + "without delay, " * 20 + "(a) open the roads; (b) exchange lists; and (c) store arms."
    )
    assert sentences(text)[1:] == ["(b) exchange lists;", "and (c) store arms."]


def test_text_without_words_has_no_sections() -> None:
    assert split(" \n\n •  \n") == []


def test_sentence_longer_than_a_clause_may_be_is_cut_between_words() -> None:
    text = "word " * 9000
    found = [clause for section in split(text) for clause in section.clauses]
    assert max(map(len, found)) <= LONGEST_TEXT
    assert words(" ".join(found)) == words(text)


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=60), max_size=30), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_pieces_give_all_the_words_back_in_their_order(lines: list[str], between: str) -> None:
    text = between.join(lines)
    assert words(" ".join(pieces(split(text)))) == words(text)


@example("1- 1")
@given(st.text(alphabet='Aa1. ;:(\n)"“”•-', max_size=400))
def test_marks_in_any_order_lose_no_word(text: str) -> None:
    assert words(" ".join(pieces(split(text)))) == words(text)


@pytest.mark.parametrize("unit", ["A. ", "(a) ", "a;\n", "Art. 1 ", ".)", "word ", "1. X\n", "”"])
def test_long_texts_are_cut_quickly(unit: str) -> None:
    began = time.perf_counter()
    split(unit * (200_000 // len(unit)))
    assert time.perf_counter() - began < 3
