from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from assessments.calibration import worked_example
from assessments.package.drafts import without_keys
from proposals.comparing.domain import branch_variant, restore_revision
from proposals.domain import delete_proposal, open_confidential_to, save_revision
from proposals.models import Proposal, Revision
from proposals.purging import purge_deleted_proposals
from tests.personas import Person


@pytest.fixture
def second(revision: Revision, mediator: Person) -> Revision:
    assert mediator.user is not None
    changed = worked_example().package.model_copy(update={"title": "Second title"})
    return save_revision(revision.proposal, changed, by=mediator.user)


def details(verb: str) -> list[object]:
    return list(AuditEntry.objects.filter(verb=f"proposals.{verb}").values_list("details", flat=True))


def test_restored_state_is_a_new_revision_with_its_title_and_a_reason(
    revision: Revision, second: Revision, codrafter: Person
) -> None:
    assert codrafter.user is not None
    restored = restore_revision(revision, by=codrafter.user)
    assert restored is not None
    assert (restored.number, restored.reason) == (3, "Revision 1 restored")
    assert restored.author == codrafter.user
    assert without_keys(restored.document) == revision.document
    assert Proposal.objects.get().title == worked_example().package.title
    assert details("revision_restored") == [{"restored": 1, "revision": 3}]


def test_restoring_what_is_newest_already_changes_nothing(
    revision: Revision, second: Revision, mediator: Person
) -> None:
    assert mediator.user is not None
    assert restore_revision(second, by=mediator.user) is None
    assert restore_revision(revision, by=mediator.user) is not None
    assert restore_revision(revision, by=mediator.user) is None
    assert revision.proposal.revisions.count() == 3
    assert len(details("revision_restored")) == 1


@pytest.mark.parametrize("who", ["observer", "reviewer", "outsider", "participant"])
def test_only_drafters_restore_and_branch(
    revision: Revision, second: Revision, who: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        restore_revision(revision, by=person.user)
    with pytest.raises(PermissionDenied):
        branch_variant(revision, note="No", by=person.user)
    assert revision.proposal.revisions.count() == 2
    assert Proposal.objects.count() == 1


def test_nothing_is_restored_or_branched_of_a_proposal_that_was_deleted_meanwhile(
    revision: Revision, second: Revision, mediator: Person
) -> None:
    assert mediator.user is not None
    delete_proposal(Proposal.objects.get(), by=mediator.user)
    with pytest.raises(PermissionDenied):
        restore_revision(revision, by=mediator.user)
    with pytest.raises(PermissionDenied):
        branch_variant(revision, note="No", by=mediator.user)


def test_variant_is_a_proposal_of_the_same_workspace_and_the_base_stays(
    revision: Revision, second: Revision, codrafter: Person
) -> None:
    assert codrafter.user is not None
    variant = branch_variant(revision, note="Without patrols", left_out=["m2"], by=codrafter.user)
    kept = Proposal.objects.get(pk=variant.pk)
    assert (kept.variant_of, kept.branched_at, kept.variant_note) == (revision.proposal, 1, "Without patrols")
    assert kept.workspace == revision.workspace
    assert kept.title == worked_example().package.title
    first = kept.revisions.get()
    assert (first.number, first.reason, first.author) == (1, "Branched from revision 1", codrafter.user)
    assert revision.proposal.revisions.count() == 2
    assert details("variant_branched") == [{"base": str(revision.proposal_id)[:8], "branched_at": 1}]


def test_confidential_parts_of_a_variant_are_closed_though_those_of_the_base_are_open(
    revision: Revision, mediator: Person
) -> None:
    assert mediator.user is not None
    open_confidential_to(revision.proposal, ["reviewer"], by=mediator.user)
    assert branch_variant(revision, note="Closed", by=mediator.user).confidential_open_to == []


def test_variant_stays_when_its_base_is_gone_for_good(revision: Revision, mediator: Person) -> None:
    assert mediator.user is not None
    variant = branch_variant(revision, note="Stays", by=mediator.user)
    delete_proposal(revision.proposal, by=mediator.user)
    Proposal.objects.deleted().update(deleted_at="2020-01-01T00:00Z")
    assert purge_deleted_proposals() == 1
    kept = Proposal.objects.get()
    assert (kept.pk, kept.variant_of, kept.variant_note) == (variant.pk, None, "Stays")
