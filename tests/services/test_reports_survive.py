"""Somebody waits for a report while the broker is away or the database restarts: the real ones."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.running import SECONDS, Run, Visitor, eventually

STATES = "SELECT state, attempts FROM reports_report ORDER BY requested_at DESC"


@pytest.fixture
def run(checkout: Path) -> Iterator[Run]:
    """``make run`` under way."""
    run = Run(checkout)
    yield run
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.process.pid, signal.SIGTERM)
    run.process.communicate(timeout=SECONDS)


@pytest.fixture
def visitor(run: Run) -> Visitor:
    """Somebody who looks at the scorecard of the worked example."""
    visitor = Visitor(run.link())
    threading.Thread(target=listen, args=[run], daemon=True).start()
    visitor.send("/proposals/worked-example/")
    return visitor


def listen(run: Run) -> None:
    """Reads what the processes print: an unread pipe fills up, and they would wait for it."""
    with contextlib.suppress(EOFError, ValueError):
        run.read_until("it never says this")


def connected(checkout: Path) -> psycopg.Connection[tuple[str, int]]:
    """The database of the run, all rows of it."""
    lines = (line.partition("=") for line in (checkout / "var" / "env").read_text().splitlines())
    address = next(shlex.split(value)[0] for name, _, value in lines if name.endswith("DATABASE_URL"))
    connection: psycopg.Connection[tuple[str, int]] = psycopg.connect(address, autocommit=True)
    connection.execute("SELECT set_config('cbm.workspaces', '*', false)")
    return connection


def worker(run: Run) -> list[psutil.Process]:
    """The worker with its children."""
    master = run.child("celery")
    return [master, *master.children(recursive=True)]


def has_worker(run: Run) -> bool:
    """Whether the worker has children that make reports."""
    with contextlib.suppress(StopIteration):
        return len(worker(run)) > 2
    return False


def is_cut_off(connection: psycopg.Connection[tuple[str, int]]) -> bool:
    """Whether the server has ended the connection."""
    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return True
    return False


def can_download(visitor: Visitor, report: str) -> bool:
    return b"/download/" in visitor.open(report)


def test_report_that_was_asked_for_while_the_broker_was_away_is_made_when_it_is_back(
    run: Run, visitor: Visitor, checkout: Path
) -> None:
    assert eventually(lambda: has_worker(run))
    supervisor = run.supervisor()
    supervisor.suspend()
    try:
        run.child("redis").kill()
        visitor.send("/reports/of-revision/[0-9]+/request/")
        report = visitor.address
        assert "Waiting" in visitor.text
        with connected(checkout) as database:
            assert database.execute(STATES).fetchall() == [("queued", 0)]
    finally:
        supervisor.resume()
    assert eventually(lambda: can_download(visitor, report))
    assert visitor.follow('/reports/[^"]+/download/').startswith(b"%PDF-")


def test_report_that_is_made_while_the_database_restarts_at_once_is_made_by_another_attempt(
    run: Run, visitor: Visitor, checkout: Path
) -> None:
    assert eventually(lambda: has_worker(run))
    for process in worker(run):
        process.suspend()
    visitor.send("/reports/of-revision/[0-9]+/request/")
    report = visitor.address
    assert "Waiting" in visitor.text
    lock, database = connected(checkout), connected(checkout)
    lock.execute("BEGIN")
    lock.execute("LOCK TABLE accounts_workspace IN ACCESS EXCLUSIVE MODE")
    for process in worker(run):
        process.resume()
    assert eventually(lambda: database.execute(STATES).fetchall() == [("running", 1)])
    run.child("postgres").send_signal(signal.SIGQUIT)
    assert eventually(lambda: is_cut_off(lock))
    assert eventually(lambda: can_download(visitor, report))
    with connected(checkout) as after:
        assert after.execute(STATES).fetchall() == [("done", 2)]
    assert visitor.follow('/reports/[^"]+/download/').startswith(b"%PDF-")
