"""Years as written, as numbers and in words."""

from __future__ import annotations

import pytest

from cases.years import read_years, years_of


@pytest.mark.parametrize(
    ("written", "years", "words"),
    [
        ("2002", (2002, 2002), "2002"),
        ("2002-2005", (2002, 2005), "2002–2005"),
        ("2002-ongoing", (2002, None), "2002 until today"),
    ],
)
def test_years_are_read_and_said(written: str, years: tuple[int, int | None], words: str) -> None:
    assert read_years(written) == years
    assert years_of(read_years(written)) == words


def test_years_are_said_in_the_language_asked_for() -> None:
    assert years_of(read_years("2000-ongoing"), lambda _text: "seit %(year)s") == "seit 2000"
