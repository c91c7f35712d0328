"""A QR code as the outline of its dark squares, which a template draws as SVG."""

from __future__ import annotations

from typing import Any

from django import template
from qrcode.main import QRCode

register = template.Library()


@register.inclusion_tag("mfa/totp/_qr.html")
def qr(text: str) -> dict[str, str | int]:
    """Draws ``text``, with the quiet margin that readers want."""
    code: Any = QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, cell in enumerate(row) if cell]
    return {"size": len(rows), "outline": "".join(dark)}
