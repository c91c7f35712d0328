"""Sharing a proposal with a person, by e-mail address. Nothing here tells whether an address has an account."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import audit, invitations, walls
from accounts.models import Invitation, User
from accounts.rules import is_drafter
from proposals.drafting.domain import hold
from proposals.models import Proposal, Share
from proposals.sharing.held import forget_held


class NeedlessShareError(Exception):
    """The person drafts in the workspace and so may do everything already."""


class AlreadySharedError(Exception):
    """The proposal is shared with the address already."""


@transaction.atomic
def share(
    proposal: Proposal, email: str, kind: str, *, by: User, reads_confidential: bool = False
) -> tuple[Share, str]:
    """The share, and the path by which the person gets to the proposal: for the letter, and for nobody else.

    Raises ``PermissionDenied`` if ``by`` does not draft in the proposal's workspace, ``NeedlessShareError``,
    ``AlreadySharedError``.
    """
    hold(proposal, by=by, to="share")
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is not None and is_drafter(person, proposal):
        raise NeedlessShareError
    if proposal.shares.filter(email__iexact=email).exists():
        raise AlreadySharedError
    if person is not None:  # under a former address of theirs
        proposal.shares.filter(person=person).delete()
    made = Share.objects.create(
        proposal=proposal,
        workspace_id=proposal.workspace_id,
        email=email,
        person=person,
        kind=kind,
        reads_confidential=reads_confidential and kind == Share.Kind.OBSERVER,
        created_by=by,
    )
    _note("shared", made, proposal, by=by, kind=made.kind)
    return made, _way_to(made, by=by)


@transaction.atomic
def send_again(given: Share, *, by: User) -> tuple[Share, str]:
    """The share, and a new path for another letter; the link of the last letter leads nowhere any more.

    Raises ``PermissionDenied``, and ``Share.DoesNotExist`` if it was ended meanwhile.
    """
    hold(given.proposal, by=by, to="share")
    current = given.proposal.shares.get(pk=given.pk)
    if current.person_id is None:
        current.person = User.objects.filter(email__iexact=current.email, is_active=True).first()
        current.save(update_fields=["person"])
    _note("share_sent_again", current, given.proposal, by=by)
    return current, _way_to(current, by=by)


@transaction.atomic
def change_share(given: Share, kind: str, *, by: User, reads_confidential: bool = False) -> None:
    """What the person may do from now on. Raises ``PermissionDenied``, ``Share.DoesNotExist`` if it was ended."""
    hold(given.proposal, by=by, to="share")
    current = given.proposal.shares.get(pk=given.pk)
    new = (kind, reads_confidential and kind == Share.Kind.OBSERVER)
    if (current.kind, current.reads_confidential) == new:
        return
    current.kind, current.reads_confidential = new
    current.save(update_fields=["kind", "reads_confidential"])
    _note("share_changed", current, given.proposal, by=by, kind=kind, confidential=current.reads_confidential)


@transaction.atomic
def end_share(given: Share, *, by: User) -> None:
    """The person no longer gets to the proposal. Ending twice changes nothing. Raises ``PermissionDenied``."""
    hold(given.proposal, by=by, to="share")
    current = given.proposal.shares.filter(pk=given.pk).first()
    if current is None:
        return
    _withdraw(current)
    _note("share_ended", current, given.proposal, by=by)
    current.delete()


@transaction.atomic
def give_up_share(proposal: Proposal, *, by: User) -> None:
    """``by`` no longer wants to see the proposal. Raises ``PermissionDenied`` if it is not shared with them."""
    with walls.lifted():  # a share is the workspace's to end, and here the person's own
        own = Share.objects.filter(proposal=proposal, person=by).first()
        if own is None:
            raise PermissionDenied
        audit.record("proposals.share_left", by=by, workspace=proposal.workspace, about=proposal)
        own.delete()
    forget_held(by)


def give_what_waits(person: User) -> None:
    """Whoever has proved an address gets what was shared with it before they had an account."""
    with transaction.atomic(), walls.lifted():
        waiting = Share.objects.filter(person=None, email__iexact=person.email).select_for_update(of=["self"])
        for given in waiting.select_related("proposal__workspace").order_by("workspace_id"):
            if Share.objects.filter(Q(proposal=given.proposal_id), person=person).exists():
                given.delete()
                continue
            given.person = person
            given.save(update_fields=["person"])
            _note("share_accepted", given, given.proposal, by=person, kind=given.kind)
    forget_held(person)


def _way_to(given: Share, *, by: User) -> str:
    page = reverse("proposals:proposal", args=[given.proposal_id])
    if given.person_id is not None:
        return page
    _withdraw(given)
    given.invitation, token = invitations.invite_to(page, given.proposal.workspace, given.email, by=by)
    given.save(update_fields=["invitation"])
    return reverse("accounts:invitation", args=[token])


def _withdraw(given: Share) -> None:
    if given.invitation_id is not None:
        Invitation.objects.open().filter(pk=given.invitation_id).update(withdrawn_at=timezone.now())


def _note(deed: str, given: Share, proposal: Proposal, *, by: User, **details: str | bool) -> None:
    audit.record(f"proposals.{deed}", by=by, workspace=proposal.workspace, about=proposal, email=given.email, **details)
