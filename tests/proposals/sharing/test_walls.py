"""Whoever a proposal is shared with opens its pages, as far as they may, and nothing else of the workspace."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from accounts import walls
from accounts.models import AuditEntry, Workspace
from cases.domain import load_library
from cases.schema import case_files
from proposals.models import Comment, GuestLink, Proposal, Revision, Share
from proposals.sharing.comments import comment_on
from proposals.sharing.domain import end_share, share
from proposals.sharing.links import make_link
from reports.models import Report
from tests.attempts import forget_attempts
from tests.personas import Person
from tests.proposals.sharing.confidential import CONFIDENTIAL
from tests.proposals.sharing.conftest import shared_person
from tests.reports.rows import report_of, user_of
from tests.test_permission_matrix import answer
from tests.walls import TAKE_IDS, WALLS, Wall, a_deleted_proposal, a_member, an_invitation, the_owners_search

READ = {
    ("proposals:proposal", "get"), ("proposals:revisions", "get"), ("proposals:revision", "get"),
    ("proposals:compare", "get"), ("proposals:variants", "get"), ("proposals:pictures", "get"),
    ("proposals:pictures_of_revision", "get"), ("proposals:precedents", "get"),
    ("proposals:precedents_of_revision", "get"), ("proposals:download", "get"), ("proposals:comments", "get"),
    ("proposals:draft_pane", "get"), ("proposals:precedents_in_the_builder", "get"), ("reports:make", "get"),
}  # fmt: skip
MEMBERS_ALONE = {
    ("proposals:delete", "get"), ("proposals:delete", "post"), ("proposals:confidential", "get"),
    ("proposals:confidential", "post"), ("proposals:new_variant", "get"), ("proposals:new_variant", "post"),
    ("proposals:sharing", "get"), ("proposals:share", "post"), ("proposals:change_share", "post"),
    ("proposals:send_share_again", "post"), ("proposals:end_share", "get"), ("proposals:end_share", "post"),
    ("proposals:make_link", "post"), ("proposals:revoke_link", "get"), ("proposals:revoke_link", "post"),
    ("proposals:transfer", "get"), ("proposals:transfer", "post"), ("proposals:hand_over", "post"),
    ("proposals:archive", "post"), ("proposals:put_back", "post"),
    ("proposals:remove_comment", "get"), ("proposals:remove_comment", "post"),
    ("reports:cancel", "post"), ("reports:remove", "get"), ("reports:remove", "post"),
}  # fmt: skip
"""What nobody does from outside: 403."""
COMMENTING = {
    ("proposals:comments", "post"): 422,
    ("proposals:answer_comment", "post"): 422,
    ("proposals:hide_scores", "post"): 302,
    ("proposals:give_up_share", "get"): 200,
    ("proposals:give_up_share", "post"): 302,
    ("reports:make_of_newest", "get"): 302,
    ("reports:make", "post"): 422,
}
EDITING = {
    ("proposals:draft", "get"): 200,
    ("proposals:draft_step", "get"): 200,
    ("proposals:draft_measure", "get"): 200,
    ("proposals:draft_presence", "get"): 200,
    ("proposals:save_draft", "post"): 302,
    ("proposals:upload_revision", "get"): 200,
    ("proposals:upload_revision", "post"): 422,
    ("proposals:restore_revision", "post"): 302,
    ("proposals:settle_comment", "post"): 302,
    ("reports:for_revision", "get"): 200,
    ("reports:request", "post"): 302,
    ("reports:report", "get"): 200,
    ("reports:download", "get"): 200,
    ("reports:retry", "post"): 302,
}
OF_A_PROPOSAL = {
    name: wall for name, wall in WALLS.items() if wall.args in TAKE_IDS
    and wall.args not in {a_deleted_proposal, a_member, an_invitation, the_owners_search}
}  # fmt: skip


def expected(name: str, wall: Wall, method: str, *, edits: bool) -> int:
    """What somebody gets who belongs to no workspace and with whom the proposal is shared."""
    call = (name, method)
    if call in READ:
        return 200
    if call in MEMBERS_ALONE:
        return 403
    if call in EDITING:
        return EDITING[call] if edits else 403
    return COMMENTING.get(call, wall.expected(method, "participant"))


@pytest.fixture(autouse=True)
def as_in_production(db: None, settings: Any) -> None:
    settings.EMBEDDED = False
    load_library({"nuba-mountains-2002": case_files()["nuba-mountains-2002"]})
    forget_attempts()


@pytest.mark.parametrize("who", ["helper", "looker"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.usefixtures("personas")
def test_every_address_answers_who_came_by_a_share(
    who: str, method: str, revision: Revision, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    wanted, found = {}, {}
    for name, wall in WALLS.items():
        if not name.startswith(("proposals:", "reports:", "accounts:", "home")):
            continue
        forget_attempts()
        with transaction.atomic():
            address = reverse(name, args=wall.args(revision))
            found[name] = answer(person, method, address, wall.form(revision) if method == "post" else {})
            transaction.set_rollback(True)
        wanted[name] = expected(name, wall, method, edits=who == "helper")
    assert found == wanted


@pytest.mark.parametrize("who", ["helper", "looker"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.usefixtures("personas")
def test_a_share_opens_no_other_proposal_of_the_workspace(
    who: str, method: str, other: Revision, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    found = {}
    for name, wall in OF_A_PROPOSAL.items():
        with transaction.atomic():
            address = reverse(name, args=wall.args(other))
            found[name] = answer(person, method, address, {})
            transaction.set_rollback(True)
    assert set(found.values()) <= {404, 405}
    assert 404 in found.values()


def test_no_page_names_another_proposal_or_a_member_by_address(
    helper: Person, revision: Revision, other: Revision, observer: Person
) -> None:
    report_of(other)
    pages = ["/", "/proposals/", "/reports/", f"/proposals/{revision.proposal_id}/",
             f"/proposals/{revision.proposal_id}/variants/", f"/proposals/{revision.proposal_id}/comments/"]  # fmt: skip
    seen = "\n".join(helper.client.get(page).content.decode() for page in pages)
    assert "Not to be seen" not in seen
    assert user_of(observer).email not in seen
    assert revision.proposal.title in seen
    beside = {"with": str(other.proposal_id)}
    assert helper.client.get(f"/proposals/{revision.proposal_id}/compare/", beside).status_code == 404


@pytest.mark.usefixtures("other")
def test_a_forgotten_filter_shows_what_is_shared_and_nothing_else(
    helper: Person, revision: Revision, other: Revision
) -> None:
    report_of(revision)
    report_of(other)
    for each in (revision, other):
        comment_on(each, "Said", by=each.author)
        make_link(each.proposal, by=each.author, label="Guest", password="x" * 12)
        share(each.proposal, "third@elsewhere.example", "observer", by=each.author)
    person = user_of(helper)
    with walls.open_to(person.roles, person=person.pk):
        assert [row.pk for row in Proposal.objects.all()] == [revision.proposal_id]
        assert {row.proposal_id for row in Revision.objects.all()} == {revision.proposal_id}
        assert [row.revision_id for row in Report.objects.all()] == [revision.pk]
        assert [row.proposal_id for row in Comment.objects.all()] == [revision.proposal_id]
        assert [row.person_id for row in Share.objects.all()] == [person.pk]
        assert not GuestLink.objects.exists()
    with walls.open_to([]):
        assert not Proposal.objects.exists()
        assert not Share.objects.exists()


def test_a_single_open_proposal_is_all_that_a_guest_connection_sees(revision: Revision, other: Revision) -> None:
    with walls.open_to([], proposals=[revision.proposal_id]):
        assert [row.pk for row in Proposal.objects.all()] == [revision.proposal_id]
        assert {row.proposal_id for row in Revision.objects.all()} == {revision.proposal_id}
        assert not Share.objects.exists()


def test_who_is_let_in_by_a_share_removes_no_row_and_shares_nothing_in_the_database(
    helper: Person, revision: Revision, other: Revision
) -> None:
    person = user_of(helper)
    with walls.open_to([], person=person.pk), transaction.atomic(), connection.cursor() as cursor:
        for table in ("proposals_proposal", "proposals_revision", "proposals_comment", "proposals_share"):
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0
        cursor.execute("UPDATE proposals_share SET kind = 'co_drafter', proposal_id = %s", [other.proposal_id])
        assert cursor.rowcount == 0


def test_an_ended_share_opens_nothing_any_more(helper: Person, revision: Revision) -> None:
    page = reverse("proposals:proposal", args=[revision.proposal_id])
    assert helper.client.get(page).status_code == 200
    end_share(Share.objects.get(), by=revision.author)
    assert helper.client.get(page).status_code == 404


def test_a_deleted_proposal_is_gone_for_whom_it_is_shared_with_too(helper: Person, revision: Revision) -> None:
    a_deleted_proposal(revision)
    assert helper.client.get(reverse("proposals:proposal", args=[revision.proposal_id])).status_code == 404
    assert not Proposal.objects.shared_with(user_of(helper)).exists()


def test_what_is_shared_with_somebody_is_told_from_what_is_theirs(
    helper: Person, revision: Revision, other: Revision, mediator: Person
) -> None:
    shared = Proposal.objects.shared_with(user_of(helper))
    assert [(each.pk, each.share_kind) for each in shared] == [(revision.proposal_id, "co_drafter")]  # type: ignore[attr-defined]
    assert not Proposal.objects.shared_with(user_of(mediator)).exists()
    assert set(Proposal.objects.visible_to(user_of(mediator))) == {revision.proposal, other.proposal}


def test_a_member_with_a_lesser_role_drafts_the_one_proposal(
    revision: Revision, other: Revision, observer: Person, workspace: Workspace
) -> None:
    share(revision.proposal, user_of(observer).email.upper(), Share.Kind.CO_DRAFTER, by=revision.author)
    statuses = [
        observer.client.get(reverse("proposals:upload_revision", args=[each.proposal_id])).status_code
        for each in (revision, other)
    ]
    assert statuses == [200, 403]


@pytest.mark.parametrize("opened", [True, False])
def test_confidential_parts_are_open_to_observers_only_if_they_were_opened_to_them(
    opened: bool, secret: Revision
) -> None:
    observing = shared_person(secret, "reads", Share.Kind.OBSERVER, reads_confidential=opened)
    pages = [f"/proposals/{secret.proposal_id}/", f"/proposals/{secret.proposal_id}/revisions/1/package.json"]
    seen = "\n".join(observing.client.get(page).content.decode() for page in pages)
    assert all((words in seen) is opened for words in CONFIDENTIAL)
    report = reverse("reports:for_revision", args=[secret.pk])
    assert observing.client.get(report).status_code == (200 if opened else 403)
    assert (secret.proposal in Proposal.objects.all().confidential_to(user_of(observing))) is opened
    asked = observing.client.post(reverse("reports:request", args=[secret.pk]))
    assert asked.status_code == (302 if opened else 403)


def test_a_co_drafter_from_outside_saves_a_revision_in_the_workspace_of_the_proposal(
    helper: Person, revision: Revision
) -> None:
    changed = {**revision.document, "title": "Changed from outside"}
    address = reverse("proposals:upload_revision", args=[revision.proposal_id])
    assert helper.client.post(address, {"text": json.dumps(changed)}).status_code == 302
    newest = Revision.objects.first()
    assert newest is not None
    assert (newest.number, newest.author, newest.workspace_id) == (2, user_of(helper), revision.workspace_id)
    assert AuditEntry.objects.filter(verb="proposals.revision_saved", actor=user_of(helper)).exists()


def test_unknown_proposals_and_closed_ones_look_the_same_to_whom_another_is_shared_with(
    helper: Person, other: Revision
) -> None:
    answers = [helper.client.get(f"/proposals/{pk}/") for pk in (other.proposal_id, uuid.uuid4())]
    assert [each.status_code for each in answers] == [404, 404]
