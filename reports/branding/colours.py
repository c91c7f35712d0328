"""Colours on white paper."""

from __future__ import annotations

import colorsys
from typing import Final

LEAST_CONTRAST: Final = 4.5
"""What WCAG 2 asks of text (success criterion 1.4.3)."""
STEP: Final = 0.005


def contrast_on_white(colour: str) -> float:
    """1 to 21, by WCAG 2; ``colour`` as #rrggbb."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darkened(colour: str) -> str:
    """The lightest colour of the same hue that can be read on white."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    while contrast_on_white(colour) < LEAST_CONTRAST:
        lightness -= STEP
        parts = colorsys.hls_to_rgb(hue, max(lightness, 0), saturation)
        colour = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return colour


def _parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
