"""What a form of the builder asks for, done: its fields are saved, then its button is followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.package.addresses import ABSENT, value_at
from assessments.package.changes import ChangeError
from assessments.package.drafts import DraftReading
from proposals.building.reading import UnknownFieldError, read_fields
from proposals.building.rows import RowsError, added_row, operations_of
from proposals.drafting.domain import (
    ChangedMeanwhileError,
    Conflict,
    NothingToUndoError,
    Saved,
    change_rows,
    redo,
    save_fields,
    undo,
)
from proposals.models import Edit, Proposal, Revision


@dataclass(frozen=True)
class Press:
    """A form that was sent: from which page, version and open window, and with which button."""

    post: QueryDict
    page: str
    version: int
    client: str
    deed: str

    @property
    def addresses(self) -> list[str]:
        """The fields that the form carries."""
        return list(dict.fromkeys(self.post.getlist("field")))


@dataclass
class Done:
    """What came of it. ``refusal``: why the button was not followed, or nothing saved; ``at``: the row to go on with;
    ``changed``: the person's last change is one that was made just now."""

    proposal: Proposal
    page: str
    version: int
    revision: Revision
    draft: Mapping[str, Any]
    reading: DraftReading
    conflicts: list[Conflict]
    accepted: list[str]
    others: bool
    theirs: frozenset[str] | None
    changed: bool
    refusal: str = ""
    at: str = ""
    typed: dict[str, list[str]] = field(default_factory=dict)

    @property
    def disputed(self) -> list[str]:
        """The addresses of fields that wait for a choice."""
        return [conflict.clash.at for conflict in self.conflicts]


def press(proposal: Proposal, pressed: Press, *, by: User) -> Done:
    """Saves what the form carries and follows its button.

    Raises ``PermissionDenied`` if ``by`` may not edit the proposal, ``UnknownFieldError`` if the form was not made here.
    """

    def typed(shown: Mapping[str, Any]) -> Mapping[str, Any]:
        return read_fields(pressed.post, shown)

    base = pressed.version
    saved = save_fields(proposal, typed, base=base, client=pressed.client, by=by)
    done = _done(proposal, pressed, saved)
    if pressed.deed:
        _follow(done, pressed, by)
    return done


def _done(proposal: Proposal, pressed: Press, saved: Saved) -> Done:
    disputed = {conflict.clash.at for conflict in saved.conflicts}
    return Done(
        proposal=proposal,
        page=pressed.page,
        version=saved.version,
        revision=saved.revision,
        draft=saved.draft,
        reading=saved.reading,
        conflicts=saved.conflicts,
        accepted=[at for at in pressed.addresses if at not in disputed],
        others=saved.others,
        theirs=saved.theirs,
        changed=saved.changed,
        typed={at: pressed.post.getlist(at) for at in disputed},
    )


def _follow(done: Done, pressed: Press, by: User) -> None:
    try:
        saved = _deed(done, pressed, by)
    except (RowsError, ChangeError) as error:
        done.refusal = str(error)
    except NothingToUndoError:
        done.refusal = _("There is nothing of yours to take back or to do again.")
    except ChangedMeanwhileError as error:
        done.refusal = changed_meanwhile(error.edit)
    else:
        done.version, done.revision, done.draft, done.reading = (
            saved.version,
            saved.revision,
            saved.draft,
            saved.reading,
        )
        done.changed = pressed.deed not in ("undo", "redo") and (done.changed or saved.changed)


def _deed(done: Done, pressed: Press, by: User) -> Saved:
    if pressed.deed == "undo":
        return undo(done.proposal, client=pressed.client, by=by)
    if pressed.deed == "redo":
        return redo(done.proposal, client=pressed.client, by=by)
    operations = operations_of(done.draft, pressed.deed)
    added = added_row(operations)
    saved = change_rows(done.proposal, operations, base=pressed.version, client=pressed.client, by=by)
    done.at = added
    if added.startswith("/measures/") and added.count("/") == 2:
        done.page, done.at = added.removeprefix("/"), ""
    elif done.page.startswith("measures/") and value_at(saved.draft, f"/{done.page}") is ABSENT:
        done.page = "measures"
    return saved


def changed_meanwhile(edit: Edit) -> str:
    """Why something was not taken out or back."""
    at = date_format(timezone.localtime(edit.made_at), "TIME_FORMAT")
    said = _(
        "%(name)s changed this at %(time)s, so it was left as it is. Look at it, then do it again if you still want to."
    )
    return said % {"name": edit.author, "time": at}


__all__ = ["Done", "Press", "UnknownFieldError", "changed_meanwhile", "press"]
