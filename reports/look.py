"""How a workspace's reports look: what formats ask for beside what a report says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ACCENT: Final = "#0b5a61"


@dataclass(frozen=True, slots=True)
class Look:
    """``logo``: a PNG file, b"" for none; ``accent``: colour of rules and headings, as #rrggbb; ``header`` and ``footer``:
    lines on every page; ``template``: a Word file of the workspace's own, b"" for ours."""

    logo: bytes = b""
    accent: str = ACCENT
    header: str = ""
    footer: str = ""
    template: bytes = b""
