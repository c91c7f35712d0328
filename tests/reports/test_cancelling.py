"""Reports that somebody calls off, takes away, or that have been kept for long enough."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Notification
from proposals.models import Revision
from reports import making
from reports.asking import Wanted
from reports.domain import cancel, remove, request, retry
from reports.formats.registry import file_of
from reports.keeping import expire_reports
from reports.kinds.registry import circumstances
from reports.making import render
from reports.models import LEASE, Report
from reports.tasks import expire
from tests.personas import Person
from tests.reports.rows import Message, now, report_of, user_of

pytestmark = pytest.mark.usefixtures("files", "sent")
RUNNING = {"state": "running", "lease_until": timezone.now() + LEASE}


def on_disk(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def test_cancelled_report_is_not_made_and_the_page_says_so(
    mediator: Person, revision: Revision, files: Path, sent: list[Message]
) -> None:
    report = request(Wanted(revision=revision), by=user_of(mediator))
    page = mediator.client.post(reverse("reports:cancel", args=[report.pk]), follow=True).content.decode()
    assert "It was cancelled" in page
    assert reverse("reports:retry", args=[report.pk]) in page
    render(report.pk)
    assert now(report).state == "cancelled"
    assert on_disk(files) == []


@pytest.mark.parametrize("step", ["compose", "file_of"])
def test_worker_notices_between_steps_and_stores_nothing(
    revision: Revision, files: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    report = request(Wanted(revision=revision), by=revision.author)

    def cancelled_meanwhile(*args: Any) -> Any:
        cancel(now(report), by=revision.author)
        return file_of(*args)

    def no_longer_set(*_: Any) -> bytes:
        raise AssertionError("It was cancelled before it was set.")

    if step == "file_of":
        monkeypatch.setattr(making, "file_of", cancelled_meanwhile)
    else:
        monkeypatch.setattr(making, "file_of", no_longer_set)
        monkeypatch.setattr(
            making,
            "circumstances",
            lambda made: (cancel(now(report), by=revision.author), circumstances(made))[1],
        )
    render(report.pk)
    assert (now(report).state, now(report).error) == ("cancelled", "")
    assert on_disk(files) == []


def test_worker_stops_without_an_error_when_the_report_was_removed(
    revision: Revision, files: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    report = request(Wanted(revision=revision), by=revision.author)

    def removed_meanwhile(*args: Any) -> bytes:
        remove(now(report), by=revision.author)
        return file_of(*args)

    monkeypatch.setattr(making, "file_of", removed_meanwhile)
    render(report.pk)
    assert not Report.objects.exists()
    assert on_disk(files) == []
    assert "failed" not in caplog.text


def test_report_that_another_waits_for_is_made_for_them(
    mediator: Person, codrafter: Person, revision: Revision
) -> None:
    report = request(Wanted(revision=revision), by=user_of(mediator))
    assert request(Wanted(revision=revision), by=user_of(codrafter)) == report
    page = mediator.client.post(reverse("reports:cancel", args=[report.pk]), follow=True).content.decode()
    assert "Others wait for this report too" in page
    render(report.pk)
    assert now(report).state == "done"
    assert [told.person for told in Notification.objects.all()] == [codrafter.user]


def test_who_drafts_may_call_off_what_another_asked_for(codrafter: Person, revision: Revision) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    assert cancel(report, by=user_of(codrafter)).state == "cancelled"


def test_who_may_open_it_but_neither_asked_nor_drafts_may_not_call_it_off_or_remove_it(
    revision: Revision, reviewer: Person
) -> None:
    revision.proposal.confidential_open_to = ["reviewer"]
    revision.proposal.save()
    report = now(request(Wanted(revision=revision), by=revision.author))
    assert reviewer.client.get(report.get_absolute_url()).status_code == 200
    for verb in (cancel, remove):
        with pytest.raises(PermissionDenied):
            verb(report, by=user_of(reviewer))
    assert now(report).state == "queued"


@pytest.mark.parametrize("fields", [{"state": "failed", "error": "for the test"}, {"state": "done", "file": "a.pdf"}])
def test_what_is_over_or_made_cannot_be_cancelled(revision: Revision, fields: dict[str, Any]) -> None:
    report = report_of(revision, **fields)
    assert cancel(report, by=revision.author).state == fields["state"]


def test_cancelled_report_can_be_made_after_all(
    revision: Revision, sent: list[Message], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    cancel(report, by=revision.author)
    with django_capture_on_commit_callbacks(execute=True):
        retry(now(report), by=revision.author)
    assert sent == [Message(report.pk, 0)]
    render(report.pk)
    assert now(report).state == "done"


def test_removing_asks_first_and_takes_the_file_along(mediator: Person, revision: Revision, files: Path) -> None:
    report = request(Wanted(revision=revision), by=user_of(mediator))
    render(report.pk)
    address = reverse("reports:remove", args=[report.pk])
    assert address in mediator.client.get(report.get_absolute_url()).content.decode()
    assert "can be made again" in mediator.client.get(address).content.decode()
    assert len(on_disk(files)) == 1
    page = mediator.client.post(address, follow=True)
    assert page.redirect_chain == [(reverse("reports:list"), 302)]
    assert "The report was deleted." in page.content.decode()
    assert on_disk(files) == []


def test_report_is_kept_for_its_time_and_then_its_file_goes_and_the_row_says_so(
    mediator: Person, revision: Revision, files: Path
) -> None:
    report = request(Wanted(revision=revision), by=user_of(mediator))
    render(report.pk)
    made = now(report)
    assert made.finished_at is not None
    assert made.expires_at == made.finished_at + settings.REPORTS_KEPT_FOR
    assert expire_reports() == 0
    Report.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    expire()
    gone = now(report)
    assert (gone.state, gone.file.name, gone.size) == ("expired", "", 0)
    assert on_disk(files) == []
    page = mediator.client.get(report.get_absolute_url()).content.decode()
    assert "The file was removed" in page
    assert mediator.client.get(reverse("reports:download", args=[report.pk])).status_code == 404
    mediator.client.post(reverse("reports:retry", args=[report.pk]))
    render(report.pk)
    assert now(report).state == "done"
    assert len(on_disk(files)) == 1


def test_who_asks_for_what_is_there_has_it_for_the_whole_time(revision: Revision) -> None:
    report = request(Wanted(revision=revision), by=revision.author)
    render(report.pk)
    Report.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    assert request(Wanted(revision=revision), by=revision.author) == report
    kept = now(report).expires_at
    assert kept is not None
    assert kept > timezone.now() + settings.REPORTS_KEPT_FOR - timedelta(minutes=1)


def test_file_that_cannot_be_removed_is_tried_again_and_holds_up_no_other(
    revision: Revision, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reports = [request(Wanted(revision=revision, paper=paper), by=revision.author) for paper in ("a4", "us-letter")]
    for report in reports:
        render(report.pk)
    Report.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    stuck = now(reports[0]).file.name
    delete = default_storage.delete

    def refuse(name: str) -> None:
        if name == stuck:
            raise OSError("read-only")
        delete(name)

    with monkeypatch.context() as patch:
        patch.setattr("reports.files.default_storage.delete", refuse)
        assert expire_reports() == 1
    assert [now(report).state for report in reports] == ["done", "expired"]
    assert f"The file of report {reports[0].pk} could not be removed" in caplog.text
    assert expire_reports() == 1


def test_file_that_somebody_took_away_is_told_and_can_be_made_again(
    mediator: Person, revision: Revision, files: Path
) -> None:
    report = request(Wanted(revision=revision), by=user_of(mediator))
    render(report.pk)
    (path,) = on_disk(files)
    path.unlink()
    page = mediator.client.get(reverse("reports:download", args=[report.pk]), follow=True).content.decode()
    assert "The file is no longer there. Make it again." in page
    assert now(report).state == "expired"


def test_who_asked_is_told_when_it_is_ready_and_when_it_failed_and_seeing_it_is_enough(
    mediator: Person, revision: Revision
) -> None:
    report = request(Wanted(revision=revision), by=user_of(mediator))
    render(report.pk)
    (told,) = Notification.objects.all()
    assert (told.person, told.address) == (mediator.user, report.get_absolute_url())
    assert told.text == "A report is ready: Full assessment, PDF."
    mediator.client.get(report.get_absolute_url())
    assert Notification.objects.get().read_at is not None
    failed = request(Wanted(revision=revision, paper="napkin"), by=user_of(mediator))
    render(failed.pk)
    assert Notification.objects.filter(text="A report could not be made: Full assessment, PDF.").count() == 1
