"""What somebody asks for when they ask for a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from proposals.models import Revision
from reports.models import Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report as it is asked for. ``revision``: what it tells of, ``None`` for the asker's shelf; ``against``: what it is
    compared with; ``party``: the id of the only party whose commitments are shown, "" for all."""

    kind: str = Report.Kind.ASSESSMENT
    revision: Revision | None = None
    against: Revision | None = None
    format: str = Report.Format.PDF
    audience: str = Report.Audience.INTERNAL
    party: str = ""
    language: str = "en"
    paper: str = "a4"
    classification: str = ""
    watermark: str = ""
    valid_until: date | None = None
