"""What is done with a draft. Each change is written down with what takes it back; what others did is never overwritten.

All verbs hold the proposal until the transaction ends, so that two who save at once do so one after the other. They raise
``PermissionDenied`` for those who may not edit it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from accounts import audit
from accounts.models import User, Workspace
from assessments.package.changes import Insert, Operation, Remove, Replace, apply, as_json, from_json
from assessments.package.drafts import DraftReading, read_draft, with_keys
from assessments.package.loading import CURRENT
from proposals.advising.keeping import name_of, read_again
from proposals.drafting.merging import Clash, Step, fields_of, former, merge, touched_by
from proposals.drafting.revising import fingerprint, title_of, write
from proposals.listing.describing import LISTED_TAGS
from proposals.models import Edit, Proposal, Revision
from proposals.rules import Right, may_start_in, require
from proposals.sharing.held import forget_held

Draft = dict[str, Any]
Typed = Callable[[Draft], Mapping[str, Any]]
"""Reads a form: the values by address, of the draft that the form was made from."""

_FETCHED_ANEW: Final = ("version", "archived_at", "behind_since", *LISTED_TAGS, "worked_on_by")
# In SQL, for Django takes longer to write it than the database to answer it.
_HOLD: Final = (
    f"SELECT {', '.join(_FETCHED_ANEW)} FROM proposals_proposal"  # noqa: S608 - names of columns
    " WHERE id = %s AND workspace_id = %s AND deleted_at IS NULL FOR NO KEY UPDATE"
)
_UNDOABLE: Final = (Edit.Kind.FIELDS, Edit.Kind.ROWS, Edit.Kind.WHOLE)


class ChangedMeanwhileError(Exception):
    """Somebody else changed what was to be taken out or taken back. ``edit`` is the newest such change."""

    def __init__(self, edit: Edit) -> None:
        super().__init__(f"version {edit.version} changed it")
        self.edit = edit


class NothingToUndoError(Exception):
    """The person has made no change that could be taken back, or done again."""


class Held(NamedTuple):
    """A proposal that nobody else can save, with its newest revision and draft."""

    proposal: Proposal
    newest: Revision
    draft: Draft


class Conflict(NamedTuple):
    """A field that somebody has to choose for, and the change that stands in the way, if one is known."""

    clash: Clash
    edit: Edit | None


class Saved(NamedTuple):
    """A draft after a save: its version, revision, and what can be read of it; ``conflicts`` were not saved."""

    version: int
    revision: Revision
    draft: Draft
    reading: DraftReading
    conflicts: list[Conflict]
    changed: bool
    others: bool = False
    """Whether somebody else changed the draft since the version that the page showed."""
    theirs: frozenset[str] | None = frozenset()
    """The addresses of the fields that they changed; ``None`` if rows came, went or moved too."""


@contextmanager
def one_transaction() -> Iterator[None]:
    """The transaction that is open, or else one of its own: for what has found all that can be amiss before it writes."""
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        yield


def hold(proposal: Proposal, *, by: User, to: Right = "edit") -> None:
    """Lets nobody else save, delete, share or transfer the proposal until the transaction ends; its version and what a
    save changes beside it are fetched anew.

    Raises ``PermissionDenied`` if ``by`` may not do ``to`` with it, or if it was deleted, transferred or no longer shared
    with them since it was fetched.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [proposal.pk, proposal.workspace_id])
        locked = cursor.fetchone()
    if locked is None:
        raise PermissionDenied
    for name, value in zip(_FETCHED_ANEW, locked, strict=True):
        setattr(proposal, name, value)
    forget_held(by)
    require(by, to, proposal)


@transaction.atomic
def start_draft(
    workspace: Workspace, document: Mapping[str, Any], *, by: User, reason: str = "", verb: str = "proposals.imported"
) -> Revision:
    """A new proposal in ``workspace`` whose first revision is ``document``, whole or half filled; ``verb`` is audited.

    Raises ``PermissionDenied`` if ``by`` does not draft there.
    """
    if not may_start_in(by, workspace):
        raise PermissionDenied
    proposal = Proposal.objects.create(workspace=workspace, title=title_of(document), created_by=by)
    audit.record(verb, by=by, workspace=workspace, about=proposal)
    revision, _ = write(proposal, None, {"format": CURRENT, **document}, by=by, reason=reason)
    return revision


@transaction.atomic
def replace_draft(proposal: Proposal, document: Mapping[str, Any], *, by: User, reason: str = "") -> Revision:
    """``document`` in the place of the whole draft, as a new revision; the newest one as it is if it says the same."""
    held = _held(proposal, by=by)
    if held.newest.sha256 == fingerprint(document, read_draft(document)):
        return held.newest
    draft = with_keys(document, beside=held.draft)
    saved = _change(held, [Replace(draft)], Edit.Kind.WHOLE, client="", by=by, reason=reason)
    return saved.revision


@one_transaction()
def save_fields(proposal: Proposal, typed: Typed, *, base: int, client: str, by: User) -> Saved:
    """Sets what was typed; ``base``: the version that the person's page showed. ``typed`` is given that draft.

    Fields that somebody else changed since, to something else, are left alone and told as conflicts; all others are saved.
    What ``typed`` raises goes through, and then nothing is saved.
    """
    held = _held(proposal, by=by)
    later = _since(proposal, base)
    since = [_step(edit) for edit in later]
    merged = merge(held.draft, typed(former(held.draft, since)), since, client)
    saved = _change(held, merged.puts, Edit.Kind.FIELDS, client=client, by=by)
    edits = {edit.version: edit for edit in later}
    told = [Conflict(clash, edits.get(clash.version or 0)) for clash in merged.clashes]
    others = [step for step in since if step.client != client]
    return saved._replace(conflicts=told, others=bool(others), theirs=fields_of(others))


@transaction.atomic
def change_rows(proposal: Proposal, operations: Sequence[Operation], *, base: int, client: str, by: User) -> Saved:
    """Puts rows in, takes them out, moves them.

    Raises ``ChangedMeanwhileError`` if a row is to be taken out that somebody else changed after ``base``, ``ChangeError`` if
    a row is there no more.
    """
    held = _held(proposal, by=by)
    later = [edit for edit in _since(proposal, base) if edit.client != client]
    _refuse_if_touched([each for each in operations if isinstance(each, Remove)], later)
    return _change(held, operations, Edit.Kind.ROWS, client=client, by=by)


@transaction.atomic
def undo(proposal: Proposal, *, client: str, by: User) -> Saved:
    """Takes back the last change of ``by`` that still stands.

    Raises ``NothingToUndoError`` if there is none, ``ChangedMeanwhileError`` if somebody else changed the same place since.
    """
    held = _held(proposal, by=by)
    edit = proposal.edits.filter(author=by, kind__in=_UNDOABLE, is_undone=False).first()
    if edit is None:
        raise NothingToUndoError
    return _take_back(held, edit, from_json(edit.inverse), Edit.Kind.UNDO, client=client, by=by)


@transaction.atomic
def redo(proposal: Proposal, *, client: str, by: User) -> Saved:
    """Does again what ``by`` took back last, if they have changed nothing else since.

    Raises ``NothingToUndoError`` if there is nothing of the kind, ``ChangedMeanwhileError`` if somebody else changed the
    place since.
    """
    held = _held(proposal, by=by)
    own = proposal.edits.filter(author=by, kind__in=_UNDOABLE)
    standing = own.filter(is_undone=False).first()
    edit = own.filter(is_undone=True, version__gt=standing.version if standing else 0).last()
    if edit is None:
        raise NothingToUndoError
    return _take_back(held, edit, from_json(edit.operations), Edit.Kind.REDO, client=client, by=by)


def may_undo(proposal: Proposal, *, by: User) -> tuple[bool, bool]:
    """Whether ``by`` has a change to take back, and one to do again."""
    own = proposal.edits.filter(author=by, kind__in=_UNDOABLE).values_list("is_undone", flat=True)
    newest = own.first()
    return newest is False or (newest is True and own.filter(is_undone=False).exists()), newest is True


def draft_of(revision: Revision) -> Draft:
    """The draft of a revision; its rows have keys."""
    return with_keys(revision.document)


def _take_back(held: Held, edit: Edit, operations: list[Operation], kind: Edit.Kind, *, client: str, by: User) -> Saved:
    later = [each for each in _since(held.proposal, edit.version) if each.author_id != by.pk]
    _refuse_if_touched(operations, later)
    saved = _change(held, operations, kind, client=client, by=by, of=edit)
    Edit.objects.filter(pk=edit.pk).update(is_undone=kind == Edit.Kind.UNDO)
    return saved


def _refuse_if_touched(operations: Iterable[Operation], later: Sequence[Edit]) -> None:
    version = touched_by(operations, [_step(edit) for edit in later])
    if version is not None:
        raise ChangedMeanwhileError(next(edit for edit in later if edit.version == version))


def _held(proposal: Proposal, *, by: User) -> Held:
    hold(proposal, by=by)
    newest = proposal.revisions.order_by("-number")[:1].get()
    newest.proposal = proposal
    # What was changed once has keys in all its rows: see ``_change``.
    return Held(proposal, newest, newest.document if proposal.version else with_keys(newest.document))


def _since(proposal: Proposal, version: int) -> list[Edit]:
    return list(proposal.edits.since(version)) if version < proposal.version else []


def _step(edit: Edit) -> Step:
    return Step(edit.version, edit.client, from_json(edit.operations), from_json(edit.inverse))


def _change(
    held: Held,
    operations: Sequence[Operation],
    kind: Edit.Kind,
    *,
    client: str,
    by: User,
    reason: str = "",
    of: Edit | None = None,
) -> Saved:
    """Does the operations, writes them down, and writes the revision; nothing if they change nothing."""
    proposal = held.proposal
    draft, inverse = apply(held.draft, operations)
    if any(isinstance(operation, Insert | Replace) for operation in operations):
        draft = with_keys(draft)
    if draft == held.draft and of is None:
        reading = read_again(held.draft, name_of(proposal.pk, whole=True))
        return Saved(proposal.version, held.newest, held.draft, reading, [], changed=False)
    proposal.version += 1
    Edit.objects.create(
        proposal=proposal,
        workspace_id=proposal.workspace_id,
        version=proposal.version,
        kind=kind,
        author=by,
        client=client,
        operations=as_json(operations),
        inverse=as_json(inverse),
        of=of,
    )
    revision, reading = write(proposal, held.newest, draft, by=by, reason=reason, is_sealed=kind == Edit.Kind.WHOLE)
    return Saved(proposal.version, revision, draft, reading, [], changed=True)
