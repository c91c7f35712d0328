"""Workspaces that a person may use."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User, Workspace
from accounts.rules import DRAFTING


def workspaces_to_draft_in(user: User) -> QuerySet[Workspace]:
    """Workspaces where ``user`` may start a proposal."""
    drafting = [workspace for workspace, role in user.roles.items() if role in DRAFTING]
    return Workspace.objects.filter(pk__in=drafting).order_by("name")
