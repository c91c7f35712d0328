"""The shelf: cases that a person has put aside, in their own order, each with a note.

Every verb locks the person's row first, so that what two windows do at once happens one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User, Workspace
from cases.models import Case, ShelvedCase
from cases.years import years_of

MOST = 200

Step = Literal["up", "down", "first", "last"]


class ShelfFullError(ValueError):
    """The shelf holds ``MOST`` cases."""


class NoteChangedError(ValueError):
    """The note was changed elsewhere since it was read; ``shelved`` has what it says now."""

    def __init__(self, shelved: ShelvedCase) -> None:
        super().__init__(shelved.slug)
        self.shelved = shelved


class Shelved(NamedTuple):
    """A case on the shelf; ``case`` is ``None`` if the library no longer has it."""

    shelved: ShelvedCase
    case: Case | None

    @property
    def years(self) -> str:
        return years_of(self.case) if self.case else ""


def shelf_of(person: User, workspace: Workspace) -> list[Shelved]:
    """What is on the shelf, in the person's order, with the cases, their measures and lessons; four queries."""
    kept = list(ShelvedCase.objects.of(person, workspace).standing())
    slugs = [each.slug for each in kept]
    found = Case.objects.defer("search").prefetch_related("measures", "lessons").in_bulk(slugs, field_name="slug")
    return [Shelved(each, found.get(each.slug)) for each in kept]


def shelf_titles(person: User, workspace: Workspace) -> dict[str, str]:
    """The titles by slug, in the person's order; one query."""
    return dict(ShelvedCase.objects.of(person, workspace).standing().values_list("slug", "title"))


def put_on_shelf(case: Case, *, by: User, workspace: Workspace) -> ShelvedCase:
    """Puts a case last on the shelf; one that was taken off not long ago comes back with its note.

    Twice is as once. Raises ``ShelfFullError``, and ``PermissionDenied`` for who is no member.
    """
    with _shelf_in_hand(by, workspace):
        own = ShelvedCase.objects.of(by, workspace)
        known = own.filter(slug=case.slug).first()
        if known is not None and known.taken_off_at is None:
            return known
        if own.standing().count() >= MOST:
            raise ShelfFullError
        shelved = known or ShelvedCase(workspace=workspace, person=by, slug=case.slug)
        shelved.title, shelved.position, shelved.taken_off_at = case.title, _last(by, workspace), None
        shelved.save()
    return shelved


def take_off_shelf(shelved: ShelvedCase, *, by: User) -> None:
    """Takes a case off the shelf. For some days it can be put back (``put_back``), then it goes with its note."""
    with _shelf_in_hand(by, shelved.workspace):
        ShelvedCase.objects.of(by, shelved.workspace).filter(pk=shelved.pk, taken_off_at=None).update(
            taken_off_at=timezone.now()
        )


def put_back(shelved: ShelvedCase, *, by: User) -> None:
    """Puts a case back where it stood, with its note; also one that the library no longer has.

    Raises ``ShelfFullError``.
    """
    with _shelf_in_hand(by, shelved.workspace):
        own = ShelvedCase.objects.of(by, shelved.workspace)
        if own.standing().exclude(pk=shelved.pk).count() >= MOST:
            raise ShelfFullError
        own.filter(pk=shelved.pk).update(taken_off_at=None)


def move(shelved: ShelvedCase, step: Step, *, by: User) -> None:
    """Moves a case by one place, or to an end; what stands at the end already stays."""
    with _shelf_in_hand(by, shelved.workspace):
        order = list(ShelvedCase.objects.of(by, shelved.workspace).standing().values_list("pk", flat=True))
        if shelved.pk not in order:
            return
        at = order.index(shelved.pk)
        to = {"up": max(0, at - 1), "down": at + 1, "first": 0, "last": len(order)}[step]
        order.insert(to, order.pop(at))
        rows = [ShelvedCase(pk=pk, position=position) for position, pk in enumerate(order, 1)]
        ShelvedCase.objects.bulk_update(rows, ["position"])


def write_note(shelved: ShelvedCase, note: str, *, read: int, by: User) -> ShelvedCase:
    """Writes a note; ``read`` is the number of the one that the writer had before them.

    Raises ``NoteChangedError`` if it says something else by now; then nothing is written.
    """
    with _shelf_in_hand(by, shelved.workspace):
        now = ShelvedCase.objects.of(by, shelved.workspace).get(pk=shelved.pk)
        if now.note == note:
            return now
        if now.note_number != read:
            raise NoteChangedError(now)
        now.note, now.note_number = note, now.note_number + 1
        now.save(update_fields=["note", "note_number"])
    return now


def clear_away() -> int:
    """Removes for good what was taken off long ago; returns how many."""
    return ShelvedCase.objects.due().delete()[0]


@contextmanager
def _shelf_in_hand(person: User, workspace: Workspace) -> Iterator[None]:
    """A transaction in which nobody else changes the person's shelf."""
    if workspace.pk not in person.roles:
        raise PermissionDenied
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        yield


def _last(person: User, workspace: Workspace) -> int:
    top = ShelvedCase.objects.of(person, workspace).aggregate(top=Max("position"))["top"]
    return 1 if top is None else int(top) + 1
