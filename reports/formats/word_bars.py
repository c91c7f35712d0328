"""The bar of a guideline's score as a small picture. The row in which it stands says the same in words."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

from reports.formats.word_styles import INK, SUNK, UNSURE

WIDTH_MM: Final = 32
HEIGHT_MM: Final = 3.2
_DOTS: Final = 12
"""A millimetre."""


@lru_cache(maxsize=512)
def bar(score: int, span: tuple[int, int] | None, colour: str, is_known: bool) -> bytes:
    """A PNG file: the score out of 100, hollow where too little is known, with a bracket around the span."""
    width, height = WIDTH_MM * _DOTS, round(HEIGHT_MM * _DOTS)
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    top, bottom = height // 5, height - height // 5
    draw.rectangle((0, top, width - 1, bottom), fill=f"#{SUNK}")
    if score:
        end = max(1, width * score // 100 - 1)
        filled, line = (f"#{colour}", None) if is_known else (None, f"#{UNSURE}")
        draw.rectangle((0, top, end, bottom), fill=filled, outline=line, width=2)
    if span:
        low, high = (min(width - 3, width * each // 100) for each in span)
        for end in (low, high):
            draw.rectangle((end, 0, end + 2, height - 1), fill=f"#{INK}")
        draw.rectangle((low, height // 2 - 1, high, height // 2), fill=f"#{INK}")
    file = io.BytesIO()
    image.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()
