"""Reports of several proposals in one archive."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Notification, Workspace
from assessments.calibration import worked_example
from proposals.domain import delete_proposal, import_package
from proposals.models import Proposal, Revision
from proposals.purging import purge_deleted_proposals
from reports import making
from reports.access import reports_for
from reports.asking import Wanted
from reports.batching import MOST, request_batch, retry_batch
from reports.domain import cancel, remove, request
from reports.formats.archive import archive
from reports.formats.errors import FormatError
from reports.formats.registry import file_of
from reports.making import render
from reports.models import Report
from reports.queueing import IN_ITS_TURN
from reports.telling import NothingToTellError
from tests.personas import Person
from tests.reports.rows import LONG, Message, now, report_of, user_of

pytestmark = pytest.mark.usefixtures("files", "sent")


@pytest.fixture
def proposals(workspace: Workspace, mediator: Person) -> list[Proposal]:
    """Three proposals of the team with different titles."""
    package = worked_example().package
    titles = ("First", "Second", "Third / last")
    return [
        import_package(workspace, package.model_copy(update={"title": title}), by=user_of(mediator)).proposal
        for title in titles
    ]


@pytest.fixture
def batch(proposals: list[Proposal], workspace: Workspace, mediator: Person) -> Report:
    """An archive of all of them, asked for by the mediator."""
    return request_batch(proposals, Wanted(), by=user_of(mediator), workspace=workspace)


def parts_of(batch: Report) -> list[Report]:
    """In the order of the archive."""
    return list(Report.objects.filter(wholes__whole=batch).order_by("wholes__position"))


def make_all(batch: Report) -> None:
    """As workers do."""
    for part in parts_of(batch):
        render(part.pk)
    render(batch.pk)


def opened(batch: Report) -> zipfile.ZipFile:
    """The archive that was made."""
    made = now(batch)
    assert (made.state, made.error) == ("done", "")
    return zipfile.ZipFile(io.BytesIO(made.file.read()))


def chosen(proposals: list[Proposal], **more: Any) -> dict[str, Any]:
    """The form of the list."""
    return {"pk": [str(proposal.pk) for proposal in proposals], **more}


FULL = {"make": "1", "kind": "assessment", "format": "pdf", "audience": "internal", "language": "en", "paper": "a4"}


def test_chosen_proposals_become_one_archive_with_a_file_each(
    mediator: Person,
    proposals: list[Proposal],
    sent: list[Message],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page = mediator.client.post(reverse("reports:batch"), chosen(proposals)).content.decode()
    assert "Reports of 3 proposals" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = mediator.client.post(reverse("reports:batch"), chosen(proposals, **FULL), follow=True)
    batch = Report.objects.get(kind="batch")
    assert answer.redirect_chain == [(batch.get_absolute_url(), 302)]
    assert "0 of 3 done" in answer.content.decode()
    assert {message.report for message in sent} == {part.pk for part in parts_of(batch)}
    make_all(batch)
    assert opened(batch).namelist() == [
        "First - 1.pdf", "Second - 1.pdf", "Third _ last - 1.pdf", "README.txt", "manifest.sha256",
    ]  # fmt: skip
    assert opened(batch).read("Second - 1.pdf") == parts_of(batch)[1].file.read()
    download = mediator.client.get(reverse("reports:download", args=[batch.pk]))
    assert download.headers["Content-Type"] == "application/zip"
    assert ".zip" in download.headers["Content-Disposition"]


def test_archive_waits_for_its_last_part_which_tells_the_workers(batch: Report, sent: list[Message]) -> None:
    *first, last = parts_of(batch)
    for part in first:
        render(part.pk)
    render(batch.pk)
    assert now(batch).state == "queued"
    assert sent == []
    render(last.pk)
    assert sent == [Message(batch.pk, 0)]
    render(batch.pk)
    assert now(batch).state == "done"


def test_one_bar_says_how_many_are_done(mediator: Person, batch: Report) -> None:
    render(parts_of(batch)[0].pk)
    page = mediator.client.get(batch.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "1 of 3 done" in page
    assert '<progress id="parts-made" value="1" max="3">' in page


def test_list_shows_the_archive_and_not_its_parts_which_stand_with_their_revisions(
    mediator: Person, batch: Report
) -> None:
    page = mediator.client.get(reverse("reports:list")).content.decode()
    assert batch.get_absolute_url() in page
    part = parts_of(batch)[0]
    assert part.get_absolute_url() not in page
    of_revision = mediator.client.get(reverse("reports:for_revision", args=[part.revision_id])).content.decode()
    assert part.get_absolute_url() in of_revision


def test_only_the_archive_is_told_when_it_is_ready(mediator: Person, batch: Report) -> None:
    make_all(batch)
    told = Notification.objects.get()
    assert (told.person, told.address) == (mediator.user, batch.get_absolute_url())


def test_part_that_failed_is_named_in_the_archive_and_on_the_page_and_can_be_tried_again(
    mediator: Person, batch: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_for_the_second(model: Any, *more: Any) -> bytes:
        if "Second" in (model.title, model.name):
            raise FormatError("a letter is missing")
        return file_of(model, *more)

    monkeypatch.setattr(making, "file_of", fails_for_the_second)
    make_all(batch)
    read_me = opened(batch).read("README.txt").decode()
    assert "- Second - 1.pdf: a letter is missing" in read_me
    assert "Second - 1.pdf" not in opened(batch).namelist()
    page = mediator.client.get(batch.get_absolute_url()).content.decode()
    assert "1 report is not in the archive" in page
    assert "a letter is missing" in page
    monkeypatch.undo()
    mediator.client.post(reverse("reports:retry", args=[batch.pk]))
    assert now(batch).state == "queued"
    make_all(batch)
    assert "Second - 1.pdf" in opened(batch).namelist()
    assert "could not be made" not in opened(batch).read("README.txt").decode()


def test_report_that_is_there_already_is_taken_and_not_made_again(
    proposals: list[Proposal], workspace: Workspace, mediator: Person
) -> None:
    revision = proposals[0].revisions.get()
    made = request(Wanted(revision=revision), by=user_of(mediator))
    render(made.pk)
    batch = request_batch(proposals, Wanted(), by=user_of(mediator), workspace=workspace)
    assert made in parts_of(batch)
    assert request_batch(proposals, Wanted(), by=user_of(mediator), workspace=workspace) == batch


def test_archive_of_what_is_all_there_is_made_at_once(
    proposals: list[Proposal],
    workspace: Workspace,
    mediator: Person,
    sent: list[Message],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for proposal in proposals:
        render(request(Wanted(revision=proposal.revisions.get()), by=user_of(mediator)).pk)
    with django_capture_on_commit_callbacks(execute=True):
        batch = request_batch(proposals, Wanted(), by=user_of(mediator), workspace=workspace)
    assert sent == [Message(batch.pk, 0)]


def test_cancelling_calls_off_the_parts_that_nobody_else_waits_for(
    proposals: list[Proposal], workspace: Workspace, mediator: Person, codrafter: Person
) -> None:
    alone = request(Wanted(revision=proposals[0].revisions.get()), by=user_of(codrafter))
    batch = request_batch(proposals, Wanted(), by=user_of(mediator), workspace=workspace)
    other = request_batch(proposals[1:2], Wanted(), by=user_of(codrafter), workspace=workspace)
    cancel(batch, by=user_of(mediator))
    assert now(batch).state == "cancelled"
    assert [part.state for part in parts_of(batch)] == ["queued", "queued", "cancelled"]
    assert parts_of(batch)[0] == alone
    make_all(other)
    assert now(other).state == "done"


def test_part_is_not_cancelled_by_itself_nor_removed_while_the_archive_has_it(batch: Report, mediator: Person) -> None:
    part = parts_of(batch)[0]
    assert cancel(part, by=user_of(mediator)).state == "queued"
    with pytest.raises(NothingToTellError):
        remove(part, by=user_of(mediator))
    remove(batch, by=user_of(mediator))
    remove(part, by=user_of(mediator))
    assert len(Report.objects.all()) == 2


def test_what_the_person_may_not_read_is_left_out_and_named(
    proposals: list[Proposal], workspace: Workspace, reviewer: Person
) -> None:
    proposals[0].confidential_open_to = ["reviewer"]
    proposals[0].save()
    batch = request_batch(proposals, Wanted(), by=user_of(reviewer), workspace=workspace)
    make_all(batch)
    assert opened(batch).namelist() == ["First - 1.pdf", "README.txt", "manifest.sha256"]
    assert "- Second" in opened(batch).read("README.txt").decode()
    with pytest.raises(NothingToTellError):
        request_batch(proposals[1:], Wanted(), by=user_of(reviewer), workspace=workspace)


def test_archive_is_there_for_its_requester_alone_and_only_while_they_may_read_all_of_it(
    proposals: list[Proposal], workspace: Workspace, reviewer: Person, mediator: Person, outsider: Person
) -> None:
    proposals[0].confidential_open_to = ["reviewer"]
    proposals[0].save()
    batch = request_batch(proposals[:1], Wanted(), by=user_of(reviewer), workspace=workspace)
    make_all(batch)
    address = reverse("reports:download", args=[batch.pk])
    assert [who.client.get(address).status_code for who in (reviewer, mediator, outsider)] == [200, 404, 404]
    assert batch in reports_for(user_of(reviewer))
    Proposal.objects.update(confidential_open_to=[])
    assert reviewer.client.get(address).status_code == 403
    assert batch not in reports_for(user_of(reviewer))


def test_archive_is_closed_while_a_proposal_is_deleted_and_gone_when_that_is_gone_for_good(
    batch: Report, proposals: list[Proposal], mediator: Person
) -> None:
    make_all(batch)
    delete_proposal(proposals[0], by=user_of(mediator))
    assert mediator.client.get(reverse("reports:download", args=[batch.pk])).status_code == 403
    Proposal.objects.filter(pk=proposals[0].pk).update(deleted_at=timezone.now() - 1000 * LONG)
    assert purge_deleted_proposals() == 1
    assert (now(batch).state, now(batch).file.name) == ("expired", "")
    assert mediator.client.get(reverse("reports:download", args=[batch.pk])).status_code == 404
    retry_batch(now(batch), by=user_of(mediator))
    make_all(batch)
    assert opened(batch).namelist() == ["Second - 1.pdf", "Third _ last - 1.pdf", "README.txt", "manifest.sha256"]


def test_archive_that_is_packed_while_a_proposal_goes_for_good_is_packed_anew(
    batch: Report, proposals: list[Proposal], mediator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in parts_of(batch):
        render(part.pk)

    def purged_meanwhile(files: Any, made_at: Any) -> bytes:
        packed = archive(files, made_at)
        delete_proposal(proposals[0], by=user_of(mediator))
        Proposal.objects.filter(pk=proposals[0].pk).update(deleted_at=timezone.now() - 1000 * LONG)
        assert purge_deleted_proposals() == 1
        return packed

    with monkeypatch.context() as patch:
        patch.setattr(making, "archive", purged_meanwhile)
        render(batch.pk)
    assert now(batch).state == "queued"
    render(batch.pk)
    assert "First - 1.pdf" not in opened(batch).namelist()


def test_parts_go_behind_reports_that_somebody_waits_for(
    proposals: list[Proposal],
    workspace: Workspace,
    mediator: Person,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    from cbm_advisor.celery import app

    priorities: list[int] = []
    monkeypatch.setattr(app, "send_task", lambda *_, priority, **__: priorities.append(priority))
    with django_capture_on_commit_callbacks(execute=True):
        request_batch(proposals, Wanted(), by=user_of(mediator), workspace=workspace)
    assert priorities == [IN_ITS_TURN] * 3


def test_too_many_at_once_are_refused(mediator: Person, workspace: Workspace, proposals: list[Proposal]) -> None:
    many = proposals * (MOST // len(proposals) + 1)
    with pytest.raises(NothingToTellError, match="500"):
        request_batch(many, Wanted(), by=user_of(mediator), workspace=workspace)
    assert not Report.objects.exists()


def test_what_cannot_be_is_told_and_what_was_typed_stays(mediator: Person, proposals: list[Proposal]) -> None:
    form = chosen(proposals, **FULL, watermark="W" * 41, classification="For our eyes")
    answer = mediator.client.post(reverse("reports:batch"), form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="For our eyes"' in page
    assert "W" * 41 in page
    assert all(str(proposal.pk) in page for proposal in proposals)
    assert not Report.objects.exists()


def test_all_that_match_can_be_taken_and_one_alone_leads_to_its_page(
    mediator: Person, proposals: list[Proposal]
) -> None:
    page = mediator.client.post(reverse("reports:batch"), {"all": "1", "query": ""}).content.decode()
    assert "Reports of 3 proposals" in page
    one = mediator.client.post(reverse("reports:batch"), {"only": str(proposals[0].pk)}, follow=True)
    assert one.redirect_chain[-1][0] == reverse("reports:make", args=[proposals[0].revisions.get().pk])
    assert reverse("reports:batch") in mediator.client.get(reverse("proposals:list")).content.decode()


def test_nothing_chosen_leads_back_and_says_so(mediator: Person, proposals: list[Proposal]) -> None:
    page = mediator.client.post(reverse("reports:batch"), {"query": "?sort=title"}, follow=True)
    assert page.redirect_chain == [(reverse("proposals:list") + "?sort=title", 302)]
    assert "Nothing was chosen" in page.content.decode()


def test_revision_that_stands_in_an_archive_is_written_on_no_more(
    revision: Revision, workspace: Workspace, mediator: Person
) -> None:
    Revision.objects.filter(pk=revision.pk).update(saved_at=timezone.now())
    request_batch([revision.proposal], Wanted(), by=user_of(mediator), workspace=workspace)
    assert Revision.objects.get(pk=revision.pk).is_sealed
    assert report_of(revision, paper="us-letter").revision == revision
