"""Fetches what belongs to a workspace's own pages and checks the right to it in one call.

The pages are always those of the workspace that the person works in, so ids of other workspaces lead nowhere (404).
"""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import Invitation, Membership, User, Workspace
from accounts.rules import is_owner


def workspace_of(user: User, *, to_manage: bool = False) -> Workspace:
    """The workspace that ``user`` works in; 404 if there is none, 403 if they are to manage it and do not own it."""
    if user.workspace is None:
        raise Http404
    if to_manage and not is_owner(user, user.workspace):
        raise PermissionDenied
    return user.workspace


def own_workspace(user: User, pk: uuid.UUID) -> Workspace:
    """The workspace ``pk``, if ``user`` is a member."""
    found = next((m.workspace for m in user.own_memberships if m.workspace_id == pk), None)
    if found is None:
        raise Http404
    return found


def membership_for(user: User, pk: int) -> Membership:
    """A membership of the workspace that ``user`` works in and owns."""
    workspace = workspace_of(user, to_manage=True)
    return get_object_or_404(Membership.objects.select_related("user", "workspace"), pk=pk, workspace=workspace)


def invitation_for(user: User, pk: uuid.UUID) -> Invitation:
    """An invitation into the workspace that ``user`` works in and owns."""
    workspace = workspace_of(user, to_manage=True)
    return get_object_or_404(Invitation.objects.to_membership().select_related("workspace"), pk=pk, workspace=workspace)
