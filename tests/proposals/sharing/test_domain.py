from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import invitations, walls
from accounts.audit_words import SENTENCES
from accounts.models import AuditEntry, Invitation, Membership, User, Workspace
from assessments.calibration import worked_example
from proposals.domain import save_revision
from proposals.models import Proposal, Revision, Share
from proposals.rules import may
from proposals.sharing.domain import (
    AlreadySharedError,
    NeedlessShareError,
    change_share,
    end_share,
    give_up_share,
    send_again,
    share,
)
from tests.personas import Person
from tests.reports.rows import user_of

NEW = "new@elsewhere.example"


def fresh(person: Person) -> User:
    """As the next request finds them."""
    return User.objects.get(pk=user_of(person).pk)


def rights(person: User, proposal: Proposal) -> set[str]:
    return {right for right in ("read", "edit", "delete", "read_confidential", "share") if may(person, right, proposal)}


def test_rights_follow_the_kind_of_the_share(revision: Revision, participant: Person) -> None:
    proposal, by = revision.proposal, revision.author
    assert rights(fresh(participant), proposal) == set()
    given, path = share(proposal, user_of(participant).email, Share.Kind.OBSERVER, by=by)
    assert path == reverse("proposals:proposal", args=[proposal.pk])
    assert rights(fresh(participant), proposal) == {"read"}
    change_share(given, Share.Kind.OBSERVER, by=by, reads_confidential=True)
    assert rights(fresh(participant), proposal) == {"read", "read_confidential"}
    change_share(given, Share.Kind.CO_DRAFTER, by=by)
    assert rights(fresh(participant), proposal) == {"read", "edit", "read_confidential"}
    end_share(given, by=by)
    assert rights(fresh(participant), proposal) == set()


def test_only_drafters_of_the_workspace_share(
    revision: Revision, observer: Person, outsider: Person, helper: Person
) -> None:
    for person in (observer, outsider, helper):
        with pytest.raises(PermissionDenied):
            share(revision.proposal, NEW, Share.Kind.OBSERVER, by=fresh(person))
    assert Share.objects.count() == 1


def test_who_drafts_already_needs_no_share_and_nobody_gets_two(revision: Revision, codrafter: Person) -> None:
    with pytest.raises(NeedlessShareError):
        share(revision.proposal, user_of(codrafter).email, Share.Kind.OBSERVER, by=revision.author)
    share(revision.proposal, NEW, Share.Kind.OBSERVER, by=revision.author)
    with pytest.raises(AlreadySharedError):
        share(revision.proposal, NEW.upper(), Share.Kind.CO_DRAFTER, by=revision.author)


def test_an_invited_person_makes_an_account_and_sees_the_one_proposal(revision: Revision, mediator: Person) -> None:
    address = reverse("proposals:share", args=[revision.proposal_id])
    mediator.client.post(address, {"email": NEW, "may": "co_drafter"})
    link = re.search(r"/invitations/\S+", str(mail.outbox[0].body))
    assert link is not None
    visitor = Client()
    assert "shares a proposal" in visitor.get(link.group()).content.decode()
    form = {"name": "New", "password1": "seven quiet rivers meet here"}
    arrived = visitor.post(reverse("account_signup"), form)
    assert (arrived.status_code, arrived["Location"]) == (302, f"/proposals/{revision.proposal_id}/")
    assert visitor.get(f"/proposals/{revision.proposal_id}/").status_code == 200
    newcomer = User.objects.get(email=NEW)
    assert not newcomer.memberships.exists()
    assert Share.objects.get().person == newcomer
    assert AuditEntry.objects.filter(verb="proposals.share_accepted", workspace=revision.workspace).exists()
    assert not AuditEntry.objects.filter(verb="accounts.joined").exists()


def test_what_waits_is_given_also_to_who_comes_by_an_invitation_to_a_workspace(
    revision: Revision, outsider: Person, other_workspace: Workspace
) -> None:
    share(revision.proposal, NEW, Share.Kind.OBSERVER, by=revision.author)
    token = invitations.invite(other_workspace, NEW, Membership.Role.OBSERVER, by=user_of(outsider))[1]
    newcomer = User.objects.create_user(NEW)
    with walls.open_to([]):
        invitations.accept(token, by=newcomer)
    assert rights(User.objects.get(pk=newcomer.pk), revision.proposal) == {"read"}


def test_the_sharing_page_does_not_tell_whether_an_address_has_an_account(
    revision: Revision, mediator: Person, participant: Person
) -> None:
    known, unknown = user_of(participant).email, "participanz@example.org"
    pages = []
    for email in (known, unknown):
        answer = mediator.client.post(
            reverse("proposals:share", args=[revision.proposal_id]), {"email": email, "may": "observer"}, follow=True
        )
        text = answer.content.decode().replace(email, "ADDRESS")
        pages.append(
            re.sub(r'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|name="csrfmiddlewaretoken" value="[^"]+"', "", text)
        )
        Share.objects.all().delete()
    assert pages[0] == pages[1]
    assert [letter.to for letter in mail.outbox] == [[known], [unknown]]
    subjects = {letter.subject for letter in mail.outbox}
    assert len(subjects) == 1


def test_an_ended_share_takes_the_invitation_along(revision: Revision) -> None:
    given, path = share(revision.proposal, NEW, Share.Kind.OBSERVER, by=revision.author)
    end_share(given, by=revision.author)
    assert not Invitation.objects.open().exists()
    assert Client().get(path).status_code == 404


def test_another_letter_replaces_the_link_of_the_last(revision: Revision) -> None:
    given, first = share(revision.proposal, NEW, Share.Kind.OBSERVER, by=revision.author)
    second = send_again(given, by=revision.author)[1]
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    User.objects.create_user(NEW)
    assert send_again(given, by=revision.author)[1] == reverse("proposals:proposal", args=[revision.proposal_id])
    assert Share.objects.get().person is not None


def test_owners_see_no_invitation_to_a_single_proposal_among_those_to_the_workspace(
    revision: Revision, owner: Person
) -> None:
    share(revision.proposal, NEW, Share.Kind.OBSERVER, by=revision.author)
    page = owner.client.get(reverse("accounts:workspace")).content.decode()
    assert NEW not in page
    invitations.invite(revision.workspace, NEW, Membership.Role.OBSERVER, by=user_of(owner))
    assert Invitation.objects.open().count() == 2


def test_people_give_up_what_is_shared_with_them(revision: Revision, helper: Person, mediator: Person) -> None:
    give_up_share(revision.proposal, by=fresh(helper))
    assert not Share.objects.exists()
    with pytest.raises(PermissionDenied):
        give_up_share(revision.proposal, by=user_of(mediator))


@pytest.mark.usefixtures("transactional_db")
def test_nothing_is_saved_by_somebody_whose_share_ends_at_the_same_moment(revision: Revision, helper: Person) -> None:
    """The co-drafter's rights are read, then the share ends, then they save."""
    person = fresh(helper)
    proposal = Proposal.objects.select_related("workspace").get(pk=revision.proposal_id)
    assert may(person, "edit", proposal)
    end_share(Share.objects.get(), by=revision.author)
    package = worked_example().package.model_copy(update={"title": "Too late"})
    with walls.transaction_for(person.roles, person=person.pk), pytest.raises(PermissionDenied):
        save_revision(proposal, package, by=person)
    assert Revision.objects.count() == 1


@pytest.mark.usefixtures("transactional_db")
def test_two_who_share_with_one_address_at_once_make_one_share(
    revision: Revision, mediator: Person, codrafter: Person
) -> None:
    start, said = threading.Barrier(2), []

    def work(person: Person) -> None:
        try:
            with walls.lifted():
                by = fresh(person)
                proposal = Proposal.objects.select_related("workspace").get(pk=revision.proposal_id)
                start.wait()
                share(proposal, NEW, Share.Kind.OBSERVER, by=by)
                said.append("shared")
        except AlreadySharedError:
            said.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[each]) for each in (mediator, codrafter)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["already", "shared"]
    assert Share.objects.count() == 1


def test_every_deed_of_sharing_has_its_sentence() -> None:
    sources = "\n".join(path.read_text() for path in Path(settings.BASE_DIR, "proposals", "sharing").glob("*.py"))
    noted = set(re.findall(r'_note\(\s*"([a-z_]+)"', sources)) | {"comment_settled", "comment_reopened"}
    written = {f"proposals.{deed}" for deed in noted} | set(re.findall(r'record\(\s*"([a-z.]+_?[a-z_]+)"', sources))
    assert len(written) >= 19
    assert written - set(SENTENCES) == set()
