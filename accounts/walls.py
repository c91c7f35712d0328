"""The walls between workspaces as the database keeps them, in case a filter is forgotten.

Row-level security shows a connection the rows of the workspaces in its setting ``cbm.workspaces``: ids with commas between
them, ``*`` for all, and nothing for none. ``cbm.person`` says who asks, for what is shared with a person from elsewhere;
``cbm.proposals`` names single proposals that are open for another reason, such as a link. A request is walled by
``accounts.middleware``; what works across workspaces says so with ``lifted``. A table gets its wall by
``accounts.operations.Wall`` in a migration.
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from django.db import Error, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.pq import TransactionStatus

SETTING: Final = "cbm.workspaces"
PERSON: Final = "cbm.person"
PROPOSALS: Final = "cbm.proposals"
EVERYWHERE: Final = "*"
NOWHERE: Final = ""


class Opening(NamedTuple):
    """What a connection is told, as its settings say it."""

    workspaces: str = NOWHERE
    person: str = ""
    proposals: str = ""


class _InForce(threading.local):
    """What this thread's connection is told, or is to be told when it is opened."""

    opening: Opening = Opening()


_in_force = _InForce()


@contextlib.contextmanager
def open_to(
    workspaces: Iterable[uuid.UUID], *, person: int | None = None, proposals: Iterable[uuid.UUID] = ()
) -> Iterator[None]:
    """Shows the rows of these workspaces, what is shared with the person, these proposals, and nothing else; and lets
    write only there."""
    with _telling(_opening(workspaces, person, proposals)):
        yield


@contextlib.contextmanager
def lifted() -> Iterator[None]:
    """Shows every row: for what works across workspaces and has no person whose rights are asked."""
    with _telling(Opening(EVERYWHERE)):
        yield


@contextlib.contextmanager
def transaction_for(
    workspaces: Iterable[uuid.UUID], *, person: int | None = None, proposals: Iterable[uuid.UUID] = ()
) -> Iterator[None]:
    """A transaction that sees what ``open_to`` shows; with its end the settings are what they were.

    What is run on commit sees them no more: it is to lift the walls if it needs to.
    """
    before, inner = _in_force.opening, connection.in_atomic_block
    with transaction.atomic():
        _tell(_opening(workspaces, person, proposals))
        try:
            yield
        finally:
            _in_force.opening = before
        if inner:
            _tell(before)


@contextlib.contextmanager
def _telling(opening: Opening) -> Iterator[None]:
    before = _in_force.opening
    _tell(opening)
    try:
        yield
    finally:
        _tell_again(before)


def _opening(workspaces: Iterable[uuid.UUID], person: int | None, proposals: Iterable[uuid.UUID]) -> Opening:
    return Opening(_joined(workspaces), "" if person is None else str(int(person)), _joined(proposals))


def _joined(ids: Iterable[uuid.UUID]) -> str:
    return ",".join(str(uuid.UUID(str(each))) for each in ids)


def _tell(opening: Opening) -> None:
    """Tells the connection: until the transaction ends if there is one. One that is not open is told when it opens."""
    _in_force.opening = opening
    if connection.connection is not None:
        _set(connection, opening, local=connection.in_atomic_block)


def _set(connection: BaseDatabaseWrapper, opening: Opening, *, local: bool) -> None:
    settings = zip((SETTING, PERSON, PROPOSALS), opening, strict=True)
    values = [value for setting, said in settings for value in (setting, said, local)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, %s), set_config(%s, %s, %s), set_config(%s, %s, %s)", values)


def _tell_again(before: Opening) -> None:
    """Back to what was in force. A transaction that failed goes back by itself; a connection that does not is closed."""
    if _has_failed():
        _in_force.opening = before
        return
    try:
        _tell(before)
    except Error:
        connection.close()
        raise


def _has_failed() -> bool:
    if not connection.in_atomic_block or connection.connection is None:
        return False
    return connection.needs_rollback or connection.connection.info.transaction_status == TransactionStatus.INERROR


def _tell_new_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _in_force.opening != Opening():
        _set(connection, _in_force.opening, local=False)


connection_created.connect(_tell_new_connection, dispatch_uid="walls")
