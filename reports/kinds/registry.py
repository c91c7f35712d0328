"""The kinds of reports: what differs between them stands in a class each, and everything else treats them alike."""

from __future__ import annotations

from typing import Final

from reports.composing.circumstances import Circumstances
from reports.kinds.annex import AnnexKind
from reports.kinds.assessment import AssessmentKind
from reports.kinds.batch import BatchKind
from reports.kinds.brief import BriefKind
from reports.kinds.comparison import ComparisonKind
from reports.kinds.dossier import DossierKind
from reports.kinds.protocols import Composed as Composed
from reports.kinds.protocols import Kind as Kind
from reports.kinds.protocols import Packed as Packed
from reports.kinds.protocols import around
from reports.kinds.review import ReviewKind
from reports.kinds.shelf import ShelfKind
from reports.models import Report
from reports.telling import About as About

IN_A_DOSSIER: Final[dict[str, Composed]] = {
    Report.Kind.ASSESSMENT: AssessmentKind(),
    Report.Kind.BRIEF: BriefKind(),
    Report.Kind.ANNEX: AnnexKind(),
    Report.Kind.REVIEW: ReviewKind(),
}
KINDS: Final[dict[str, Composed | Packed]] = {
    **IN_A_DOSSIER,
    Report.Kind.COMPARISON: ComparisonKind(),
    Report.Kind.SHELF: ShelfKind(),
    Report.Kind.DOSSIER: DossierKind(IN_A_DOSSIER),
    Report.Kind.BATCH: BatchKind(),
}


def kind_of(report: Report) -> Composed | Packed:
    """The kind of a report."""
    return KINDS[report.kind]


def circumstances(report: Report) -> Circumstances:
    """What surrounds a report, whatever its kind."""
    return around(report, kind_of(report))
