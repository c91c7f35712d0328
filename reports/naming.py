"""What the files of reports are called."""

from __future__ import annotations

from reports.formats.archive import safe_name
from reports.formats.registry import SUFFIXES
from reports.models import Report
from reports.telling import About


def file_name(report: Report, about: About) -> str:
    """A name that every system takes, with nothing that could be taken for a path, a second header or other letters."""
    title = safe_name(about.title.replace("/", "_")) or "Report"
    parts = [title, *([] if report.kind == Report.Kind.ASSESSMENT else [report.kind]), about.number]
    if report.audience == Report.Audience.PARTIES:
        parts.append(f"for {safe_name(report.party) or 'the parties'}")
    return f"{' - '.join(part for part in parts if part)}.{SUFFIXES[report.format]}"
