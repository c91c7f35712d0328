"""The report of a shelf: made by the same way as that of a revision, and its requester's alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, Membership, Workspace
from cases.domain import load_library
from cases.keeping.shelf import put_on_shelf, write_note
from cases.models import Case, ShelvedCase
from cases.schema import case_files
from proposals.models import Revision
from reports.access import reports_for
from reports.asking import Wanted
from reports.domain import request, retry
from reports.making import render
from reports.models import Report
from reports.telling import NothingToTellError
from tests.personas import Person
from tests.reports.material import squeezed, text_of
from tests.reports.rows import Message, now, report_of, user_of

pytestmark = pytest.mark.usefixtures("files", "sent", "shelf")
NUBA, SECOND = "nuba-mountains-2002", sorted(case_files())[0]
NOTE = "Ask #panic() the *general*"


@pytest.fixture
def shelf(mediator: Person, workspace: Workspace) -> list[ShelvedCase]:
    """Two cases on the mediator's shelf, the first with a note."""
    files = case_files()
    load_library({slug: files[slug] for slug in (NUBA, SECOND)})
    person = user_of(mediator)
    shelved = [put_on_shelf(Case.objects.get(slug=slug), by=person, workspace=workspace) for slug in (NUBA, SECOND)]
    write_note(shelved[0], NOTE, read=0, by=person)
    return shelved


def requested(person: Person, workspace: Workspace, **fields: Any) -> Report:
    return request(Wanted(kind=Report.Kind.SHELF, **fields), by=user_of(person))


def pdf_of(report: Report) -> bytes:
    render(report.pk)
    made = now(report)
    assert (made.state, made.error) == ("done", "")
    content: bytes = made.file.read()
    return content


def test_button_leads_to_the_progress_of_the_report(
    mediator: Person, sent: list[Message], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert f'action="{reverse("reports:request_shelf")}"' in mediator.client.get("/cases/shelf/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page = mediator.client.post(reverse("reports:request_shelf"), follow=True)
    report = Report.objects.get()
    assert page.redirect_chain == [(report.get_absolute_url(), 302)]
    assert "Cases on your shelf" in page.content.decode()
    assert [message.report for message in sent] == [report.pk]


def test_file_has_facts_measures_outcome_lessons_sources_and_the_note_as_it_was_written(
    mediator: Person, workspace: Workspace
) -> None:
    text = squeezed(text_of(pdf_of(requested(mediator, workspace))))
    file = case_files()[NUBA]
    said = [file.title, file.summary, file.outcome.worked, file.outcome.did_not, NOTE, "Own note"]
    said += [measure.title for measure in file.measures] + [lesson.why for lesson in file.lessons]
    said += [source.title for source in file.sources] + [case_files()[SECOND].title, "To cite the library"]
    for words in said:
        assert squeezed(words) in text, words


def test_asking_twice_gives_the_same_report_and_after_a_change_another(
    shelf: list[ShelvedCase], mediator: Person, workspace: Workspace
) -> None:
    first = requested(mediator, workspace)
    assert requested(mediator, workspace) == first
    assert requested(mediator, workspace, language="fr") != first
    write_note(shelf[0], "Another", read=1, by=user_of(mediator))
    assert requested(mediator, workspace) != first


def test_report_tells_the_shelf_as_it_was_when_it_was_asked_for(
    shelf: list[ShelvedCase], mediator: Person, workspace: Workspace
) -> None:
    report = requested(mediator, workspace)
    write_note(shelf[0], "Written later", read=1, by=user_of(mediator))
    load_library({})
    text = squeezed(text_of(pdf_of(report)))
    assert squeezed(NOTE) in text
    assert "Writtenlater" not in text
    later = squeezed(text_of(pdf_of(requested(mediator, workspace))))
    assert squeezed("The library no longer has this case.") in later
    assert "Writtenlater" in later


def test_same_shelf_of_two_people_makes_two_reports(
    shelf: list[ShelvedCase], mediator: Person, codrafter: Person, workspace: Workspace
) -> None:
    for slug in (NUBA, SECOND):
        put_on_shelf(Case.objects.get(slug=slug), by=user_of(codrafter), workspace=workspace)
    write_note(ShelvedCase.objects.get(person=user_of(codrafter), slug=NUBA), NOTE, read=0, by=user_of(codrafter))
    mine, theirs = requested(mediator, workspace), requested(codrafter, workspace)
    assert mine.content == theirs.content
    assert mine != theirs
    assert list(reports_for(user_of(mediator))) == [mine]


def test_owner_of_the_workspace_does_not_see_it(owner: Person, mediator: Person, workspace: Workspace) -> None:
    report = requested(mediator, workspace)
    assert list(reports_for(user_of(owner))) == []
    assert owner.client.get(report.get_absolute_url()).status_code == 404
    assert "Cases on your shelf" not in owner.client.get(reverse("reports:list")).content.decode()


def test_who_left_the_workspace_sees_it_no_more(mediator: Person, workspace: Workspace) -> None:
    report = requested(mediator, workspace)
    Membership.objects.filter(user=user_of(mediator)).delete()
    assert mediator.client.get(report.get_absolute_url()).status_code == 404


def test_outsider_cannot_ask_for_a_report_in_a_workspace_of_others(outsider: Person, workspace: Workspace) -> None:
    other = user_of(outsider)
    ShelvedCase.objects.create(workspace=workspace, person=other, slug=NUBA, title="Nuba", position=1)
    with pytest.raises(NothingToTellError):
        request(Wanted(kind=Report.Kind.SHELF), by=other)
    assert not Report.objects.exists()


def test_empty_shelf_makes_no_report_and_says_so(codrafter: Person) -> None:
    page = codrafter.client.post(reverse("reports:request_shelf"), follow=True)
    assert "nothing to print" in page.content.decode()
    assert not Report.objects.exists()


def test_failed_report_can_be_tried_again_by_its_requester_alone(
    mediator: Person, owner: Person, workspace: Workspace
) -> None:
    report = requested(mediator, workspace)
    Report.objects.update(state="failed", error="for the test")
    with pytest.raises(PermissionDenied):
        retry(now(report), by=user_of(owner))
    assert retry(now(report), by=user_of(mediator)).state == "queued"
    assert pdf_of(report).startswith(b"%PDF-")


def test_list_has_reports_of_both_kinds_for_as_few_queries(
    mediator: Person, workspace: Workspace, revision: Revision
) -> None:
    requested(mediator, workspace)
    with CaptureQueriesContext(connection) as one:
        mediator.client.get(reverse("reports:list"))
    for language in ("fr", "de"):
        requested(mediator, workspace, language=language)
    report_of(revision)
    with CaptureQueriesContext(connection) as several:
        page = mediator.client.get(reverse("reports:list")).content.decode()
    assert len(one) == len(several)
    assert page.count("Cases on your shelf") == 3
    assert revision.proposal.title in page


def test_what_is_done_with_it_is_written_down_without_its_content(
    mediator: Person, workspace: Workspace, files: Path
) -> None:
    report = requested(mediator, workspace)
    pdf_of(report)
    download = mediator.client.get(reverse("reports:download", args=[report.pk]))
    assert download.headers["Content-Disposition"].startswith('attachment; filename="Cases on your shelf - shelf - ')
    entries = AuditEntry.objects.filter(subject_type="reports.report").order_by("number")
    told = [(entry.verb, entry.details) for entry in entries]
    file = {"format": "pdf", "audience": "internal"}
    assert told == [("reports.shelf_requested", file), ("reports.shelf_downloaded", file)]


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "shelf"}, {"kind": "comparison"}, {"revision": None}, {"rubric_version": ""}],
)
def test_database_holds_a_report_to_what_its_kind_tells_of(revision: Revision, wrong: dict[str, Any]) -> None:
    report_of(revision)
    with pytest.raises(IntegrityError, match="what_its_kind_tells_of"), transaction.atomic():
        Report.objects.update(**wrong)
