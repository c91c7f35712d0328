from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Workspace
from assessments.calibration import worked_example
from assessments.package import canonical_document, document_sha256
from proposals.domain import import_once, import_package, package_shown_to, save_revision
from proposals.examples import set_up_demonstration
from proposals.models import Proposal, Revision
from tests.personas import Person


def test_imported_package_is_the_first_revision(workspace: Workspace, mediator: Person) -> None:
    assert mediator.user is not None
    package = worked_example().package
    revision = import_package(workspace, package, by=mediator.user, reason="Uploaded")
    assert (revision.number, revision.reason, revision.author) == (1, "Uploaded", mediator.user)
    assert revision.sha256 == document_sha256(package)
    assert revision.document == canonical_document(package)
    assert revision.proposal.title == package.title


def test_observer_cannot_start_a_proposal(workspace: Workspace, observer: Person) -> None:
    assert observer.user is not None
    with pytest.raises(PermissionDenied):
        import_package(workspace, worked_example().package, by=observer.user)
    assert not Proposal.objects.exists()


def test_outsider_cannot_start_a_proposal(workspace: Workspace, outsider: Person) -> None:
    assert outsider.user is not None
    with pytest.raises(PermissionDenied):
        import_package(workspace, worked_example().package, by=outsider.user)


def test_observer_cannot_add_a_revision(revision: Revision, observer: Person) -> None:
    assert observer.user is not None
    with pytest.raises(PermissionDenied):
        save_revision(revision.proposal, worked_example().package, by=observer.user)


def test_saving_what_is_there_already_makes_no_revision(revision: Revision, mediator: Person) -> None:
    assert mediator.user is not None
    assert save_revision(revision.proposal, worked_example().package, by=mediator.user) == revision


def test_changed_package_is_the_next_revision_and_renames_the_proposal(revision: Revision, mediator: Person) -> None:
    assert mediator.user is not None
    changed = worked_example().package.model_copy(update={"title": "Renamed"})
    assert save_revision(revision.proposal, changed, by=mediator.user).number == 2
    assert Proposal.objects.get().title == "Renamed"


def test_package_is_imported_once_into_each_workspace(workspace: Workspace, mediator: Person) -> None:
    assert mediator.user is not None
    first = import_once(workspace, worked_example().package, by=mediator.user)
    assert import_once(workspace, worked_example().package, by=mediator.user) == first


def test_diagnosis_and_notes_are_shown_to_drafters_only(revision: Revision, mediator: Person, observer: Person) -> None:
    assert mediator.user is not None
    assert observer.user is not None
    assert package_shown_to(mediator.user, revision) == worked_example().package
    shown = canonical_document(package_shown_to(observer.user, revision))
    assert set(revision.document) - set(shown) == {"diagnosis"}


@pytest.mark.usefixtures("db")
def test_demonstration_has_the_worked_example_on_top_and_is_set_up_once() -> None:
    _, workspace = set_up_demonstration()
    before = workspace.proposals.count()
    assert set_up_demonstration()[1] == workspace
    assert workspace.proposals.count() == before
    newest = workspace.proposals.for_listing().first()
    assert newest is not None
    assert newest.title == worked_example().package.title
