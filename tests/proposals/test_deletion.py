"""Deleting a proposal, putting it back, and removing it for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, Workspace
from assessments import pages
from assessments.calibration import worked_example
from assessments.models import Assessment
from proposals import purging
from proposals.domain import delete_proposal, import_once, import_package, restore_proposal, save_revision
from proposals.models import Proposal, Revision
from proposals.purging import purge_deleted_proposals
from proposals.tasks import purge_deleted_proposals as purge_task
from tests.personas import Person
from tests.reports.rows import report_of, user_of


def verbs() -> list[str]:
    """What was done to proposals, in its order, without imports."""
    found = AuditEntry.objects.filter(verb__startswith="proposals.").exclude(verb="proposals.imported")
    return [entry.verb for entry in found.order_by("pk")]


def deleted(revision: Revision, *, days: int = 0) -> Proposal:
    """The revision's proposal, deleted so many days ago."""
    proposal = delete_proposal(revision.proposal, by=revision.author)
    Proposal.objects.filter(pk=proposal.pk).update(deleted_at=timezone.now() - timedelta(days=days))
    return proposal


def pages_of(revision: Revision) -> list[str]:
    """Every address of a proposal and its reports."""
    proposal, report = revision.proposal_id, report_of(revision, state="done", file="reports/ab/ab.pdf")
    return [
        reverse("proposals:proposal", args=[proposal]),
        reverse("proposals:revision", args=[proposal, 1]),
        reverse("proposals:revisions", args=[proposal]),
        reverse("proposals:upload_revision", args=[proposal]),
        reverse("proposals:download", args=[proposal, 1, "json"]),
        reverse("proposals:delete", args=[proposal]),
        reverse("reports:for_revision", args=[revision.pk]),
        reverse("reports:report", args=[report.pk]),
        reverse("reports:download", args=[report.pk]),
    ]


def test_deleted_proposal_is_gone_from_every_list_and_its_pages_are_not_found(
    mediator: Person, observer: Person, revision: Revision
) -> None:
    addresses = pages_of(revision)
    deleted(revision)
    for person in (mediator, observer):
        assert {person.client.get(address).status_code for address in addresses} == {404}
        for name in ("home", "proposals:list", "reports:list"):
            assert revision.proposal.title not in person.client.get(reverse(name)).content.decode()
    assert mediator.client.post(reverse("reports:request", args=[revision.pk])).status_code == 404


def test_drafter_deletes_on_a_second_page_and_undoes_it_at_once(mediator: Person, revision: Revision) -> None:
    address = reverse("proposals:delete", args=[revision.proposal_id])
    assert address in mediator.client.get(reverse("proposals:proposal", args=[revision.proposal_id])).content.decode()
    assert "Delete this proposal?" in mediator.client.get(address).content.decode()
    assert Proposal.objects.kept().exists()
    after = mediator.client.post(address, follow=True).content.decode()
    assert "Undo" in after
    assert not Proposal.objects.kept().exists()
    back = mediator.client.post(reverse("proposals:restore", args=[revision.proposal_id]), follow=True)
    assert revision.proposal.title in back.content.decode()
    assert [verb for verb in verbs() if verb != "proposals.confidential_viewed"] == [
        "proposals.deleted",
        "proposals.restored",
    ]


def test_list_says_when_each_is_gone_for_good(mediator: Person, workspace: Workspace, revision: Revision) -> None:
    Workspace.objects.update(keep_deleted_days=10)
    deleted(revision, days=4)
    day = timezone.now() + timedelta(days=6)
    page = mediator.client.get(reverse("proposals:deleted")).content.decode()
    assert f"gone for good on {day.day} {day:%B %Y}" in page
    assert "Put back" in page


def test_list_asks_as_little_for_three_as_for_one(mediator: Person, revision: Revision) -> None:
    deleted(revision)
    with CaptureQueriesContext(connection) as for_one:
        mediator.client.get(reverse("proposals:deleted"))
    for _ in range(2):
        deleted(import_package(revision.proposal.workspace, worked_example().package, by=revision.author))
    with CaptureQueriesContext(connection) as for_three:
        mediator.client.get(reverse("proposals:deleted"))
    assert len(for_three) == len(for_one)


def test_others_neither_delete_nor_put_back(observer: Person, outsider: Person, revision: Revision) -> None:
    for person in (observer, outsider):
        with pytest.raises(PermissionDenied):
            delete_proposal(revision.proposal, by=user_of(person))
    deleted(revision)
    for person in (observer, outsider):
        with pytest.raises(PermissionDenied):
            restore_proposal(revision.proposal, by=user_of(person))
    assert revision.proposal.title not in outsider.client.get(reverse("proposals:deleted")).content.decode()


@pytest.mark.parametrize("verb", [delete_proposal, restore_proposal])
def test_doing_it_twice_changes_nothing(revision: Revision, verb: Callable[..., Proposal]) -> None:
    if verb is restore_proposal:
        deleted(revision)
    first = verb(revision.proposal, by=revision.author)
    before = len(verbs())
    assert verb(revision.proposal, by=revision.author).deleted_at == first.deleted_at
    assert len(verbs()) == before


def test_deleted_proposal_takes_no_revision(revision: Revision) -> None:
    fetched = Proposal.objects.get()
    deleted(revision)
    changed = worked_example().package.model_copy(update={"title": "Too late"})
    with pytest.raises(PermissionDenied):
        save_revision(fetched, changed, by=revision.author)


def test_example_that_was_deleted_is_opened_anew(revision: Revision) -> None:
    deleted(revision)
    assert import_once(revision.workspace, worked_example().package, by=revision.author) != revision


def test_proposal_is_purged_when_its_time_is_over_and_not_before(
    revision: Revision, workspace: Workspace, other_workspace: Workspace, outsider: Person
) -> None:
    other = import_package(other_workspace, worked_example().package, by=user_of(outsider))
    Workspace.objects.filter(pk=other_workspace.pk).update(keep_deleted_days=60)
    for each in (revision, other):
        deleted(each, days=31)
    kept = import_package(workspace, worked_example().package, by=revision.author)
    assert purge_deleted_proposals() == 1
    assert set(Proposal.objects.values_list("pk", flat=True)) == {other.proposal_id, kept.proposal_id}
    assert not Revision.objects.filter(pk=revision.pk).exists()
    assert purge_deleted_proposals() == 0


def test_purge_is_told_with_counts_and_id_and_without_the_title(revision: Revision) -> None:
    report_of(revision)
    proposal = deleted(revision, days=31)
    purge_task()
    entry = AuditEntry.objects.get(verb="proposals.purged")
    assert (entry.actor, entry.workspace, entry.subject_id) == (None, revision.workspace, str(proposal.pk))
    assert entry.details == {"revisions": 1, "reports": 1}


def test_stored_scorecards_go_with_the_proposal(
    mediator: Person,
    observer: Person,
    revision: Revision,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    contents = [revision.sha256, f"{revision.sha256}:open"]
    for content in contents:
        pages.forget_parts(content)  # what other tests have left there
    for person in (mediator, observer):
        person.client.get(reverse("proposals:proposal", args=[revision.proposal_id]))
    assert Assessment.objects.count() == 2
    assert all(cache.get(pages._key(content, "en")) for content in contents)
    deleted(revision, days=31)
    with django_capture_on_commit_callbacks(execute=True):
        purge_deleted_proposals()
    assert not Assessment.objects.exists()
    assert not any(cache.get(pages._key(content, "en")) for content in contents)


def test_proposal_that_cannot_be_purged_is_told_and_stands_in_nobodys_way(
    revision: Revision, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = import_package(revision.workspace, worked_example().package, by=revision.author)
    for each in (revision, other):
        deleted(each, days=31)
    forget = purging._forget_scorecards

    def fail(asked: Any) -> None:
        if asked == revision:
            raise RuntimeError(revision.proposal.title)
        forget(asked)

    with monkeypatch.context() as failing:
        failing.setattr(purging, "_forget_scorecards", fail)
        assert purge_deleted_proposals() == 1
    assert f"Proposal {revision.proposal_id} could not be purged: RuntimeError" in caplog.text
    assert revision.proposal.title not in caplog.text
    assert purge_deleted_proposals() == 1


def test_clock_purges_daily_and_sweeps_every_minute() -> None:
    schedule = {entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert isinstance(schedule[purge_task.name], crontab)
    assert schedule["reports.tasks.sweep"] == 60
