"""Fetches what a person keeps of the library. It is theirs alone: for everybody else it is not there (404)."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import workspace_of
from accounts.models import User, Workspace
from cases.models import SavedSearch, ShelvedCase


class Keeper(NamedTuple):
    """A person and the workspace for which they keep something."""

    person: User
    workspace: Workspace


def keeper(person: User) -> Keeper:
    """The person in the workspace that they work in; 404 if there is none."""
    return Keeper(person, workspace_of(person))


def keeper_of(request: HttpRequest) -> Keeper | None:
    """Who asks, if they can keep anything: for pages that are also open to those who cannot."""
    person = request.user
    return Keeper(person, person.workspace) if isinstance(person, User) and person.workspace is not None else None


def saved_search_for(person: User, pk: int) -> SavedSearch:
    """The person's saved search ``pk`` in the workspace that they work in."""
    return get_object_or_404(SavedSearch.objects.of(*keeper(person)), pk=pk)


def shelved_case_for(person: User, slug: str) -> ShelvedCase:
    """The person's case ``slug``, on the shelf or taken off it not long ago."""
    return get_object_or_404(ShelvedCase.objects.of(*keeper(person)), slug=slug)
