"""The worker's part of the domain: a report is made once, whatever happens to those who make it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from assessments.package import Package
from cbm_advisor.logs import DiscreetFormatter
from proposals.models import Revision
from reports import making
from reports.domain import retry
from reports.formats import pdf
from reports.formats.errors import FormatError
from reports.formats.registry import file_of
from reports.look import Look
from reports.making import MOST_ATTEMPTS, render
from reports.model import ReportModel
from reports.models import LEASE, Report
from tests.reports.rows import LONG, Message, dead_workers, now, report_of

pytestmark = pytest.mark.usefixtures("files")
SECRET = "the general meets the envoy in Oslo"
PLAIN = "Something went wrong on our side. Nothing you wrote is lost; try again."


def stored(folder: Path) -> list[Path]:
    """The stored files."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def rendered(report: Report) -> Report:
    """The report after a worker heard of it."""
    render(report.pk)
    return now(report)


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An installation without fonts, until the fixture's ``undo``."""
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    pdf._covered_by.cache_clear()
    return monkeypatch


def test_report_is_made_and_kept(revision: Revision) -> None:
    report = rendered(report_of(revision))
    content = report.file.read()
    assert (report.state, report.attempts, report.error) == ("done", 1, "")
    assert content.startswith(b"%PDF-")
    assert report.size == len(content)
    assert report.finished_at is not None


def test_report_is_made_once_however_often_workers_hear_of_it(revision: Revision, sent: list[Message]) -> None:
    first = rendered(report_of(revision))
    again = rendered(first)
    assert (again.finished_at, again.attempts) == (first.finished_at, 1)
    assert sent == []


def test_report_that_is_gone_is_no_error(revision: Revision, sent: list[Message]) -> None:
    report = report_of(revision)
    Report.objects.all().delete()
    render(report.pk)
    assert sent == []


def test_report_of_a_silent_worker_is_taken_over(revision: Revision) -> None:
    report = rendered(dead_workers(revision))
    assert (report.state, report.attempts) == ("done", 2)


def test_report_of_a_worker_at_work_is_left_to_it_and_looked_at_again_later(
    revision: Revision, sent: list[Message]
) -> None:
    report = dead_workers(revision, lease_until=timezone.now() + LEASE)
    assert rendered(report).state == "running"
    assert now(report).attempts == 1
    (message,) = sent
    assert message.report == report.pk
    assert LEASE.total_seconds() < message.seconds < LEASE.total_seconds() + 2


def test_report_that_was_never_finished_is_given_up_with_the_reason(revision: Revision) -> None:
    assert rendered(dead_workers(revision, attempts=MOST_ATTEMPTS - 1)).state == "done"
    report = rendered(dead_workers(revision, attempts=MOST_ATTEMPTS, language="fr"))
    assert (report.state, report.error) == ("failed", "The report was begun 5 times and never finished.")


def test_report_that_cannot_be_set_says_why_and_a_retry_makes_it(
    revision: Revision, no_fonts: pytest.MonkeyPatch
) -> None:
    failed = rendered(report_of(revision))
    assert failed.state == "failed"
    assert failed.error == "The font inter/400Regular is missing below node_modules; install it with: make install"
    no_fonts.undo()
    report = rendered(retry(failed, by=revision.author))
    assert (report.state, report.attempts, report.error) == ("done", 1, "")


def test_paper_that_there_is_not_fails_with_the_setters_words(revision: Revision) -> None:
    report = rendered(report_of(revision, paper="napkin"))
    assert report.state == "failed"
    assert report.error.startswith("The report could not be set: ")


def test_unforeseen_error_is_said_plainly_and_logged_without_the_package(
    revision: Revision, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        Package.model_validate(revision.document | {"parties": SECRET})

    monkeypatch.setattr("reports.kinds.revisions.assess", broken)
    report = rendered(report_of(revision))
    assert (report.state, report.error) == ("failed", PLAIN)
    lines = "\n".join(DiscreetFormatter().format(record) for record in caplog.records)
    assert "ValidationError" in lines
    assert "reports/making.py" in lines
    assert SECRET not in lines


def test_full_disk_fails_the_report_and_a_retry_makes_it(
    revision: Revision, settings: Settings, tmp_path: Path, files: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "no folder"
    settings.MEDIA_ROOT.write_text("")
    failed = rendered(report_of(revision))
    assert (failed.state, failed.error) == ("failed", PLAIN)
    settings.MEDIA_ROOT = files
    assert rendered(retry(failed, by=revision.author)).state == "done"


def test_identical_reports_share_one_file(revision: Revision, files: Path) -> None:
    reports = [report_of(revision), report_of(revision, language="en-GB")]
    Report.objects.update(requested_at=timezone.now())
    first, second = (rendered(report) for report in reports)
    assert first.file.name == second.file.name
    assert len(stored(files)) == 1


def test_half_a_file_that_a_dead_worker_left_is_replaced(revision: Revision, files: Path) -> None:
    first = rendered(report_of(revision))
    whole = first.file.read()
    (path,) = stored(files)
    path.write_bytes(whole[:1000])
    Report.objects.update(state="running", lease_until=timezone.now() - LONG)
    report = rendered(first)
    assert (report.state, report.file.name) == ("done", first.file.name)
    assert report.file.read() == whole


@pytest.mark.parametrize("ending", [FormatError("too late"), RuntimeError("too late")])
def test_worker_thought_dead_does_not_spoil_what_another_made(
    revision: Revision, monkeypatch: pytest.MonkeyPatch, ending: Exception
) -> None:
    report = report_of(revision)

    def outrun(*_: object) -> bytes:
        """While this worker is at it its lease ends, and another makes the report."""
        monkeypatch.undo()
        Report.objects.update(lease_until=timezone.now() - LONG)
        assert rendered(report).state == "done"
        raise ending

    monkeypatch.setattr(making, "file_of", outrun)
    after = rendered(report)
    assert (after.state, after.error, after.attempts) == ("done", "", 2)


def test_worker_thought_dead_may_finish_what_another_has_begun(
    revision: Revision, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_of(revision)

    def slowly(model: ReportModel, format: str, look: Look) -> bytes:
        """While this worker is at it its lease ends, and another begins."""
        Report.objects.update(attempts=2, step="collect", lease_until=timezone.now() + LONG)
        return file_of(model, format, look)

    monkeypatch.setattr(making, "file_of", slowly)
    after = rendered(report)
    assert (after.state, after.attempts, after.step) == ("done", 2, "collect")
