from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.package import Package, canonical_document
from assessments.package.changes import Replace
from assessments.package.drafts import read_draft
from proposals.domain import save_revision
from proposals.drafting.domain import change_rows
from proposals.listing import describing
from proposals.listing.describing import DESCRIBED_AS, TASK, catch_up, catch_up_with_lost
from proposals.models import NOT_SCORED, Proposal, ProposalWord, Revision
from proposals.open_parts import without_confidential_parts
from proposals.tasks import describe_proposal
from tests.personas import Person
from tests.proposals.listing.conftest import Start
from tests.reports.conftest import sent as sent
from tests.reports.conftest import unreachable_broker as unreachable_broker
from tests.reports.rows import Message, user_of


def draft_saved(proposal: Proposal, draft: dict[str, Any], by: Person) -> None:
    """A save of the builder that changes everything."""
    change_rows(proposal, [Replace(draft)], base=proposal.version, client="", by=user_of(by))


def test_imported_package_is_described_at_once(revision: Revision) -> None:
    proposal = Proposal.objects.get()
    card = assess(worked_example().package, steps=False)
    assert (proposal.phase, proposal.measure_count) == ("pre_negotiation", 4)
    assert set(proposal.sectors) >= {"security", "political"}
    assert (proposal.score, proposal.verdict) == (round(card.profile.index or 0), card.verdict.kind)
    assert (proposal.behind_since, proposal.described_as) == (None, DESCRIBED_AS)
    assert (proposal.newest_number, proposal.changed_by, proposal.worked_on_by) == (
        1,
        revision.author,
        [revision.author_id],
    )


def test_who_changes_a_proposal_is_written_down_beside_who_started_it(
    revision: Revision, codrafter: Person, mediator: Person
) -> None:
    changed = worked_example().package.model_copy(update={"title": "Élan"})
    for person in (codrafter, codrafter):
        save_revision(revision.proposal, changed, by=user_of(person))
    proposal = Proposal.objects.get()
    assert proposal.worked_on_by == [user_of(mediator).pk, user_of(codrafter).pk]
    assert (proposal.changed_by, proposal.newest_number, proposal.sort_title) == (codrafter.user, 2, "elan")


def test_nothing_confidential_is_said_in_lists(start: Start) -> None:
    document = canonical_document(worked_example().package)
    diagnosis = {**document["diagnosis"], "evidence_note": "whispered", "motives": {"gos": "revenge"}}
    proposal = start("Closed", diagnosis=diagnosis, notes="unspeakable")
    words = set(ProposalWord.objects.filter(proposal=proposal).values_list("word", flat=True))
    assert "close" in words
    assert not words & {"whisper", "reveng", "unspeak"}


def test_score_in_lists_is_that_of_the_open_parts(start: Start) -> None:
    document = canonical_document(worked_example().package)
    closed = {
        **document["diagnosis"],
        "trust_deficit": 0,
        "understanding_deficit": 0,
        "will_deficit": 4,
        "evidence": "yes",
    }
    proposal = start("No will", diagnosis=closed)
    whole = read_draft(proposal.revisions.get().document).package
    assert proposal.verdict == assess(without_confidential_parts(whole), steps=False).verdict.kind
    assert proposal.verdict != assess(whole, steps=False).verdict.kind


def test_save_of_a_draft_leaves_score_and_words_to_a_worker_and_asks_once(
    revision: Revision,
    mediator: Person,
    sent: list[Message],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    draft = {"title": "A truce", "measures": [{"id": "m1", "title": "Zeppelins", "sectors": ["security"]}]}
    with django_capture_on_commit_callbacks(execute=True):
        draft_saved(revision.proposal, draft, mediator)
        draft_saved(Proposal.objects.get(), {**draft, "title": "A longer truce"}, mediator)
    before = Proposal.objects.get()
    assert (before.measure_count, before.sectors) == (1, ["security"])
    assert before.behind_since is not None
    assert [message.report for message in sent] == [before.pk]
    catch_up(before.pk)
    after = Proposal.objects.get()
    assert after.behind_since is None
    assert after.score != before.score
    assert ProposalWord.objects.filter(proposal=after, word="zeppelin").exists()
    assert not ProposalWord.objects.filter(proposal=after, word="humanitarian").exists()


def test_half_filled_and_wrong_drafts_are_described(revision: Revision, mediator: Person) -> None:
    drafts: list[dict[str, Any]] = [
        {},
        {"measures": [{}]},
        {"title": 7, "context": {"phase": "someday"}, "measures": "none"},
    ]
    for draft in drafts:
        draft_saved(Proposal.objects.get(), draft, mediator)
        catch_up(revision.proposal_id)
    proposal = Proposal.objects.get()
    assert (proposal.phase, proposal.measure_count, proposal.score) == ("", 0, NOT_SCORED)
    assert proposal.behind_since is None


def test_what_is_saved_while_a_worker_scores_is_scored_again(
    revision: Revision, mediator: Person, sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_saved(revision.proposal, {"title": "One"}, mediator)
    scored = describing._scores

    def saved_meanwhile(package: Package) -> dict[str, Any]:
        draft_saved(Proposal.objects.get(), {"title": "Two"}, mediator)
        return scored(package)

    monkeypatch.setattr(describing, "_scores", saved_meanwhile)
    catch_up(revision.proposal_id)
    assert Proposal.objects.get().behind_since is not None
    assert [message.report for message in sent] == [revision.proposal_id]


def test_save_does_not_fail_when_the_broker_is_away_and_the_sweep_finds_it(
    revision: Revision,
    mediator: Person,
    unreachable_broker: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        draft_saved(revision.proposal, {"title": "Away"}, mediator)
    assert catch_up_with_lost() == 0
    Proposal.objects.update(behind_since=timezone.now() - timedelta(minutes=2))
    assert catch_up_with_lost() == 1
    assert Proposal.objects.get().behind_since is None


def test_proposals_that_an_earlier_release_described_are_described_anew(revision: Revision) -> None:
    Proposal.objects.update(described_as="0.1/0", score=3)
    assert catch_up_with_lost() == 1
    assert Proposal.objects.get().score > 3
    assert catch_up_with_lost() == 0


def test_one_that_cannot_be_described_keeps_none_of_the_others_waiting(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = start("Bad"), start("Good")
    Proposal.objects.update(described_as="")
    through = describing.catch_up

    def fails_for_one(pk: uuid.UUID) -> None:
        if pk == bad.pk:
            raise RuntimeError("for the test")
        through(pk)

    monkeypatch.setattr(describing, "catch_up", fails_for_one)
    assert catch_up_with_lost() == 1
    assert Proposal.objects.get(pk=good.pk).behind_since is None
    assert Proposal.objects.get(pk=bad.pk).behind_since is not None


def test_proposal_that_is_gone_is_no_error_for_a_worker(revision: Revision) -> None:
    pk = revision.proposal_id
    Proposal.objects.all().delete()
    catch_up(pk)
    assert not ProposalWord.objects.exists()


def test_task_has_the_name_that_messages_are_sent_to() -> None:
    assert describe_proposal.name == TASK
