"""What the files of reports are called."""

from __future__ import annotations

import unicodedata
from typing import Final

from django.utils.text import slugify

from reports.formats.registry import SUFFIXES
from reports.models import Report
from reports.telling import About

LONGEST: Final = 120
"""Bytes of a title in a name; file systems take 255 for the whole."""


def file_name(report: Report, about: About) -> str:
    """A name that every system takes, from the title: letters of any script, digits and hyphens, nothing that could be
    taken for a path, a second header or another order of letters."""
    title = slugify(unicodedata.normalize("NFC", about.title), allow_unicode=True)
    short = title.encode()[:LONGEST].decode(errors="ignore").strip("-_")
    parts = [short or "report", "" if report.kind == Report.Kind.ASSESSMENT else report.kind, about.number]
    if report.audience == Report.Audience.PARTIES:
        parts.append("for-" + (slugify(report.party) or "the-parties"))
    return "-".join(part for part in parts if part) + f".{SUFFIXES[report.format]}"
