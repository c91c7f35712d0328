"""Fetches a proposal or a revision and checks the right to it in one call.

Outsiders get 404, so that they cannot learn that a proposal exists; members without the right get 403.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.models import User, Workspace
from proposals.models import Proposal, ProposalQuerySet, Revision
from proposals.rules import Right, may, may_start_in, require


def proposals_for(user: User) -> ProposalQuerySet:
    """Every proposal that ``user`` may see, newest first."""
    return Proposal.objects.visible_to(user)


def proposal_for(user: User, pk: uuid.UUID, *, to: Right = "read") -> Proposal:
    """The proposal ``pk`` with its workspace, if ``user`` may do ``to`` with it."""
    proposal = _of_own_workspace(user, pk)
    if proposal is None:
        proposal = get_object_or_404(proposals_for(user).select_related("workspace"), pk=pk)
    require(user, to, proposal)
    return proposal


def _of_own_workspace(user: User, pk: uuid.UUID) -> Proposal | None:
    """As most are: then nothing that is shared is looked for, and the workspace is one that was read for the request."""
    proposal = next(iter(Proposal.objects.kept().filter(pk=pk, workspace__in=user.roles)), None)
    if proposal is not None:
        workspaces = (membership.workspace for membership in user.own_memberships)
        proposal.workspace = next(each for each in workspaces if each.pk == proposal.workspace_id)
    return proposal


def deleted_proposals_for(user: User) -> ProposalQuerySet:
    """Every deleted proposal that ``user`` may put back, the last one first; 403 for those who draft nowhere."""
    drafting = [m.workspace_id for m in user.own_memberships if may_start_in(user, m.workspace)]
    _require(bool(drafting))
    return Proposal.objects.deleted().filter(workspace__in=drafting)


def deleted_proposal_for(user: User, pk: uuid.UUID) -> Proposal:
    """The deleted proposal ``pk``, if ``user`` may put it back."""
    proposal = get_object_or_404(Proposal.objects.deleted().filter(workspace__in=user.roles), pk=pk)
    _require(may(user, "delete", proposal))
    return proposal


def revision_for(user: User, pk: int, *, to: Right = "read") -> Revision:
    """The revision ``pk`` with its proposal and workspace, if ``user`` may do ``to`` with the proposal."""
    revision = get_object_or_404(Revision.objects.visible_to(user).with_proposal(), pk=pk)
    require(user, to, revision.proposal)
    return revision


def numbered_revision_for(user: User, proposal_pk: uuid.UUID, number: int | None, *, to: Right = "read") -> Revision:
    """A proposal's revision by number, the newest if ``number`` is ``None``; its document is loaded when it is read."""
    revisions = Revision.objects.visible_to(user).with_proposal().filter(proposal_id=proposal_pk).defer("document")
    if number is not None:
        revisions = revisions.filter(number=number)
    revision = get_object_or_404(revisions.order_by("-number")[:1])
    require(user, to, revision.proposal)
    return revision


def newest_revision_of(proposal: Proposal) -> Revision:
    """The newest revision of a proposal that was fetched for somebody, with its document; 404 if it has none."""
    revision = get_object_or_404(proposal.revisions.order_by("-number")[:1])
    revision.proposal = proposal
    return revision


def workspaces_to_start_in(user: User) -> list[Workspace]:
    """The workspaces in which ``user`` may start a proposal, the one that they work in first; 403 if there is none."""
    workspaces = (membership.workspace for membership in user.own_memberships)
    allowed = [workspace for workspace in workspaces if may_start_in(user, workspace)]
    _require(bool(allowed))
    return sorted(allowed, key=lambda workspace: workspace != user.workspace)


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
