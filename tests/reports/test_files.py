"""Files of reports are shared by content and go with the last report."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from assessments.calibration import worked_example
from proposals.domain import delete_proposal, import_package
from proposals.models import Proposal, Revision
from proposals.purging import purge_deleted_proposals
from reports import making
from reports.asking import Wanted
from reports.domain import request
from reports.files import stored
from reports.making import render
from reports.models import Report
from reports.tasks import sweep
from tests.reports.rows import LONG, Message, now, report_of

pytestmark = pytest.mark.usefixtures("sent")


def purge(revision: Revision) -> None:
    """Deletes the revision's proposal as if long ago, and removes it for good."""
    delete_proposal(revision.proposal, by=revision.author)
    Proposal.objects.filter(pk=revision.proposal_id).update(deleted_at=timezone.now() - timedelta(days=31))
    assert purge_deleted_proposals() == 1


def on_disk(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def test_purged_proposal_takes_the_files_of_its_reports_along(revision: Revision, files: Path) -> None:
    render(request(Wanted(revision=revision), by=revision.author).pk)
    assert len(on_disk(files)) == 1
    purge(revision)
    assert on_disk(files) == []
    assert not Report.objects.exists()


def test_file_that_two_reports_share_goes_with_the_last_of_them(revision: Revision, files: Path) -> None:
    other = import_package(revision.workspace, worked_example().package, by=revision.author)
    for each in (revision, other):
        with stored(b"%PDF the same", "pdf") as name:
            report_of(each, state="done", file=name)
    purge(revision)
    assert len(on_disk(files)) == 1
    purge(other)
    assert on_disk(files) == []


def test_two_reports_of_one_proposal_that_share_a_file_go_together(revision: Revision, files: Path) -> None:
    with stored(b"%PDF the same", "pdf") as name:
        for language in ("en", "fr"):
            report_of(revision, state="done", file=name, language=language)
    purge(revision)
    assert on_disk(files) == []


def test_file_that_is_gone_already_is_no_obstacle(revision: Revision, files: Path) -> None:
    report_of(revision, state="done", file="reports/ab/ab.pdf")
    purge(revision)
    assert not Report.objects.exists()


def test_report_that_is_purged_while_it_is_made_leaves_no_file(
    revision: Revision, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = request(Wanted(revision=revision), by=revision.author)

    def purged_meanwhile(*_: object) -> bytes:
        purge(revision)
        return b"%PDF"

    monkeypatch.setattr(making, "file_of", purged_meanwhile)
    render(report.pk)
    assert on_disk(files) == []
    assert not Report.objects.exists()


def test_sweep_queues_what_was_lost(revision: Revision, files: Path, sent: list[Message]) -> None:
    report = report_of(revision, nudged_at=timezone.now() - LONG)
    sweep()
    assert sent == [Message(report.pk, 0)]
    assert now(report).nudged_at > timezone.now() - LONG
