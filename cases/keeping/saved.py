"""Saved searches: save, open, rename, delete. They are the person's own, so there is no further right to ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User, Workspace
from cases.keeping.models import LONGEST_NAME
from cases.models import SavedSearch
from cases.searching.results import Results, library
from cases.searching.selection import Selection, read_selection

MOST = 200


class NothingToSaveError(ValueError):
    """A search that is narrowed by nothing finds the whole library."""


class TooManySearchesError(ValueError):
    """The person has ``MOST`` saved searches."""


class Opened(NamedTuple):
    """Where a saved search leads, and how many cases it had and has."""

    query: str
    before: int
    now: int


def selection_of(query: str, regions: Iterable[str]) -> Selection:
    """What a stored query asks for."""
    return read_selection(QueryDict(query.removeprefix("?")), regions)


def same_for_all(selection: Selection) -> str:
    """The query under which a search is kept: as list, from its first page, its values in a fixed order."""
    chosen = {name: tuple(sorted(values)) for name, values in selection.chosen.items()}
    return replace(selection, chosen=chosen).seen_as("list").query()


def name_for(selection: Selection) -> str:
    """A name from what the search is narrowed by: the words in quotation marks, then values."""
    words = [f"“{selection.words}”"] if selection.words else []
    values = [chip.value for chip in replace(selection, words="", years={}).chips()]
    return Truncator(", ".join([*words, *values, *_years(selection)])).chars(LONGEST_NAME)


def _years(selection: Selection) -> list[str]:
    first, last = selection.years.get("from"), selection.years.get("to")
    if first and last:
        return [f"{first}–{last}"]
    if first:
        return [_("from %(year)s") % {"year": first}]
    return [_("to %(year)s") % {"year": last}] if last else []


def save_search(selection: Selection, name: str, found: int, *, by: User, workspace: Workspace) -> SavedSearch:
    """Keeps a search; one that is kept already gets the new name.

    Raises ``NothingToSaveError``, ``TooManySearchesError``, and ``PermissionDenied`` for who is no member.
    """
    if not selection.is_narrowed:
        raise NothingToSaveError
    _require_member(by, workspace)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        own = SavedSearch.objects.of(by, workspace)
        query = same_for_all(selection)
        known = own.filter(query=query).first()
        if known is None and own.count() >= MOST:
            raise TooManySearchesError
        search = known or SavedSearch(workspace=workspace, person=by, query=query)
        search.name, search.found, search.opened_at = name, found, timezone.now()
        search.save()
    return search


def open_search(search: SavedSearch, *, by: User) -> Opened:
    """Where the search leads; remembers how many cases it has today."""
    _require_own(search, by)
    edition, bitmaps = library()
    now = Results(selection_of(search.query, bitmaps.values("region")), edition, bitmaps).case_count
    opened = Opened(search.query, search.found, now)
    SavedSearch.objects.filter(pk=search.pk).update(found=now, opened_at=timezone.now())
    return opened


def rename_search(search: SavedSearch, name: str, *, by: User) -> None:
    """Another name for a saved search."""
    _require_own(search, by)
    SavedSearch.objects.filter(pk=search.pk).update(name=name)


def delete_search(search: SavedSearch, *, by: User) -> None:
    """Forgets a saved search."""
    _require_own(search, by)
    search.delete()


def _require_member(person: User, workspace: Workspace) -> None:
    if workspace.pk not in person.roles:
        raise PermissionDenied


def _require_own(search: SavedSearch, person: User) -> None:
    if search.person_id != person.pk:
        raise PermissionDenied
