"""Letters without their accents. No Django, no database: what is stored and what is asked for are folded alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

PLAIN: Final = str.maketrans("øØłŁđĐıħĦŧŦ’‘", "oOlLdDihHtT''")
BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """``text`` without accents, each character in its place: what is marked in one can be marked in the other."""
    return text if text.isascii() else BEYOND_ASCII.sub(lambda match: _folded(match[0]), text)


@lru_cache(maxsize=1024)
def _folded(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return " " if unicodedata.combining(base) else base.translate(PLAIN)
