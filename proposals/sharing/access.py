"""Fetches what stands around a proposal and checks the right to it in one call: outsiders get 404, readers 403."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import Membership, User, Workspace
from accounts.rules import DRAFTING
from assessments.package.drafts import read_draft
from proposals.access import numbered_revision_for, proposal_for
from proposals.models import Comment, GuestLink, Proposal, Revision, Share
from proposals.rules import may, may_start_in
from proposals.sharing.places import Places
from proposals.sharing.threads import comments_shown_to


class Who(NamedTuple):
    """Who gets to a proposal, and how."""

    members: list[Membership]
    shares: list[Share]
    links: list[GuestLink]


def who_sees(proposal: Proposal) -> Who:
    """The members of its workspace, the people it is shared with, and its guest links, those that are open first."""
    members = proposal.workspace.memberships.select_related("user").order_by("user__name", "user__email")
    new = Count("comments", filter=Q(comments__created_at__gt=F("comments_seen_at"), comments__removed_at=None))
    links = proposal.guest_links.select_related("created_by").annotate(said=Count("comments"), new=new)
    return Who(
        list(members),
        list(proposal.shares.all()),
        sorted(links, key=lambda link: not link.is_open),
    )


def share_for(user: User, proposal_pk: uuid.UUID, pk: uuid.UUID) -> Share:
    """A share of a proposal that ``user`` may share."""
    proposal = proposal_for(user, proposal_pk, to="share")
    found = get_object_or_404(Share, pk=pk, proposal=proposal)
    found.proposal = proposal
    return found


def guest_link_for(user: User, proposal_pk: uuid.UUID, pk: uuid.UUID) -> GuestLink:
    """A guest link of a proposal that ``user`` may share."""
    proposal = proposal_for(user, proposal_pk, to="share")
    found = get_object_or_404(GuestLink, pk=pk, proposal=proposal)
    found.proposal = proposal
    return found


def comment_for(user: User, proposal_pk: uuid.UUID, pk: int) -> Comment:
    """A comment that ``user`` may read, and that was not taken away."""
    proposal = proposal_for(user, proposal_pk)
    comments = comments_shown_to(user, proposal).filter(removed_at=None).select_related("author", "parent")
    found = get_object_or_404(comments, pk=pk)
    found.proposal = proposal
    return found


def newest_for(user: User, pk: uuid.UUID) -> tuple[Revision, Places]:
    """The newest revision of a proposal, and the places in it that ``user`` may read."""
    revision = numbered_revision_for(user, pk, None)
    package = read_draft(revision.document).package
    return revision, Places(revision.document, package, whole=may(user, "read_confidential", revision.proposal))


def workspaces_to_move_to(user: User, proposal: Proposal) -> list[Workspace]:
    """The other workspaces in which ``user`` drafts."""
    others = (each.workspace for each in user.own_memberships if each.workspace_id != proposal.workspace_id)
    return [workspace for workspace in others if may_start_in(user, workspace)]


def heirs_of(proposal: Proposal) -> list[User]:
    """The people who may be made responsible: those who draft in the workspace."""
    drafting = proposal.workspace.memberships.filter(role__in=DRAFTING).select_related("user")
    return [each.user for each in drafting.order_by("user__name", "user__email")]


def own_share_for(user: User, pk: uuid.UUID) -> Proposal:
    """A proposal that is shared with ``user`` by name."""
    proposal = proposal_for(user, pk)
    if not Share.objects.filter(proposal=proposal, person=user).exists():
        raise Http404
    return proposal
