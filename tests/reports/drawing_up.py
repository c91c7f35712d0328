"""A report of every kind as it would be asked for, of a package with texts in several languages."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import override

from accounts.models import User
from assessments.engine.rubric import VERSION
from assessments.package import load_package
from cases.domain import load_library
from cases.keeping.shelf import put_on_shelf, write_note
from cases.models import Case
from cases.schema import case_files
from proposals.domain import import_package
from proposals.models import Revision
from proposals.sharing.comments import answer, comment_on, settle
from reports.domain import fingerprint
from reports.kinds.registry import KINDS, Packed, circumstances, kind_of
from reports.model import ReportModel
from reports.models import Report
from tests.reports.material import EXAMPLE, MOMENT, copy_of

WITHOUT_REVISION: Final = frozenset({Report.Kind.SHELF, Report.Kind.BATCH})
CASES: Final = ("nuba-mountains-2002", "aceh-mou-2005")


def spoken_document() -> dict[str, Any]:
    """The worked example with words of several languages in it."""
    document = copy_of(EXAMPLE)
    first, second = document["measures"][:2]
    first["description"] = "La trêve est vérifiée par une équipe neutre, à l’œil nu.\n\nOù ? Dans les régions touchées."
    second["description"] = "Una comisión de señores y señoras evaluará el año próximo."
    first["commitments"][0]["text"] = "양측은 가능한 한 빨리 합의를 이행한다."
    first["commitments"][0]["where"] = "Çankırı & <Żółć>"
    document["parties"][0]["name"] = "남수단 정부"
    document["notes"] = "=1+1 is what they said; 'we' did not."
    return document


def world(mediator: User, reviewer: User) -> tuple[Revision, Revision]:
    """A revision that was commented on, and another one of a proposal beside it; cases lie on the mediator's shelf."""
    workspace = mediator.workspace
    assert workspace is not None
    load_library({slug: case_files()[slug] for slug in CASES})
    shelved = [put_on_shelf(Case.objects.get(slug=slug), by=mediator, workspace=workspace) for slug in CASES]
    write_note(shelved[0], "Ask #panic() the *general*", read=0, by=mediator)
    against = import_package(workspace, load_package(EXAMPLE), by=mediator)
    revision = import_package(workspace, load_package(spoken_document()), by=mediator)
    thread = comment_on(revision, "Who looks at night?", by=reviewer, address="/measures/truce")
    answer(thread, "The monitors do.\nEach night.", by=mediator)
    settle(comment_on(revision, "Settled long ago.", by=reviewer), by=mediator)
    return revision, against


def drawn_up(kind: str, by: User, revision: Revision, against: Revision, **fields: Any) -> Report:
    """The row of a report, not saved."""
    assert by.workspace is not None
    of_revision = {} if kind in WITHOUT_REVISION else {"revision": revision, "rubric_version": VERSION}
    report = Report(
        workspace=by.workspace,
        kind=kind,
        requested_by=by,
        requested_at=MOMENT,
        **of_revision,
        **({"against": against} if kind == Report.Kind.COMPARISON else {}),
        **{"classification": "For the mission", "watermark": "NOT AGREED", "valid_until": date(2026, 5, 1), **fields},
    )
    report.content = kind_of(report).keep(report)
    report.fingerprint = fingerprint(report)
    return report


def said_of(report: Report) -> ReportModel:
    """What the report says."""
    kind = KINDS[report.kind]
    assert not isinstance(kind, Packed)
    with override(report.language):
        return kind.compose(kind.collect(report), circumstances(report))
