from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from assessments.calibration import worked_example
from proposals.domain import save_revision
from proposals.models import Comment, Revision
from proposals.purging import purge_deleted_proposals
from proposals.sharing.comments import answer, comment_on, remove, settle
from proposals.sharing.links import comment_as_guest, make_link
from tests.personas import Person
from tests.reports.rows import user_of


def page(revision: Revision) -> str:
    return reverse("proposals:comments", args=[revision.proposal_id])


def measure(revision: Revision, number: int = 0) -> str:
    return f"/measures/{revision.document['measures'][number]['id']}"


def test_who_may_read_may_comment_on_the_whole_and_on_a_place(revision: Revision, observer: Person) -> None:
    observer.client.post(page(revision), {"text": "Why so fast?"})
    observer.client.post(page(revision), {"text": "And this?", "about": measure(revision)})
    assert list(Comment.objects.values_list("text", "address", "revision_number")) == [
        ("Why so fast?", "", 1),
        ("And this?", measure(revision), 1),
    ]
    shown = observer.client.get(page(revision)).content.decode()
    anchor = f"/proposals/{revision.proposal_id}/#measure-{revision.document['measures'][0]['id']}"
    assert anchor in shown
    assert "Measure 1: " in shown
    assert AuditEntry.objects.filter(verb="proposals.commented").count() == 2


def test_the_section_of_the_proposal_shows_what_is_open(revision: Revision, observer: Person) -> None:
    done = comment_on(revision, "This is done", by=revision.author)
    comment_on(revision, "This is not", by=revision.author, address=measure(revision))
    settle(done, by=revision.author)
    assert page(revision) in observer.client.get(f"/proposals/{revision.proposal_id}/").content.decode()
    section = observer.client.get(page(revision), headers={"HX-Request": "true"}).content.decode()
    assert "This is not" in section
    assert "This is done" not in section
    assert "<html" not in section


def test_an_address_may_lead_to_any_field_and_what_is_not_there_is_refused(
    revision: Revision, mediator: Person
) -> None:
    field = f"{measure(revision)}/title"
    form = mediator.client.get(page(revision), {"about": field}).context["form"]
    assert form["about"].value() == field
    mediator.client.post(page(revision), {"text": "Shorter", "about": field})
    wrong = mediator.client.post(page(revision), {"text": "Lost?", "about": "/measures/gone"})
    assert wrong.status_code == 422
    assert "Lost?" in wrong.content.decode()
    assert [each.address for each in Comment.objects.all()] == [field]


def test_a_comment_on_what_has_gone_says_so_and_leads_to_its_revision(revision: Revision, mediator: Person) -> None:
    comment_on(revision, "Drop it", by=revision.author, address=measure(revision))
    kept = worked_example().package.measures
    assert kept is not None
    changed = worked_example().package.model_copy(update={"measures": kept[1:], "links": None, "verification": None})
    save_revision(revision.proposal, changed, by=revision.author)
    shown = mediator.client.get(page(revision)).content.decode()
    assert "no longer there" in shown
    assert f"/proposals/{revision.proposal_id}/revisions/1/" in shown


def test_comments_on_confidential_parts_stay_among_those_who_read_these(
    secret: Revision, mediator: Person, observer: Person
) -> None:
    made = comment_on(secret, "About the motives", by=secret.author, address="/diagnosis/motives")
    assert "About the motives" in mediator.client.get(page(secret)).content.decode()
    assert "About the motives" not in observer.client.get(page(secret)).content.decode()
    reply = reverse("proposals:answer_comment", args=[secret.proposal_id, made.pk])
    assert observer.client.post(reply, {f"answer-{made.pk}-text": "What?"}).status_code == 404
    assert observer.client.post(page(secret), {"text": "Hm", "about": "/diagnosis"}).status_code == 422


def test_answers_make_one_level(revision: Revision, observer: Person, mediator: Person) -> None:
    first = comment_on(revision, "Why?", by=revision.author, address=measure(revision))
    address = reverse("proposals:answer_comment", args=[revision.proposal_id, first.pk])
    assert observer.client.post(address, {f"answer-{first.pk}-text": "Because."}).status_code == 302
    second = Comment.objects.get(text="Because.")
    third = answer(second, "Not so.", by=revision.author)
    assert {second.parent_id, third.parent_id} == {first.pk}
    assert third.address == first.address
    shown = mediator.client.get(page(revision)).content.decode()
    assert shown.index("Why?") < shown.index("Because.") < shown.index("Not so.")
    empty = observer.client.post(address, {f"answer-{first.pk}-text": " "})
    assert empty.status_code == 422


def test_drafters_and_the_author_settle_and_open_again(revision: Revision, observer: Person, reviewer: Person) -> None:
    own = comment_on(revision, "Mine", by=user_of(observer))
    settle(own, by=user_of(observer))
    settle(own, by=revision.author, settled=False)
    with pytest.raises(PermissionDenied):
        settle(own, by=user_of(reviewer))
    address = reverse("proposals:settle_comment", args=[revision.proposal_id, own.pk])
    observer.client.post(address)
    own.refresh_from_db()
    assert own.resolved_by == user_of(observer)
    observer.client.post(address, {"again": "1"})
    own.refresh_from_db()
    assert own.resolved_at is None
    deeds = AuditEntry.objects.filter(verb__startswith="proposals.comment_").order_by("pk")
    settled, opened = "proposals.comment_settled", "proposals.comment_reopened"
    assert [each.verb for each in deeds] == [settled, opened, settled, opened]


def test_authors_take_away_within_the_hour_and_drafters_at_any_time(
    revision: Revision, observer: Person, reviewer: Person, helper: Person
) -> None:
    person = user_of(observer)
    early, late, others = (comment_on(revision, text, by=person) for text in ("early", "late", "others"))
    remove(early, by=person)
    Comment.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(hours=1, seconds=1))
    for by in (person, user_of(reviewer), User.objects.get(pk=user_of(helper).pk)):
        with pytest.raises(PermissionDenied):
            remove(late, by=by)
    with pytest.raises(PermissionDenied):
        remove(others, by=user_of(reviewer))
    remove(late, by=revision.author)
    assert [each.text for each in Comment.objects.all()] == ["", "", "others"]
    entries = AuditEntry.objects.filter(verb="proposals.comment_removed").order_by("pk")
    assert [(each.actor, each.details["author"]) for each in entries] == [
        (person, "Observer"),
        (revision.author, "Observer"),
    ]


def test_answers_outlive_what_they_answer(revision: Revision, mediator: Person) -> None:
    first = comment_on(revision, "Why?", by=revision.author)
    answer(first, "Because.", by=revision.author)
    alone = comment_on(revision, "Never mind", by=revision.author)
    for each in (first, alone):
        remove(each, by=revision.author)
    shown = mediator.client.get(page(revision)).content.decode()
    assert "Because." in shown
    assert shown.count("was taken away") == 1
    assert "Why?" not in shown
    with pytest.raises(PermissionDenied):
        answer(first, "Too late", by=revision.author)


def test_marks_of_html_are_text(revision: Revision, mediator: Person) -> None:
    comment_on(revision, "<script>alert(1)</script>", by=revision.author)
    assert "<script>alert" not in mediator.client.get(page(revision)).content.decode()


def test_a_comment_of_another_proposal_is_not_found_below_this_one(
    revision: Revision, other: Revision, mediator: Person
) -> None:
    elsewhere = comment_on(other, "Elsewhere", by=revision.author)
    for name in ("answer_comment", "settle_comment", "remove_comment"):
        address = reverse(f"proposals:{name}", args=[revision.proposal_id, elsewhere.pk])
        assert mediator.client.post(address).status_code == 404


@pytest.mark.parametrize("name", ["comments", "sharing"])
def test_pages_ask_as_often_for_one_as_for_three(name: str, revision: Revision, mediator: Person) -> None:
    address = reverse(f"proposals:{name}", args=[revision.proposal_id])
    costs = []
    for count in (1, 2):
        for _ in range(count):
            link = make_link(revision.proposal, by=revision.author, label="Guest", password="x" * 12)[0]
            comment_as_guest(link, revision, name="Amal", text="Why?")
            answer(comment_on(revision, "Why?", by=revision.author), "Because", by=revision.author)
        mediator.client.get(address)
        with CaptureQueriesContext(connection) as queries:
            mediator.client.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_comments_and_links_go_with_their_proposal(revision: Revision) -> None:
    link = make_link(revision.proposal, by=revision.author, label="Guest", password="x" * 12)[0]
    first = comment_as_guest(link, revision, name="Amal", text="Why?")
    answer(first, "Because", by=revision.author)
    revision.proposal.deleted_at, revision.proposal.deleted_by = timezone.now() - timedelta(days=40), revision.author
    revision.proposal.save()
    assert purge_deleted_proposals() == 1
    assert not Comment.objects.exists()
