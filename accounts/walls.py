"""The walls between workspaces as the database keeps them, in case a filter is forgotten.

Row-level security shows a connection the rows of the workspaces in its setting ``cbm.workspaces``: ids with commas between
them, ``*`` for all, and nothing for none. A request is walled by ``accounts.middleware``; what works across workspaces
says so with ``lifted``. A table gets its wall by ``accounts.operations.Wall`` in a migration.
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import Error, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.pq import TransactionStatus

SETTING: Final = "cbm.workspaces"
EVERYWHERE: Final = "*"
NOWHERE: Final = ""


class _InForce(threading.local):
    """What this thread's connection is told, or is to be told when it is opened."""

    workspaces: str = NOWHERE


_in_force = _InForce()


@contextlib.contextmanager
def open_to(workspaces: Iterable[uuid.UUID]) -> Iterator[None]:
    """Shows the rows of these workspaces and no others, and lets write only there."""
    with _telling(_joined(workspaces)):
        yield


@contextlib.contextmanager
def lifted() -> Iterator[None]:
    """Shows every row: for what works across workspaces and has no person whose rights are asked."""
    with _telling(EVERYWHERE):
        yield


@contextlib.contextmanager
def transaction_for(workspaces: Iterable[uuid.UUID]) -> Iterator[None]:
    """A transaction that sees these workspaces and no others; with its end the setting is what it was.

    What is run on commit sees them no more: it is to lift the walls if it needs to.
    """
    before, inner = _in_force.workspaces, connection.in_atomic_block
    with transaction.atomic():
        _tell(_joined(workspaces))
        try:
            yield
        finally:
            _in_force.workspaces = before
        if inner:
            _tell(before)


@contextlib.contextmanager
def _telling(value: str) -> Iterator[None]:
    before = _in_force.workspaces
    _tell(value)
    try:
        yield
    finally:
        _tell_again(before)


def _joined(workspaces: Iterable[uuid.UUID]) -> str:
    return ",".join(str(uuid.UUID(str(workspace))) for workspace in workspaces)


def _tell(value: str) -> None:
    """Tells the connection: until the transaction ends if there is one. One that is not open is told when it opens."""
    _in_force.workspaces = value
    if connection.connection is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, %s)", [SETTING, value, connection.in_atomic_block])


def _tell_again(before: str) -> None:
    """Back to what was in force. A transaction that failed goes back by itself; a connection that does not is closed."""
    if _has_failed():
        _in_force.workspaces = before
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
    if _in_force.workspaces:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, _in_force.workspaces])


connection_created.connect(_tell_new_connection, dispatch_uid="walls")
