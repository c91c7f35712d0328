"""All five pictures of one package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assessments.engine import assess
from assessments.package import Package
from assessments.pictures.addresses import Href, nowhere
from assessments.pictures.coverage import Coverage, Gap, Suggestion, coverage
from assessments.pictures.heatmap import HeatMap, heatmap
from assessments.pictures.ladder import Ladder, ladder
from assessments.pictures.leads import Leads, leads
from assessments.pictures.ledger import Ledger, ledger


class Pictures(NamedTuple):
    """What ``templates/assessments/pictures/`` needs, each under the name of its template."""

    heatmap: HeatMap
    ledger: Ledger
    coverage: Coverage
    ladder: Ladder
    leads: Leads


def pictures(package: Package, suggestions: Mapping[Gap, Suggestion] | None = None, href: Href = nowhere) -> Pictures:
    """The pictures of a package, half filled or whole; the package is scored once for all of them."""
    card = assess(package, steps=False)
    return Pictures(
        heatmap=heatmap(card, href),
        ledger=ledger(card, href),
        coverage=coverage(package, suggestions, href),
        ladder=ladder(package, href),
        leads=leads(package, href),
    )
