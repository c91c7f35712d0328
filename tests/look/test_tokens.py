"""The colours keep their contrast in both themes (WCAG 2.2 AA): 4.5 for text, 3 for controls and bars."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
SURFACES = ("paper", "sheet", "sunk")
TEXTS = ("ink", "ink-2", "ink-3", "link", "strong", "adequate", "weak", "unknown", "low", "moderate", "high")
SHAPES = ("edge", "focus", "accent", "strong", "adequate", "weak", "unknown", "moderate", "high")
ON = (
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("ink", "accent-wash"),
    ("strong", "strong-wash"),
    ("adequate", "adequate-wash"),
    ("weak", "weak-wash"),
    ("unknown", "unknown-wash"),
    ("moderate", "moderate-wash"),
    ("high", "high-wash"),
    *(("ink", f"{wash}-wash") for wash in ("strong", "adequate", "weak", "unknown", "moderate", "high")),
)


def colours(theme: int) -> dict[str, str]:
    """The colours of a theme, 0 for light and 1 for dark."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text())
    return {name: both[theme] for name, *both in pairs}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_on_every_surface(theme: int) -> None:
    known = colours(theme)
    pairs = [(text, surface) for text in TEXTS for surface in SURFACES] + list(ON)
    weak = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in pairs}
    assert {pair: value for pair, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_controls_and_bars_stand_out_from_every_surface(theme: int) -> None:
    known = colours(theme)
    weak = {(shape, on): contrast(known[shape], known[on]) for shape in SHAPES for on in SURFACES}
    assert {pair: value for pair, value in weak.items() if value < 3} == {}
