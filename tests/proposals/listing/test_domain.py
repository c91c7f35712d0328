from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Workspace
from assessments.calibration import worked_example
from proposals.comparing.domain import branch_variant
from proposals.domain import delete_proposal, save_revision
from proposals.listing.domain import archive_proposals, put_back_from_archive
from proposals.models import Proposal, Revision
from tests.personas import Person
from tests.proposals.listing.conftest import Start
from tests.reports.rows import user_of

CHANGED = worked_example().package.model_copy(update={"title": "Changed"})


def verbs() -> list[str]:
    return [
        *AuditEntry.objects.filter(verb__in=["proposals.archived", "proposals.unarchived"]).values_list(
            "verb", flat=True
        )
    ]


def test_archiving_and_putting_back_are_written_down_for_each_proposal_once(start: Start, mediator: Person) -> None:
    both = [start("One"), start("Two")]
    number, moment = archive_proposals(both, by=user_of(mediator))
    assert (number, set(Proposal.objects.values_list("archived_at", "archived_by"))) == (
        2,
        {(moment, user_of(mediator).pk)},
    )
    assert archive_proposals(both, by=user_of(mediator))[0] == 0
    assert put_back_from_archive(both, by=user_of(mediator)) == 2
    assert put_back_from_archive(both, by=user_of(mediator)) == 0
    assert sorted(verbs()) == ["proposals.archived"] * 2 + ["proposals.unarchived"] * 2


def test_nothing_is_archived_if_one_of_them_may_not_be(
    start: Start, mediator: Person, other_workspace: Workspace, outsider: Person
) -> None:
    ours, theirs = start("Ours"), start("Theirs", where=other_workspace, by=outsider.user)
    for verb in (archive_proposals, put_back_from_archive):
        with pytest.raises(PermissionDenied):
            verb([ours, theirs], by=user_of(mediator))
    assert not Proposal.objects.archived().exists()


def test_readers_archive_nothing(revision: Revision, observer: Person) -> None:
    with pytest.raises(PermissionDenied):
        archive_proposals([revision.proposal], by=user_of(observer))


def test_archived_proposal_cannot_be_changed_until_it_is_put_back(revision: Revision, mediator: Person) -> None:
    person, proposal = user_of(mediator), revision.proposal
    archive_proposals([proposal], by=person)
    archived = Revision.objects.get()
    for change in (
        lambda: save_revision(archived.proposal, CHANGED, by=person),
        lambda: branch_variant(archived, note="A try", by=person),
    ):
        with pytest.raises(PermissionDenied):
            change()
    put_back_from_archive([archived.proposal], by=person)
    assert save_revision(Proposal.objects.get(), CHANGED, by=person).number == 2


def test_who_had_fetched_it_before_it_was_archived_cannot_save_either(revision: Revision, mediator: Person) -> None:
    fetched = Proposal.objects.get()
    archive_proposals([revision.proposal], by=user_of(mediator))
    with pytest.raises(PermissionDenied):
        save_revision(fetched, CHANGED, by=user_of(mediator))


def test_archived_proposal_can_be_deleted(revision: Revision, mediator: Person) -> None:
    archive_proposals([revision.proposal], by=user_of(mediator))
    delete_proposal(Proposal.objects.get(), by=user_of(mediator))
    assert not Proposal.objects.kept().exists()
