"""Asking for reports, and what happens to requests that nobody answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.calibration import worked_example
from cbm_advisor.celery import app
from proposals.domain import save_revision
from proposals.models import Revision
from reports.asking import Wanted
from reports.domain import request, retry
from reports.making import render
from reports.models import LEASE, Report
from reports.queueing import resume_lost_reports
from tests.personas import Person
from tests.reports.rows import LONG, Message, dead_workers, now, report_of, user_of

pytestmark = pytest.mark.usefixtures("files")
FAILED = {"state": "failed", "error": "the fonts are missing", "attempts": 3}
DONE = {"state": "done", "file": "reports/ab/ab.pdf"}


def test_workers_hear_of_a_report_when_the_request_is_committed(
    revision: Revision, sent: list[Message], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = request(Wanted(revision=revision), by=revision.author)
        assert sent == []
    assert sent == [Message(report.pk, 0)]
    assert (report.state, report.workspace) == ("queued", revision.proposal.workspace)


def test_asking_twice_gives_the_same_report(
    revision: Revision, sent: list[Message], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = request(Wanted(revision=revision), by=revision.author)
        assert request(Wanted(revision=revision), by=revision.author) == first
    assert len(sent) == 1
    render(first.pk)
    assert request(Wanted(revision=revision), by=revision.author) == first


def test_every_revision_and_language_has_a_report_of_its_own(revision: Revision) -> None:
    changed = worked_example().package.model_copy(update={"title": "Second"})
    second = save_revision(revision.proposal, changed, by=revision.author)
    reports = {
        request(Wanted(revision=revision), by=revision.author),
        request(Wanted(revision=second), by=revision.author),
    }
    reports.add(request(Wanted(revision=revision, language="en-GB"), by=revision.author))
    assert len(reports) == 3


def test_failed_report_stands_in_nobodys_way(revision: Revision) -> None:
    failed = report_of(revision, **FAILED)
    assert request(Wanted(revision=revision), by=revision.author) != failed


def test_who_may_not_read_the_whole_package_gets_no_report(revision: Revision, observer: Person) -> None:
    with pytest.raises(PermissionDenied):
        request(Wanted(revision=revision), by=user_of(observer))
    failed = report_of(revision, **FAILED)
    with pytest.raises(PermissionDenied):
        retry(failed, by=user_of(observer))
    assert list(Report.objects.all()) == [failed]
    assert now(failed).state == "failed"


def test_retry_queues_a_failed_report_as_if_it_were_new(
    revision: Revision, sent: list[Message], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    failed = report_of(revision, **FAILED)
    with django_capture_on_commit_callbacks(execute=True):
        retry(failed, by=revision.author)
    again = now(failed)
    assert (again.state, again.error, again.attempts) == ("queued", "", 0)
    assert sent == [Message(failed.pk, 0)]


@pytest.mark.parametrize("fields", [{}, {"state": "running", "lease_until": timezone.now() + LEASE}, DONE])
def test_retry_of_a_report_that_has_not_failed_changes_nothing(
    revision: Revision,
    sent: list[Message],
    fields: dict[str, Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    report = report_of(revision, **fields)
    before = Report.objects.values().get()
    with django_capture_on_commit_callbacks(execute=True):
        assert retry(report, by=revision.author) == report
    assert Report.objects.values().get() == before
    assert sent == []


def test_retry_when_another_was_asked_for_meanwhile_gives_that_one(revision: Revision) -> None:
    failed = report_of(revision, **FAILED)
    newer = report_of(revision)
    assert retry(failed, by=revision.author) == newer
    assert now(failed).state == "failed"


def test_broker_that_refuses_leaves_the_report_waiting_until_it_is_resumed(
    revision: Revision,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OperationalError("away")

    with monkeypatch.context() as away, django_capture_on_commit_callbacks(execute=True):
        away.setattr(app, "send_task", refuse)
        report = request(Wanted(revision=revision), by=revision.author)
    assert now(report).state == "queued"
    Report.objects.update(nudged_at=timezone.now() - LONG)
    heard: list[str] = []
    monkeypatch.setattr(app, "send_task", lambda *_, args, **__: heard.extend(args))
    assert resume_lost_reports() == 1
    assert heard == [str(report.pk)]


@pytest.mark.usefixtures("unreachable_broker")
def test_broker_that_nobody_listens_for_is_given_up_on_and_the_report_waits(
    revision: Revision,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = request(Wanted(revision=revision), by=revision.author)
    assert now(report).state == "queued"
    assert f"The broker did not take report {report.pk}" in caplog.text


def test_what_is_lost_is_resumed_and_counted(revision: Revision, sent: list[Message]) -> None:
    lost = [report_of(revision, nudged_at=timezone.now() - LONG), dead_workers(revision, language="fr")]
    assert resume_lost_reports() == 2
    assert {message.report for message in sent} == {report.pk for report in lost}
    assert resume_lost_reports() == 0


@pytest.mark.parametrize("fields", [{"state": "running", "lease_until": timezone.now() + LONG}, DONE, FAILED])
def test_what_is_not_lost_is_left_alone(revision: Revision, sent: list[Message], fields: dict[str, Any]) -> None:
    report_of(revision, nudged_at=timezone.now() - LONG, **fields)
    assert resume_lost_reports() == 0
    assert sent == []


def test_report_that_was_announced_just_now_is_left_alone(revision: Revision, sent: list[Message]) -> None:
    report_of(revision)
    assert resume_lost_reports() == 0
    assert sent == []
