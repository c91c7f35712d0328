from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from assessments.calibration import worked_example
from proposals.domain import delete_proposal, save_revision
from proposals.models import Comment, GuestLink, Revision
from proposals.sharing.comments import answer, comment_on
from proposals.sharing.links import comment_as_guest, make_link, open_link, revoke_link
from tests.attempts import forget_attempts
from tests.personas import Person
from tests.proposals.sharing.confidential import CONFIDENTIAL
from tests.reports.rows import user_of
from tests.walls import WALLS, Wall

PASSWORD = "orchard lantern"


@pytest.fixture(autouse=True)
def nobody_tried(db: None, settings: Any) -> None:
    settings.EMBEDDED = False
    forget_attempts()


def made(revision: Revision, number: int | None = None) -> tuple[GuestLink, str]:
    """A link and the address of its page."""
    link, token = make_link(revision.proposal, by=revision.author, label="Adviser", password=PASSWORD, revision=number)
    return link, reverse("proposals:guest", args=[token])


def guest(page: str) -> Client:
    """A browser in which the password was given."""
    client = Client()
    assert client.post(page, {"password": PASSWORD}).status_code == 302
    return client


def verbs() -> list[str]:
    return list(AuditEntry.objects.filter(verb__contains="link").order_by("pk").values_list("verb", flat=True))


def test_guests_give_the_password_and_read_the_package_without_scores_and_confidential_parts(secret: Revision) -> None:
    _, page = made(secret)
    asked = Client().get(page).content.decode()
    assert "Secret title" not in asked
    assert "Password" in asked
    shown = guest(page).get(page).content.decode()
    assert "Secret title" in shown
    assert secret.document["measures"][0]["title"] in shown
    assert not any(words in shown for words in CONFIDENTIAL)
    for word in ("Ten guidelines", "precedents", "/proposals/" + str(secret.proposal_id), "/workspace/"):
        assert word not in shown


def test_a_wrong_password_opens_nothing_and_is_written_down(revision: Revision) -> None:
    _, page = made(revision)
    client = Client()
    wrong = client.post(page, {"password": "not this one"})
    assert wrong.status_code == 422
    assert revision.proposal.title not in wrong.content.decode()
    assert revision.proposal.title not in client.get(page).content.decode()
    assert verbs() == ["proposals.link_made", "proposals.link_refused"]


def test_attempts_are_limited_also_from_many_addresses(revision: Revision) -> None:
    _, page = made(revision)
    one = [Client().post(page, {"password": "no"}).status_code for _ in range(6)]
    assert one == [422] * 5 + [429]
    forget_attempts()
    many = [Client(REMOTE_ADDR=f"10.0.0.{n}").post(page, {"password": "no"}).status_code for n in range(21)]
    assert many == [422] * 20 + [429]
    assert Client(REMOTE_ADDR="10.0.1.1").post(page, {"password": PASSWORD}).status_code == 429


def test_only_digests_of_token_and_password_are_kept(revision: Revision) -> None:
    link, page = made(revision)
    kept = str(GuestLink.objects.values().get())
    assert page.rstrip("/").rpartition("/")[2] not in kept
    assert PASSWORD not in kept
    assert link.password.startswith("argon2")
    assert PASSWORD not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("how", ["expired", "revoked", "deleted"])
def test_a_link_that_is_over_leads_nowhere_also_for_who_is_in(how: str, revision: Revision) -> None:
    link, page = made(revision)
    client = guest(page)
    assert client.get(page).status_code == 200
    if how == "expired":
        GuestLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "revoked":
        revoke_link(link, by=revision.author)
    else:
        delete_proposal(revision.proposal, by=revision.author)
    form = {"guest_name": "Guest", "text": "Too late"}
    answers = [client.get(page), client.post(page, {"password": PASSWORD}), client.post(f"{page}comment/", form)]
    assert [each.status_code for each in answers] == [404, 404, 404]
    assert all(revision.proposal.title not in each.content.decode() for each in answers)
    unknown = client.get(reverse("proposals:guest", args=["no-such-token"]))
    assert unknown.content == answers[0].content
    assert not Comment.objects.exists()


def test_a_password_opens_its_own_link_alone(revision: Revision, other: Revision) -> None:
    client = guest(made(revision)[1])
    assert "Not to be seen" not in client.get(made(other)[1]).content.decode()


def test_a_guest_gets_to_no_other_page(revision: Revision, personas: dict[str, Person]) -> None:
    client = guest(made(revision)[1])
    for name, wall in WALLS.items():
        if name.startswith(("proposals:", "reports:")) and name not in {"proposals:guest", "proposals:guest_comment"}:
            assert client.get(reverse(name, args=_args(wall, revision))).status_code == 302, name


def _args(wall: Wall, revision: Revision) -> list[Any]:
    from django.db import transaction

    with transaction.atomic():
        args = wall.args(revision)
        transaction.set_rollback(True)
    return args


def test_the_page_says_to_robots_caches_and_other_sites_that_it_is_not_for_them(revision: Revision) -> None:
    _, page = made(revision)
    for client in (Client(), guest(page)):
        answer = client.get(page)
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]
        assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()


def test_a_link_shows_the_newest_revision_or_a_fixed_one(revision: Revision) -> None:
    newest, fixed = made(revision)[1], made(revision, 1)[1]
    changed = worked_example().package.model_copy(update={"summary": "Changed meanwhile"})
    save_revision(revision.proposal, changed, by=revision.author)
    assert "Changed meanwhile" in guest(newest).get(newest).content.decode()
    assert "Changed meanwhile" not in guest(fixed).get(fixed).content.decode()


def test_guests_comment_with_a_name_and_read_the_answers_but_no_other_comments(revision: Revision) -> None:
    _, page = made(revision)
    comment_on(revision, "Among the drafters", by=revision.author)
    client = guest(page)
    measure = f"/measures/{revision.document['measures'][0]['id']}"
    assert "selected" in client.get(page, {"about": measure}).content.decode()
    without = client.post(f"{page}comment/", {"about": measure, "text": "Who pays?"})
    assert without.status_code == 422
    assert "Who pays?" in without.content.decode()
    client.post(f"{page}comment/", {"about": measure, "text": "Who pays?", "guest_name": "Amal"})
    said = Comment.objects.get(author=None)
    assert (said.guest_name, said.address, said.text) == ("Amal", measure, "Who pays?")
    answer(said, "The fund does.", by=revision.author)
    shown = client.get(page).content.decode()
    assert "Who pays?" in shown
    assert "The fund does." in shown
    assert "Among the drafters" not in shown
    assert "Who pays?" not in guest(made(revision)[1]).get(page).content.decode()
    assert AuditEntry.objects.get(verb="proposals.link_commented").actor is None


def test_a_guest_comments_on_no_part_that_is_closed(secret: Revision) -> None:
    _, page = made(secret)
    form = {"about": "/diagnosis", "text": "Hm", "guest_name": "Amal"}
    assert guest(page).post(f"{page}comment/", form).status_code == 422
    assert not Comment.objects.exists()


def test_a_visit_is_written_down_once_an_hour_and_browser(revision: Revision) -> None:
    _, page = made(revision)
    client = guest(page)
    for _ in range(3):
        client.get(page)
    guest(page).get(page)
    assert verbs() == ["proposals.link_made", "proposals.link_opened", "proposals.link_opened"]
    assert {entry.actor for entry in AuditEntry.objects.filter(verb="proposals.link_opened")} == {None}


def test_who_made_the_link_is_told_of_new_comments_until_they_look(
    revision: Revision, mediator: Person, codrafter: Person
) -> None:
    link, _ = made(revision)
    comment_as_guest(link, revision, name="Amal", text="Who pays?")
    sharing, comments = (reverse(f"proposals:{name}", args=[revision.proposal_id]) for name in ("sharing", "comments"))
    assert "1 new" in mediator.client.get(sharing).content.decode()
    assert "1 new" not in codrafter.client.get(sharing).content.decode()
    codrafter.client.get(comments)
    assert "1 new" in mediator.client.get(sharing).content.decode()
    assert "Who pays?" in mediator.client.get(comments).content.decode()
    assert "1 new" not in mediator.client.get(sharing).content.decode()


def test_the_link_is_shown_once_to_who_makes_it(revision: Revision, mediator: Person) -> None:
    address = reverse("proposals:make_link", args=[revision.proposal_id])
    shown = mediator.client.post(address, {"label": "Adviser", "password": PASSWORD, "days": 3}).content.decode()
    token = shown.partition("/proposals/guest/")[2].partition("/")[0]
    assert open_link(token) == GuestLink.objects.get()
    assert timedelta(days=2.9) < GuestLink.objects.get().expires_at - timezone.now() < timedelta(days=3)
    assert token not in mediator.client.get(reverse("proposals:sharing", args=[revision.proposal_id])).content.decode()


@pytest.mark.parametrize("wrong", [{"days": 91}, {"days": 0}, {"password": "short"}, {"label": ""}, {"shows": "7"}])
def test_what_is_wrong_with_a_link_is_told_at_its_field(
    wrong: dict[str, Any], revision: Revision, mediator: Person
) -> None:
    form = {"label": "Adviser", "password": PASSWORD, "days": 3} | wrong
    answer = mediator.client.post(reverse("proposals:make_link", args=[revision.proposal_id]), form)
    assert answer.status_code == 422
    assert set(answer.context["link_form"].errors) == set(wrong)
    assert not GuestLink.objects.exists()


def test_only_drafters_of_the_workspace_make_links(revision: Revision, helper: Person, observer: Person) -> None:
    for person in (helper, observer):
        with pytest.raises(PermissionDenied):
            make_link(revision.proposal, by=User.objects.get(pk=user_of(person).pk), label="x", password=PASSWORD)
