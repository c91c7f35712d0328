"""What a Word file costs: a package of ten measures from document to file, in seconds of CPU over all threads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Any

from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.package import Package, canonical_document, canonical_json
from bench.engine import with_measures
from bench.figures import Figure, seconds
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.formats.word import word
from reports.formats.word_ours import ours
from reports.formats.word_template import problems_of
from reports.look import Look


def figures() -> Iterator[Figure]:
    """The first file of a process, which makes the template; those after it; and one in a workspace's own template."""
    document = json.loads(with_measures(canonical_json(worked_example().package), 10))
    ours.cache_clear()
    yield Figure(
        "Word, first of a process", seconds(lambda: make(document, Look()), least=0), 1, "s CPU", "10 measures"
    )
    own = Look(template=ours("#0b5a61", "a4"))
    for name, look in (("Word, later ones", Look()), ("Word, in an own template", own)):
        later = median(seconds(partial(make, document, look), least=0) for _ in range(5))
        yield Figure(name, later, 1, "s CPU", "10 measures, scored anew, median of 5")
    checked = median(seconds(lambda: problems_of(own.template), least=0) for _ in range(5))
    yield Figure("Word template checked", checked, 1, "s CPU", "median of 5")


def make(document: dict[str, Any], look: Look) -> bytes:
    """What the worker does, without the database."""
    package = Package.model_validate(document)
    around = Circumstances(workspace="Bench", made_at=datetime.now(UTC))
    return word(compose(canonical_document(package), assess(package).as_dict(), around), look)
