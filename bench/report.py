"""What a report costs: the worked example from document to PDF, in seconds of CPU over all threads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median
from typing import Any

from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.package import Package, canonical_document
from bench.figures import Figure, seconds
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.formats.pdf import pdf
from reports.look import Look


def figures() -> Iterator[Figure]:
    """The first report of a process, which reads the fonts, and those after it."""
    document = canonical_document(worked_example().package)
    first = seconds(lambda: make_report(document), least=0)
    yield Figure("PDF, first of a process", first, 0.5, "s CPU", "worked example, scored anew")
    later = median(seconds(lambda: make_report(document), least=0) for _ in range(5))
    yield Figure("PDF, later ones", later, 0.5, "s CPU", "worked example, scored anew, median of 5")


def make_report(document: dict[str, Any]) -> bytes:
    """What the worker does, without the database."""
    package = Package.model_validate(document)
    around = Circumstances(workspace="Bench", made_at=datetime.now(UTC))
    return pdf(compose(canonical_document(package), assess(package).as_dict(), around), Look())
