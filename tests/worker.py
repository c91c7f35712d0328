"""A real Celery worker for the tests that want one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from cbm_advisor.celery import app
from cbm_advisor.services import processes

SECONDS_TO_START = 60


@pytest.fixture(scope="session")
def worker(django_db_setup: None) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker in a process of its own, with the database and the broker of this run.

    A test that uses it needs ``transactional_db``: the worker sees committed rows only.
    """
    program = processes.Program(
        name="worker",
        command=[sys.executable, "-m", "celery", "--app", "cbm_advisor.celery", "worker", "--concurrency", "1"],
        environment={**os.environ, "DATABASE_URL": database_url()},
        folder=settings.BASE_DIR,
    )
    log = Path(os.environ["CBM_VAR"]) / "logs" / f"worker-{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = processes.start(program, output)
    deadline = time.monotonic() + SECONDS_TO_START
    while not app.control.ping(timeout=0.5):
        assert process.poll() is None, f"The worker ended:\n{log.read_text()}"
        assert time.monotonic() < deadline, f"The worker does not answer:\n{log.read_text()}"
    yield process
    processes.stop((program, process))


def database_url() -> str:
    """Where another process finds the database of this run."""
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rpartition('/')[0]}/{connection.settings_dict['NAME']}" + (f"?{query}" if query else "")
