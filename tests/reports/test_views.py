from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.http import FileResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.calibration import worked_example
from proposals.domain import import_package
from proposals.models import Proposal, Revision
from reports.models import LEASE, Report
from tests.personas import Person
from tests.reports.rows import LONG, Message, dead_workers, report_of

pytestmark = pytest.mark.usefixtures("files")
FRAGMENT = {"HX-Request": "true"}
FAILED = {"state": "failed", "error": "the fonts are missing"}
PDF = b"%PDF-1.7 a report"


def made(revision: Revision) -> Report:
    """A report that is ready."""
    report = report_of(revision)
    report.file.save("ready.pdf", ContentFile(PDF), save=False)
    report.state, report.size, report.finished_at = Report.State.DONE, len(PDF), timezone.now()
    report.save()
    return report


def address(name: str, report: Report) -> str:
    """Where a page of the report is."""
    return reverse(f"reports:{name}", args=[report.pk])


def text(person: Person, url: str, **more: Any) -> str:
    """What the person sees there."""
    response = person.client.get(url, **more)
    assert response.status_code == 200
    return str(response.content.decode())


def without_tokens(page: str) -> str:
    """The page without what differs each time that it is asked for."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def queries_for(person: Person, url: str) -> list[str]:
    """What the database is asked for a page."""
    with CaptureQueriesContext(connection) as queries:
        text(person, url)
    return [query["sql"] for query in queries]


def test_request_leads_to_the_progress_of_the_report(
    mediator: Person,
    revision: Revision,
    sent: list[Message],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = mediator.client.post(reverse("reports:request", args=[revision.pk]), follow=True)
    report = Report.objects.get()
    assert response.redirect_chain == [(report.get_absolute_url(), 302)]
    assert "Waiting" in response.content.decode()
    assert [message.report for message in sent] == [report.pk]


def test_list_shows_each_report_with_its_state(mediator: Person, revision: Revision) -> None:
    report = report_of(revision, **FAILED)
    page = text(mediator, reverse("reports:list"))
    for words in (revision.proposal.title, f"Revision {revision.number}", "Failed", report.get_absolute_url()):
        assert words in page


def test_empty_list_says_what_to_do(mediator: Person) -> None:
    assert "No report yet." in text(mediator, reverse("reports:list"))


def test_lists_come_as_fragments_with_the_newest_few(mediator: Person, revision: Revision) -> None:
    reports = [report_of(revision, **FAILED) for _ in range(4)]
    for url in (reverse("reports:list"), reverse("reports:for_revision", args=[revision.pk])):
        fragment = text(mediator, url, headers=FRAGMENT)
        assert "<html" not in fragment
        assert [report.get_absolute_url() in fragment for report in reports] == [False, True, True, True]
        assert "<html" in text(mediator, url)


def test_page_tells_each_step_and_asks_again_while_the_report_is_under_way(
    mediator: Person, revision: Revision, sent: list[Message]
) -> None:
    report = report_of(revision, state="running", step="compose", lease_until=timezone.now() + LEASE)
    fragment = text(mediator, report.get_absolute_url(), headers=FRAGMENT)
    assert "<html" not in fragment
    assert without_tokens(fragment) in without_tokens(text(mediator, report.get_absolute_url()))
    assert f'hx-get="{report.get_absolute_url()}"' in fragment
    assert [fragment.count(f'<li class="{state}">') for state in ("done", "now", "to_come")] == [1, 1, 2]
    assert sent == []


@pytest.mark.parametrize("fields", [{"nudged_at": timezone.now() - LONG}, None])
def test_opening_the_page_resumes_what_was_lost(
    mediator: Person, revision: Revision, sent: list[Message], fields: dict[str, Any] | None
) -> None:
    report = dead_workers(revision) if fields is None else report_of(revision, **fields)
    for _ in range(2):
        text(mediator, report.get_absolute_url())
    assert [message.report for message in sent] == [report.pk]


def test_ready_report_is_offered_and_the_page_asks_no_more(mediator: Person, revision: Revision) -> None:
    report = made(revision)
    page = text(mediator, report.get_absolute_url())
    assert address("download", report) in page
    assert "hx-get" not in text(mediator, report.get_absolute_url(), headers=FRAGMENT)
    assert address("retry", report) not in page


def test_failed_report_says_why_and_can_be_tried_again(
    mediator: Person, revision: Revision, sent: list[Message]
) -> None:
    report = report_of(revision, **FAILED)
    page = text(mediator, report.get_absolute_url())
    assert "the fonts are missing" in page
    assert f'action="{address("retry", report)}"' in page
    after = mediator.client.post(address("retry", report), follow=True).content.decode()
    assert "Waiting" in after
    assert address("retry", report) not in after


def test_download_is_a_file_that_leaves_no_copy_behind(mediator: Person, revision: Revision) -> None:
    response = mediator.client.get(address("download", made(revision)))
    assert isinstance(response, FileResponse)
    assert response.getvalue() == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A local truce", 'filename="A local truce - 1.pdf"'),
        ('say "yes"; filename=x.exe', 'filename="say _yes_; filename=x.exe - 1.pdf"'),
        ("../../etc/passwd\\..", 'filename="_.._etc_passwd_ - 1.pdf"'),
        ("two\r\nSet-Cookie: lines", 'filename="two Set-Cookie_ lines - 1.pdf"'),
        ("Friede für Süd", "filename*=utf-8''Friede%20f%C3%BCr%20S%C3%BCd%20-%201.pdf"),
        ("평화", "filename*=utf-8''%ED%8F%89%ED%99%94%20-%201.pdf"),
        ("शांति", "filename*=utf-8''%E0%A4%B6%E0%A4%BE%E0%A4%82%E0%A4%A4%E0%A4%BF%20-%201.pdf"),
        ("report\u202efdp.exe", 'filename="reportfdp.exe - 1.pdf"'),
        ("\u200b\u2066\t", 'filename="Report - 1.pdf"'),
        ("CON", 'filename="_CON - 1.pdf"'),
        (".htaccess", 'filename="htaccess - 1.pdf"'),
    ],
)
def test_name_of_the_file_is_safe_whatever_the_title(
    mediator: Person, revision: Revision, title: str, name: str
) -> None:
    Proposal.objects.update(title=title)
    response = mediator.client.get(address("download", made(revision)))
    assert response.headers["Content-Disposition"] == f"attachment; {name}"


@pytest.mark.parametrize("letter", ["a", "ü", "평", "🕊"])
def test_name_of_the_file_is_never_longer_than_systems_take_and_keeps_its_ending(
    mediator: Person, revision: Revision, letter: str
) -> None:
    Proposal.objects.update(title=letter * 200)
    header = mediator.client.get(address("download", made(revision))).headers["Content-Disposition"]
    name = unquote(header.partition("=")[2].removeprefix("utf-8''").strip('"'))
    assert len(name.encode()) <= 255
    assert name.startswith(letter)
    assert name.endswith("1.pdf")


@pytest.mark.parametrize("fields", [{}, {"state": "running", "lease_until": timezone.now() + LEASE}, FAILED])
def test_report_that_is_not_ready_cannot_be_downloaded(
    mediator: Person, revision: Revision, fields: dict[str, Any]
) -> None:
    assert mediator.client.get(address("download", report_of(revision, **fields))).status_code == 404


@pytest.mark.parametrize("name", ["report", "download", "retry"])
def test_observer_is_refused_and_an_outsider_learns_nothing(
    observer: Person, outsider: Person, revision: Revision, name: str
) -> None:
    url = address(name, made(revision))
    for person, status in ((observer, 403), (outsider, 404)):
        response = person.client.post(url) if name == "retry" else person.client.get(url)
        assert response.status_code == status


def test_observer_and_outsider_get_no_report_made(observer: Person, outsider: Person, revision: Revision) -> None:
    url = reverse("reports:request", args=[revision.pk])
    assert (observer.client.post(url).status_code, outsider.client.post(url).status_code) == (403, 404)
    assert not Report.objects.exists()


def test_lists_show_nothing_to_those_who_may_not_open_it(
    observer: Person, outsider: Person, revision: Revision
) -> None:
    report_of(revision)
    for person in (observer, outsider):
        assert revision.proposal.title not in text(person, reverse("reports:list"))


@pytest.mark.parametrize("name", ["list", "report"])
def test_pages_ask_as_little_for_three_as_for_one(mediator: Person, revision: Revision, name: str) -> None:
    report = made(revision)
    url = address(name, report) if name == "report" else reverse("reports:list")
    for_one = queries_for(mediator, url)
    for _ in range(2):
        more = import_package(revision.proposal.workspace, worked_example().package, by=revision.author)
        report_of(more)
    assert len(queries_for(mediator, url)) == len(for_one) <= 12, for_one  # four are the transaction and its walls


def test_who_cannot_make_reports_is_not_told_to(mediator: Person, observer: Person) -> None:
    address = reverse("reports:list")
    assert "choose “Make a PDF”" in mediator.client.get(address).content.decode()
    page = observer.client.get(address).content.decode()
    assert "choose “Make a PDF”" not in page
    assert "No report is open to you" in page
