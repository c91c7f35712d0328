"""Fetches what editors work on, and checks that the person is one, in one call: 403 for everybody else."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.pages import person_of
from cases.editing.drafts import standing
from cases.models import CaseVersion, Correction, Editor
from cases.rules import is_editor


def editor_of(request: HttpRequest) -> User:
    """Who asks, if they edit the library."""
    person = person_of(request)
    if not is_editor(person):
        raise PermissionDenied
    return person


def standing_for(request: HttpRequest, slug: str) -> tuple[User, CaseVersion]:
    """The draft of a case, else what is published; 404 if there is neither."""
    person = editor_of(request)
    now = standing(slug)
    if now is None:
        raise Http404
    return person, now


def version_for(request: HttpRequest, slug: str, number: int) -> tuple[User, CaseVersion]:
    """A version of a case by number."""
    person = editor_of(request)
    return person, get_object_or_404(CaseVersion.objects.select_related("made_by"), slug=slug, number=number)


def correction_for(request: HttpRequest, pk: int) -> tuple[User, Correction]:
    """A suggestion, for the editors."""
    person = editor_of(request)
    return person, get_object_or_404(Correction.objects.select_related("person", "answered_by"), pk=pk)


def editor_row_for(request: HttpRequest, pk: int) -> tuple[User, Editor]:
    """An editor, for the others."""
    person = editor_of(request)
    return person, get_object_or_404(Editor.objects.select_related("person"), pk=pk)
