"""Letters without their accents. No Django, no database: what is stored and what is asked for are folded alike."""

from __future__ import annotations

import unicodedata
from typing import Final

PLAIN: Final = str.maketrans("øØłŁđĐıħĦŧŦ’‘", "oOlLdDihHtT''")


def fold(text: str) -> str:
    """``text`` without accents, each character in its place: what is marked in one can be marked in the other."""
    return "".join(_folded(letter) for letter in text).translate(PLAIN)


def _folded(letter: str) -> str:
    if letter.isascii():
        return letter
    base = unicodedata.normalize("NFD", letter)[0]
    return " " if unicodedata.combining(base) else base
