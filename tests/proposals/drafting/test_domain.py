from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from assessments.package.addresses import ABSENT, value_at
from assessments.package.changes import ChangeError, Insert, Move, Remove
from proposals.drafting.domain import (
    ChangedMeanwhileError,
    NothingToUndoError,
    Saved,
    change_rows,
    draft_of,
    may_undo,
    redo,
    save_fields,
    start_draft,
    undo,
)
from proposals.drafting.revising import seal
from proposals.models import Edit, Proposal, Revision
from tests.personas import Person

TITLE = "/measures/m1/title"
PHASE = "/context/phase"


@pytest.fixture
def proposal(revision: Revision) -> Proposal:
    return revision.proposal


@pytest.fixture
def amina(mediator: Person) -> User:
    assert mediator.user is not None
    return mediator.user


@pytest.fixture
def bo(codrafter: Person) -> User:
    assert codrafter.user is not None
    return codrafter.user


def save(proposal: Proposal, by: User, wanted: dict[str, Any], base: int | None = None, client: str = "") -> Saved:
    fresh = Proposal.objects.get(pk=proposal.pk)
    return save_fields(
        fresh, lambda _draft: wanted, base=fresh.version if base is None else base, client=client or str(by.pk), by=by
    )


def now_at(proposal: Proposal, at: str) -> Any:
    newest = proposal.revisions.first()
    assert newest is not None
    return value_at(draft_of(newest), at)


def test_what_one_person_saves_within_a_minute_is_one_revision(proposal: Proposal, amina: User) -> None:
    for words in ("One", "Two", "Three"):
        save(proposal, amina, {TITLE: words})
    assert list(proposal.revisions.values_list("number", flat=True)) == [2, 1]
    assert now_at(proposal, TITLE) == "Three"
    assert Edit.objects.count() == 3
    assert AuditEntry.objects.filter(verb="proposals.revision_saved").count() == 1


def test_after_a_minute_or_somebody_elses_save_a_new_revision_begins(proposal: Proposal, amina: User, bo: User) -> None:
    save(proposal, amina, {TITLE: "One"})
    Revision.objects.filter(number=2).update(created_at=timezone.now() - timedelta(minutes=2))
    save(proposal, amina, {TITLE: "Two"})
    save(proposal, bo, {PHASE: "negotiation"})
    save(proposal, amina, {TITLE: "Three"})
    assert list(proposal.revisions.values_list("number", "author")) == [
        (5, amina.pk), (4, bo.pk), (3, amina.pk), (2, amina.pk), (1, amina.pk),
    ]  # fmt: skip


def test_a_revision_that_something_refers_to_changes_no_more(proposal: Proposal, amina: User) -> None:
    first = save(proposal, amina, {TITLE: "One"}).revision
    seal(first)
    second = save(proposal, amina, {TITLE: "Two"}).revision
    assert (first.number, second.number) == (2, 3)
    changes: list[dict[str, Any]] = [{"document": {}}, {"sha256": "0" * 64}, {"is_sealed": False}, {"number": 9}]
    for change in changes:
        with pytest.raises(DatabaseError, match="a sealed revision does not change"), transaction.atomic():
            Revision.objects.filter(pk=first.pk).update(**change)


def test_half_filled_and_unreadable_fields_are_kept_and_told(proposal: Proposal, amina: User) -> None:
    saved = save(proposal, amina, {"/measures/m1/steps": "a few", TITLE: ABSENT})
    assert [problem.address for problem in saved.reading.problems] == ["/measures/m1/title", "/measures/m1/steps"]
    assert now_at(proposal, "/measures/m1/steps") == "a few"
    assert saved.revision.sha256 != save(proposal, amina, {"/measures/m1/steps": "some"}).revision.sha256


def test_title_of_the_proposal_follows_its_draft(proposal: Proposal, amina: User) -> None:
    save(proposal, amina, {"/title": "A  new\ntitle " + "x" * 300})
    assert Proposal.objects.get().title == ("A new title " + "x" * 300)[:200]
    save(proposal, amina, {"/title": ABSENT})
    assert Proposal.objects.get().title == "Untitled package"


def test_edits_to_different_fields_are_merged(proposal: Proposal, amina: User, bo: User) -> None:
    save(proposal, amina, {TITLE: "Hers"}, base=0)
    saved = save(proposal, bo, {PHASE: "negotiation", "/measures/m2/title": "His"}, base=0)
    assert saved.conflicts == []
    assert (now_at(proposal, TITLE), now_at(proposal, PHASE)) == ("Hers", "negotiation")
    assert now_at(proposal, "/measures/m2/title") == "His"


def test_the_same_field_is_left_alone_and_told_while_the_others_are_saved(
    proposal: Proposal, amina: User, bo: User
) -> None:
    save(proposal, amina, {TITLE: "Hers"}, base=0)
    saved = save(proposal, bo, {TITLE: "His", PHASE: "negotiation"}, base=0)
    [conflict] = saved.conflicts
    assert (conflict.clash.at, conflict.clash.theirs, conflict.clash.mine) == (TITLE, "Hers", "His")
    assert conflict.edit is not None
    assert conflict.edit.author == amina
    assert (now_at(proposal, TITLE), now_at(proposal, PHASE)) == ("Hers", "negotiation")
    assert save(proposal, bo, {TITLE: "His"}, base=saved.version).conflicts == []
    assert now_at(proposal, TITLE) == "His"


def test_what_both_changed_alike_or_one_left_as_it_was_is_no_conflict(
    proposal: Proposal, amina: User, bo: User
) -> None:
    was = now_at(proposal, PHASE)
    save(proposal, amina, {TITLE: "Same", PHASE: "implementation"}, base=0)
    saved = save(proposal, bo, {TITLE: "Same", PHASE: was}, base=0)
    assert saved.conflicts == []
    assert now_at(proposal, PHASE) == "implementation"


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(proposal: Proposal, amina: User) -> None:
    save(proposal, amina, {TITLE: "First"}, base=0)
    assert save(proposal, amina, {TITLE: "First"}, base=0).conflicts == []
    assert save(proposal, amina, {TITLE: "Second"}, base=0).conflicts == []
    assert now_at(proposal, TITLE) == "Second"


def test_another_page_of_the_same_person_is_somebody_else(proposal: Proposal, amina: User) -> None:
    save(proposal, amina, {TITLE: "In one tab"}, base=0, client="tab 1")
    assert len(save(proposal, amina, {TITLE: "In another"}, base=0, client="tab 2").conflicts) == 1


def test_text_for_a_row_that_is_gone_comes_back(proposal: Proposal, amina: User, bo: User) -> None:
    change_rows(proposal, [Remove("/measures/m1")], base=0, client="a", by=amina)
    saved = save(proposal, bo, {TITLE: "His", "/measures/m1/binding": ABSENT, PHASE: "negotiation"}, base=0)
    [conflict] = saved.conflicts
    assert (conflict.clash.mine, conflict.clash.is_gone) == ("His", True)
    assert now_at(proposal, PHASE) == "negotiation"


def test_a_row_that_somebody_else_changed_meanwhile_is_not_taken_out(proposal: Proposal, amina: User, bo: User) -> None:
    saved = save(proposal, amina, {TITLE: "Hers"}, base=0)
    with pytest.raises(ChangedMeanwhileError) as caught:
        change_rows(proposal, [Remove("/measures/m1")], base=0, client="b", by=bo)
    assert caught.value.edit.author == amina
    change_rows(proposal, [Remove("/measures/m1")], base=saved.version, client="b", by=bo)
    assert now_at(proposal, "/measures/m1") is ABSENT
    with pytest.raises(ChangeError):
        change_rows(proposal, [Remove("/measures/m1")], base=saved.version, client="b", by=bo)


def test_moving_a_row_that_somebody_writes_in_disturbs_neither(proposal: Proposal, amina: User, bo: User) -> None:
    change_rows(proposal, [Move("/measures/m1")], base=0, client="a", by=amina)
    assert save(proposal, bo, {TITLE: "His"}, base=0).conflicts == []
    newest = proposal.revisions.first()
    assert newest is not None
    assert newest.document["measures"][-1]["title"] == "His"


def test_undo_and_redo_go_step_by_step_through_ones_own_changes(proposal: Proposal, amina: User, bo: User) -> None:
    was = now_at(proposal, TITLE)
    save(proposal, amina, {TITLE: "One"})
    save(proposal, bo, {PHASE: "implementation"})
    change_rows(proposal, [Insert("/links", {"_key": "new"})], base=9, client="a", by=amina)
    assert may_undo(proposal, by=amina) == (True, False)
    undo(proposal, client="a", by=amina)
    assert now_at(proposal, "/links/new") is ABSENT
    undo(proposal, client="a", by=amina)
    assert now_at(proposal, TITLE) == was
    assert may_undo(proposal, by=amina) == (False, True)
    with pytest.raises(NothingToUndoError):
        undo(proposal, client="a", by=amina)
    redo(proposal, client="a", by=amina)
    redo(proposal, client="a", by=amina)
    assert (now_at(proposal, TITLE), now_at(proposal, "/links/new")) == ("One", {"_key": "new"})
    with pytest.raises(NothingToUndoError):
        redo(proposal, client="a", by=amina)
    assert now_at(proposal, PHASE) == "implementation"
    assert may_undo(proposal, by=bo) == (True, False)


def test_after_a_new_change_what_was_taken_back_is_not_done_again(proposal: Proposal, amina: User) -> None:
    save(proposal, amina, {TITLE: "One"})
    undo(proposal, client="a", by=amina)
    save(proposal, amina, {PHASE: "implementation"})
    with pytest.raises(NothingToUndoError):
        redo(proposal, client="a", by=amina)


def test_undo_overwrites_nothing_that_somebody_else_wrote_there(proposal: Proposal, amina: User, bo: User) -> None:
    save(proposal, amina, {TITLE: "Hers"})
    save(proposal, bo, {TITLE: "His"})
    with pytest.raises(ChangedMeanwhileError):
        undo(proposal, client="a", by=amina)
    assert now_at(proposal, TITLE) == "His"


def test_undo_of_an_added_row_keeps_what_somebody_else_wrote_in_it(proposal: Proposal, amina: User, bo: User) -> None:
    change_rows(proposal, [Insert("/links", {"_key": "new"})], base=0, client="a", by=amina)
    save(proposal, bo, {"/links/new/target": "The talks"})
    with pytest.raises(ChangedMeanwhileError):
        undo(proposal, client="a", by=amina)
    assert now_at(proposal, "/links/new/target") == "The talks"


def test_a_save_that_changes_nothing_writes_nothing(proposal: Proposal, amina: User) -> None:
    saved = save(proposal, amina, {TITLE: now_at(proposal, TITLE)})
    assert not saved.changed
    assert (Edit.objects.count(), proposal.revisions.count()) == (0, 1)


@pytest.mark.parametrize("who", ["observer", "reviewer", "trainer", "participant", "outsider"])
def test_only_drafters_change_a_draft(proposal: Proposal, who: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who).user
    for deed in (
        lambda: save_fields(proposal, lambda _draft: {TITLE: "x"}, base=0, client="", by=user),
        lambda: change_rows(proposal, [Remove("/measures/m1")], base=0, client="", by=user),
        lambda: undo(proposal, client="", by=user),
        lambda: redo(proposal, client="", by=user),
        lambda: start_draft(proposal.workspace, {}, by=user),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert Edit.objects.count() == 0


def test_a_draft_can_be_begun_with_anything(proposal: Proposal, amina: User) -> None:
    revision = start_draft(proposal.workspace, {"title": 7, "measures": "none yet"}, by=amina, reason="Pasted")
    assert revision.proposal.title == "Untitled package"
    saved = save(revision.proposal, amina, {"/measures": []})
    assert [problem.address for problem in saved.reading.problems] == ["/title"]


def test_saving_costs_the_same_queries_whatever_the_draft_holds(
    proposal: Proposal, amina: User, django_assert_num_queries: Any
) -> None:
    save(proposal, amina, {TITLE: "One"})
    fresh = Proposal.objects.select_related("workspace").get()
    with django_assert_num_queries(5):  # hold, newest, edit, revision, proposal
        save_fields(fresh, lambda _draft: {TITLE: "Two"}, base=1, client=str(amina.pk), by=amina)


def test_the_journal_stands_behind_the_wall(proposal: Proposal, amina: User) -> None:
    save(proposal, amina, {TITLE: "One"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = 'proposals_edit'")
        assert cursor.fetchone() == (True,)
