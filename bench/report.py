"""What a report costs: a package of ten measures from document to PDF, in seconds of CPU over all threads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any

import psutil

from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.package import Package, canonical_document
from bench.figures import Figure, seconds
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.formats.pdf import pdf
from reports.look import Look

MEASURES = 10
MOMENT = datetime(2025, 3, 1, tzinfo=UTC)
MEGABYTE = 2**20
ROUND = 60


def figures() -> Iterator[Figure]:
    """The first report of a process, which reads the fonts; those after it, all different; and what they leave behind."""
    document = canonical_document(Package.model_validate(package_of(MEASURES)))
    of = f"full assessment of {MEASURES} measures, scored anew"
    first = seconds(lambda: made(document, 0), least=0)
    yield Figure("PDF, first of a process", first, 0.5, "s CPU", of)
    later = median(seconds(partial(made, document, n), least=0) for n in range(1, 6))
    yield Figure("PDF, later ones", later, 0.5, "s CPU", f"{of}, median of 5")
    resident = []
    for n in range(6, 6 + 2 * ROUND):
        made(document, n)
        resident.append(psutil.Process().memory_info().rss / MEGABYTE)
    grown = max(0, resident[-1] - resident[ROUND - 1])
    yield Figure("PDF, memory that more of them leave", grown, 5, "MB", f"after {ROUND} and after {2 * ROUND} reports")


def made(document: dict[str, Any], number: int) -> bytes:
    """What the worker does, without the database; each number makes another report."""
    document = {**document, "title": f"{document['title']} {number}"}
    package = Package.model_validate(document)
    around = Circumstances(workspace="Bench", made_at=MOMENT + timedelta(minutes=number))
    return pdf(compose(canonical_document(package), assess(package).as_dict(), around), Look())


def package_of(measures: int) -> dict[str, Any]:
    """The worked example with as many measures, of its own and copies of them."""
    document: dict[str, Any] = json.loads(json.dumps(canonical_document(worked_example().package)))
    own = document["measures"]
    copies = [{**own[n % len(own)], "id": f"copy-{n}", "title": f"Measure {n + 1}"} for n in range(len(own), measures)]
    document["measures"] = [*own, *copies]
    return document
