"""A report model as PDF: tagged (PDF/UA-1), with embedded fonts for the scripts that it uses.

What people typed reaches the template only as JSON strings, so that it can never become markup. Nothing outside the
template's folder can be read, and no package is fetched.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from reports.formats.errors import FormatError
from reports.look import Look
from reports.model import ReportModel, as_json

HERE: Final = Path(__file__).parent / "typst"
FONTS: Final = Path(__file__).resolve().parent.parent.parent / "node_modules" / "@expo-google-fonts"

ALWAYS: Final = (
    "inter/400Regular", "inter/600SemiBold", "source-serif-4/400Regular", "source-serif-4/600SemiBold",
)  # fmt: skip
ON_DEMAND: Final = tuple(
    f"{name}/400Regular"
    for name in [
        "noto-sans",
        "noto-sans-arabic",
        "noto-sans-hebrew",
        "noto-sans-devanagari",
        "noto-sans-bengali",
        "noto-sans-tamil",
        "noto-sans-sinhala",
        "noto-sans-thai",
        "noto-sans-khmer",
        "noto-sans-myanmar",
        "noto-sans-ethiopic",
        "noto-sans-georgian",
        "noto-sans-armenian",
        "noto-sans-kr",
        "noto-sans-sc",
        "noto-sans-symbols-2",
        "noto-emoji",
    ]
)
LONGEST_UNBROKEN: Final = 40
LONGEST_IN_TITLES: Final = 22
LONGEST_IN_TABLES: Final = 14
"""Characters after which a word without a break gets an invisible place to break, so that it stays on the page."""


_one_at_a_time: Final = Lock()
"""A compiler refuses two threads at once, and the web process has several."""


def pdf(model: ReportModel, look: Look, *, is_archival: bool = False) -> bytes:
    """The PDF of a report, accessible (PDF/UA-1) and on request also fit for archives (PDF/A-2a). The same model and look
    give the same bytes.

    Raises ``FormatError``.
    """
    standards = ["ua-1", "a-2a"] if is_archival else ["ua-1"]
    made = _set(model, look, format="pdf", pdf_standards=standards, timestamp=int(model.made_at.timestamp()))
    if not isinstance(made, bytes):
        raise FormatError("The report could not be set: it has no single file.")
    return made


def first_page(model: ReportModel, look: Look, *, dots_per_inch: float) -> bytes:
    """The first page of the PDF as a picture (PNG). Raises ``FormatError``."""
    made = _set(model, look, format="png", ppi=dots_per_inch)
    first = made[0] if isinstance(made, list) else made
    if not isinstance(first, bytes):
        raise FormatError("The report could not be set: it has no first page.")
    return first


def _set(model: ReportModel, look: Look, **how: Any) -> Any:
    words = {"model": as_json(model), "look": {"header": look.header, "footer": look.footer}, **_surroundings(model)}
    characters = _characters(words)
    fonts = _fonts_for(characters)
    covered = frozenset().union(*(_covered_by(font) for font in fonts)) - _OVERRIDES
    data = _printable(words, covered)
    data["look"] |= {"accent": look.accent, "logo": list(look.logo)}
    data["is_mixed"] = data["is_rtl"] or any(unicodedata.bidirectional(character) in _RTL for character in characters)
    try:
        with _one_at_a_time:
            return _compiler(fonts).compile(sys_inputs={"report": json.dumps(data, ensure_ascii=False)}, **how)
    except typst.TypstError as error:
        raise FormatError(f"The report could not be set: {error.message}") from error


def _surroundings(model: ReportModel) -> dict[str, Any]:
    """What the template asks for beside the model, in the report's language."""
    with override(model.language):
        heard = {"out": _("taken out"), "in": _("put in")}
        return {"language": model.language.partition("-")[0], "is_rtl": get_language_bidi(), "heard": heard}


@cache
def _compiler(fonts: tuple[str, ...]) -> typst.Compiler:
    bold = [font.replace("400Regular", "600SemiBold") for font in fonts]
    folders: list[Any] = [FONTS / font for font in dict.fromkeys([*fonts, *bold]) if (FONTS / font).is_dir()]
    loaded = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(HERE / "report.typ", root=HERE, font_paths=loaded, ignore_system_fonts=True)


def _fonts_for(characters: frozenset[str]) -> tuple[str, ...]:
    """The fonts that the characters need: those always used, then the first that has what is still missing."""
    chosen = list(ALWAYS)
    missing = characters - frozenset().union(*(_covered_by(font) for font in ALWAYS))
    for font in ON_DEMAND:
        if not missing:
            break
        if missing & _covered_by(font):
            chosen.append(font)
            missing -= _covered_by(font)
    return tuple(chosen)


@cache
def _covered_by(font: str) -> frozenset[str]:
    """The characters that a font has."""
    files = sorted((FONTS / font).glob("*.ttf"))
    if not files:
        raise FormatError(f"The font {font} is missing below node_modules; install it with: make install")
    with TTFont(files[0], lazy=True) as face:
        return frozenset(map(chr, face.getBestCmap()))


def _characters(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset(value)
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return frozenset()
    return frozenset().union(*map(_characters, value))


def _printable(value: Any, covered: frozenset[str], longest: int = LONGEST_UNBROKEN) -> Any:
    """The same data with what no font has written as its code point, and places to break in words above ``longest``."""
    if isinstance(value, str):
        return _breakable(_spelled(value, covered), longest)
    if isinstance(value, dict):
        longest = LONGEST_IN_TABLES if value.get("type") == "table" else longest
        return {key: _printable(inner, covered, _LONGEST.get(key, longest)) for key, inner in value.items()}
    return [_printable(inner, covered, longest) for inner in value] if isinstance(value, list) else value


_LONGEST: Final = {"title": LONGEST_IN_TITLES, "headline": LONGEST_IN_TITLES, "blocks": LONGEST_UNBROKEN}


def _spelled(text: str, covered: frozenset[str]) -> str:
    if covered.issuperset(text):
        return text
    return "".join(c if c in covered or c in _UNINKED else f"[U+{ord(c):04X}]" for c in text)


_UNINKED: Final = frozenset("\t\n\r\x85").union(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202D), *range(0x2060, 0x206A), 0xFE0E, 0xFE0F, 0xFEFF))
)
"""Line breaks, joiners, direction marks and variation selectors, which need no glyph."""

_OVERRIDES: Final = frozenset("\u202d\u202e")
"""They show letters in another order than they are written, so they are shown themselves."""


def _breakable(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return " ".join("\u200b".join(_pieces(word, longest)) for word in text.split(" "))


def _pieces(word: str, longest: int) -> Iterator[str]:
    """The word in pieces of about ``longest`` characters; a letter and its marks stay together."""
    start = 0
    while start < len(word):
        end = start + longest
        while end < len(word) and _belong_together(word[end - 1], word[end]):
            end += 1
        yield word[start:end]
        start = end


def _belong_together(before: str, after: str) -> bool:
    joins = unicodedata.category(after)[0] == "M" or unicodedata.category(after) == "Sk" or after in _UNINKED
    return joins or before == _JOINER or unicodedata.combining(before) == _VIRAMA


_RTL: Final = ("R", "AL")
_JOINER: Final = "\u200d"
_VIRAMA: Final = 9
"""The combining class of the signs that tie a consonant to the next one."""
