from __future__ import annotations

import threading

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts import walls
from accounts.models import AuditEntry, Membership, User, Workspace
from assessments.calibration import worked_example
from proposals.comparing.domain import branch_variant
from proposals.domain import open_confidential_to, save_revision
from proposals.models import Comment, GuestLink, Proposal, Revision, Share
from proposals.sharing.comments import comment_on
from proposals.sharing.links import make_link
from proposals.sharing.transfer import hand_over, transfer
from reports.models import Report
from tests.personas import Person, person_in
from tests.reports.rows import report_of, user_of


@pytest.fixture
def mover(other_workspace: Workspace, mediator: Person) -> User:
    """The mediator, who drafts in the other workspace too."""
    Membership.objects.create(user=user_of(mediator), workspace=other_workspace, role=Membership.Role.DRAFTER)
    user_of(mediator).forget_memberships()
    return user_of(mediator)


@pytest.fixture
def laden(revision: Revision, helper: Person) -> Proposal:
    """A proposal with one of all that stands below it."""
    report_of(revision)
    comment_on(revision, "Why?", by=revision.author)
    make_link(revision.proposal, by=revision.author, label="Guest", password="x" * 12)
    open_confidential_to(revision.proposal, ["observer"], by=revision.author)
    return Proposal.objects.select_related("workspace").get(pk=revision.proposal_id)


def test_all_that_stands_below_a_proposal_goes_with_it(
    laden: Proposal, mover: User, other_workspace: Workspace, observer: Person, helper: Person
) -> None:
    with walls.transaction_for(mover.roles, person=mover.pk):
        transfer(laden, other_workspace, by=mover)
    for model in (Proposal, Revision, Report, Comment, Share, GuestLink):
        assert [row.workspace_id for row in model._default_manager.all()] == [other_workspace.pk], model
    moved = Proposal.objects.get()
    assert (moved.confidential_open_to, moved.responsible) == ([], mover)
    page = f"/proposals/{moved.pk}/"
    assert [person.client.get(page).status_code for person in (observer, helper)] == [404, 200]
    assert person_in(other_workspace, "colleague", Membership.Role.OBSERVER).client.get(page).status_code == 200


def test_every_table_with_a_proposal_and_a_workspace_follows(laden: Proposal) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_attribute AS one ON one.attrelid = oid "
            "JOIN pg_attribute AS other ON other.attrelid = oid WHERE relkind = 'r' "
            "AND one.attname IN ('proposal_id', 'revision_id') AND other.attname = 'workspace_id'"
        )
        below = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confupdtype = 'c' "
            "AND cardinality(conkey) = 2"
        )
        following = {row[0] for row in cursor.fetchall()}
    assert {"proposals_revision", "reports_report"} <= below
    assert below == following


def test_both_workspaces_get_an_entry_and_the_others_stay(
    laden: Proposal, mover: User, workspace: Workspace, other_workspace: Workspace
) -> None:
    before = AuditEntry.objects.filter(workspace=workspace).count()
    transfer(laden, other_workspace, by=mover)
    assert AuditEntry.objects.filter(workspace=workspace).count() == before + 1
    out, into = (AuditEntry.objects.get(verb=f"proposals.transferred_{way}") for way in ("out", "in"))
    assert (out.workspace, out.details) == (workspace, {"to": "Team B"})
    assert (into.workspace, into.details) == (other_workspace, {"origin": "Team A"})


def test_only_who_drafts_in_both_workspaces_moves_a_proposal(
    laden: Proposal, mediator: Person, codrafter: Person, outsider: Person, helper: Person, other_workspace: Workspace
) -> None:
    Membership.objects.create(user=user_of(codrafter), workspace=other_workspace, role=Membership.Role.OBSERVER)
    for person in (mediator, codrafter, outsider, helper):
        with pytest.raises(PermissionDenied):
            transfer(laden, other_workspace, by=User.objects.get(pk=user_of(person).pk))
    assert Proposal.objects.get().workspace == laden.workspace


def test_variants_and_base_stay_and_no_longer_name_each_other(
    revision: Revision, mover: User, other_workspace: Workspace
) -> None:
    middle = branch_variant(revision, note="Middle", by=mover)
    newest = middle.revisions.select_related("proposal__workspace").get()
    leaf = branch_variant(newest, note="Leaf", by=mover)
    transfer(middle, other_workspace, by=mover)
    for each, workspace in ((revision.proposal, revision.workspace), (leaf, revision.workspace)):
        each.refresh_from_db()
        assert (each.workspace, each.variant_of) == (workspace, None)
    middle.refresh_from_db()
    assert (middle.workspace, middle.variant_of) == (other_workspace, None)


def test_the_page_says_what_will_happen_and_does_it(
    laden: Proposal, mover: User, mediator: Person, other_workspace: Workspace
) -> None:
    address = reverse("proposals:transfer", args=[laden.pk])
    page = mediator.client.get(address).content.decode()
    for words in ("Members of Team A no longer see it", "shared with 1 person", "1 guest link stays open", "Team B"):
        assert words in page
    assert Proposal.objects.get().workspace != other_workspace
    answer = mediator.client.post(address, {"workspace": str(other_workspace.pk)})
    assert (answer.status_code, answer["Location"]) == (302, f"/proposals/{laden.pk}/")
    assert mediator.client.get(answer["Location"]).status_code == 200
    assert Proposal.objects.get().workspace == other_workspace


def test_the_page_takes_no_workspace_in_which_the_person_does_not_draft(
    laden: Proposal, mediator: Person, other_workspace: Workspace
) -> None:
    address = reverse("proposals:transfer", args=[laden.pk])
    assert mediator.client.post(address, {"workspace": str(other_workspace.pk)}).status_code == 422
    assert Proposal.objects.get().workspace == laden.workspace


def test_what_was_fetched_before_the_move_is_not_written_after_it(
    laden: Proposal, mover: User, other_workspace: Workspace, codrafter: Person, helper: Person
) -> None:
    revision = Revision.objects.select_related("proposal__workspace").get()
    transfer(laden, other_workspace, by=mover)
    changed = worked_example().package.model_copy(update={"title": "Too late"})
    for person in (codrafter, helper):
        by = User.objects.get(pk=user_of(person).pk)
        with pytest.raises(PermissionDenied):
            save_revision(revision.proposal, changed, by=by)
        with pytest.raises(PermissionDenied):
            comment_on(revision, "Too late", by=by)
    assert Revision.objects.count() == 1


def test_no_row_stays_behind_when_the_database_is_told_to(laden: Proposal, other_workspace: Workspace) -> None:
    def leave_behind() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            Comment.objects.update(workspace=other_workspace)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="a_comment_is_in_its_proposals_workspace"):
        leave_behind()


@pytest.mark.usefixtures("transactional_db")
def test_a_save_and_a_move_at_once_leave_nothing_half(
    laden: Proposal, mover: User, other_workspace: Workspace, codrafter: Person
) -> None:
    start = threading.Barrier(3)
    wrong: list[Exception] = []

    def attempt(what: object, person: User) -> None:
        try:
            proposal = Proposal.objects.select_related("workspace").get(pk=laden.pk)
            start.wait()
            if what == "move":
                transfer(proposal, other_workspace, by=person)
            elif what == "save":
                save_revision(proposal, worked_example().package.model_copy(update={"title": "At once"}), by=person)
            else:
                newest = Revision.objects.select_related("proposal__workspace").filter(proposal=proposal)[0]
                comment_on(newest, "At once", by=person)
        except PermissionDenied:
            pass
        except Exception as error:
            wrong.append(error)

    def work(what: str, pk: int) -> None:
        try:
            with walls.lifted():
                attempt(what, User.objects.get(pk=pk))
        finally:
            connection.close()

    people = {"move": mover.pk, "save": user_of(codrafter).pk, "comment": user_of(codrafter).pk}
    threads = [threading.Thread(target=work, args=each) for each in people.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert {row.workspace_id for row in Revision.objects.all()} == {other_workspace.pk}
    assert {row.workspace_id for row in Comment.objects.all()} == {other_workspace.pk}


def test_handing_over_changes_who_is_responsible_and_nothing_else(
    revision: Revision, mediator: Person, codrafter: Person, observer: Person
) -> None:
    proposal, heir = revision.proposal, user_of(codrafter)
    assert list(Proposal.objects.all().in_charge_of(user_of(mediator))) == [proposal]
    assert hand_over(proposal, heir, by=user_of(mediator))
    assert not hand_over(proposal, heir, by=user_of(mediator))
    proposal.refresh_from_db()
    assert (proposal.in_charge, proposal.created_by) == (heir, user_of(mediator))
    assert list(Proposal.objects.all().in_charge_of(heir)) == [proposal]
    assert not Proposal.objects.all().in_charge_of(user_of(mediator)).exists()
    with pytest.raises(PermissionDenied):
        hand_over(proposal, user_of(observer), by=user_of(mediator))


def test_whom_a_proposal_is_handed_to_gets_a_letter_that_does_not_name_it(
    revision: Revision, mediator: Person, codrafter: Person
) -> None:
    address = reverse("proposals:hand_over", args=[revision.proposal_id])
    mediator.client.post(address, {"person": user_of(codrafter).pk})
    letter = mail.outbox[0]
    assert letter.to == [user_of(codrafter).email]
    assert f"/proposals/{revision.proposal_id}/" in str(letter.body)
    assert revision.proposal.title not in f"{letter.subject} {letter.body}"
    mediator.client.post(address, {"person": user_of(mediator).pk})
    assert len(mail.outbox) == 1
