"""Fetches the looks of the workspace that a person works in and owns: nobody else sees them but in reports."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.access import workspace_of
from accounts.models import User
from reports.branding.domain import ours
from reports.models import Branding


def looks_of(user: User) -> QuerySet[Branding]:
    """All looks, newest first; 404 without a workspace, 403 if they do not own it."""
    workspace = workspace_of(user, to_manage=True)
    return Branding.objects.filter(workspace=workspace).select_related("made_by", "workspace")


def look_for(user: User, number: int) -> Branding:
    """One of them; 0 is ours."""
    looks = looks_of(user)
    return get_object_or_404(looks, number=number) if number else ours(workspace_of(user))
