"""What is done with reports is written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from proposals.models import Revision
from reports.asking import Wanted
from reports.domain import cancel, remove, request, retry
from reports.making import render
from reports.models import Report
from tests.personas import Person
from tests.reports.rows import Message, report_of

pytestmark = pytest.mark.usefixtures("files", "sent")


def verbs() -> list[str]:
    """What was done with reports, in its order."""
    found = AuditEntry.objects.filter(subject_type="reports.report").order_by("number")
    return [entry.verb for entry in found]


def test_request_and_download_are_told(revision: Revision, mediator: Person, files: Path, sent: list[Message]) -> None:
    for _ in range(2):
        report = request(Wanted(revision=revision), by=revision.author)
    render(report.pk)
    assert mediator.client.get(reverse("reports:download", args=[report.pk])).status_code == 200
    assert verbs() == ["reports.requested", "reports.downloaded"]
    entry = AuditEntry.objects.order_by("-number")[0]
    assert (entry.actor, entry.workspace) == (mediator.user, revision.proposal.workspace)
    assert entry.details == {
        "proposal": str(revision.proposal_id),
        "revision": 1,
        "format": "pdf",
        "audience": "internal",
    }


def test_retry_is_told_when_it_begins_anew(revision: Revision) -> None:
    failed = report_of(revision, state=Report.State.FAILED, error="for the test")
    for _ in range(2):
        retry(failed, by=revision.author)
    assert verbs() == ["reports.retried"]


def test_report_that_is_not_ready_is_not_told_as_downloaded(revision: Revision, mediator: Person) -> None:
    report = report_of(revision)
    assert mediator.client.get(reverse("reports:download", args=[report.pk])).status_code == 404
    assert verbs() == []


def test_cancelling_and_removing_are_told_once(revision: Revision) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    for _ in range(2):
        cancel(report, by=revision.author)
    for _ in range(2):
        remove(report, by=revision.author)
    assert verbs() == ["reports.requested", "reports.cancelled", "reports.removed"]


def test_log_says_what_was_taken_along_and_for_whom(revision: Revision, owner: Person, mediator: Person) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    render(report.pk)
    mediator.client.get(reverse("reports:download", args=[report.pk]))
    page = owner.client.get(reverse("accounts:audit_log")).content.decode()
    assert "Mediator downloaded a report of revision 1 (PDF, for us alone)" in page
