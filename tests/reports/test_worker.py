"""Reports made by real workers, some of which die on the way."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from celery import Celery
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from redis import Redis

from cbm_advisor.celery import app
from cbm_advisor.services import processes
from cbm_advisor.settings import celery_url
from proposals.models import Revision
from reports.models import Report
from reports.queueing import TASK
from tests.machine import redis_url_for
from tests.personas import Person
from tests.reports.rows import LONG, dead_workers, now, report_of
from tests.running import eventually
from tests.worker import database_url

pytestmark = pytest.mark.usefixtures("transactional_db")
BROKER_OF_ITS_OWN = 15
"""The Redis database of the worker that is going to be killed, so that no other worker gets its message."""


CRAMPED = (
    "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)); "
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
"""Runs Python as the arguments say, with no room for files of more than 10,000 bytes."""


@pytest.fixture
def cramped() -> Iterator[Celery]:
    """A worker of this test alone to whom the system gives no room for a report, and what sends it messages."""
    address = redis_url_for(os.environ["REDIS_URL"], BROKER_OF_ITS_OWN)
    worker = ["-m", "celery", "--app", "cbm_advisor.celery", "worker", "--concurrency", "1"]
    program = processes.Program(
        name="cramped worker",
        command=[sys.executable, "-c", CRAMPED, *worker],
        environment={**os.environ, "DATABASE_URL": database_url(), "REDIS_URL": address},
        folder=settings.BASE_DIR,
    )
    process = processes.start(program, subprocess.DEVNULL)
    with Celery("cramped", broker=celery_url(address), set_as_current=False) as sender:
        yield sender
        Redis.from_url(address).flushdb()
    processes.stop((program, process))


@pytest.fixture
def doomed(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Celery]]:
    """A worker of this test alone, and what sends it messages."""
    address = redis_url_for(os.environ["REDIS_URL"], BROKER_OF_ITS_OWN)
    program = processes.Program(
        name="doomed worker",
        command=[sys.executable, "-m", "celery", "--app", "cbm_advisor.celery", "worker", "--concurrency", "1"],
        environment={**os.environ, "DATABASE_URL": database_url(), "REDIS_URL": address},
        folder=settings.BASE_DIR,
    )
    with (tmp_path / "log").open("wb") as output:
        process = processes.start(program, output)
    with Celery("doomed", broker=celery_url(address), set_as_current=False) as sender:
        yield process, sender
        Redis.from_url(address).flushdb()
    processes.stop((program, process))


@contextlib.contextmanager
def worker_in_the_middle_of(report: Report, sender: Celery) -> Iterator[None]:
    """A worker has begun the report and cannot go on, because the workspace that it reads next is locked."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_workspace IN ACCESS EXCLUSIVE MODE")
        sender.send_task(TASK, args=[str(report.pk)])
        assert eventually(lambda: now(report).state == "running")
        yield


def is_done(report: Report) -> bool:
    return now(report).state == "done"


def let_the_lease_end() -> None:
    """As if the worker had been silent, and nobody had asked, for long."""
    past = timezone.now() - LONG
    Report.objects.update(lease_until=past, nudged_at=past)


@pytest.mark.usefixtures("worker")
def test_requested_report_is_made_and_can_be_downloaded(mediator: Person, revision: Revision) -> None:
    page = mediator.client.post(reverse("reports:request", args=[revision.pk]), follow=True)
    report = Report.objects.get()
    assert page.status_code == 200
    assert eventually(lambda: b"Download \xc2\xb7 PDF" in mediator.client.get(report.get_absolute_url()).content)
    download = mediator.client.get(reverse("reports:download", args=[report.pk]))
    assert b"".join(download).startswith(b"%PDF-")


@pytest.mark.usefixtures("worker")
def test_report_that_cannot_be_made_ends_as_failed_with_the_reason(mediator: Person, revision: Revision) -> None:
    report = report_of(revision, paper="napkin")
    app.send_task(TASK, args=[str(report.pk)])
    assert eventually(lambda: now(report).state == "failed")
    assert "The report could not be set" in mediator.client.get(report.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("worker")
def test_report_that_a_dead_worker_holds_is_finished_once_somebody_looks(mediator: Person, revision: Revision) -> None:
    report = dead_workers(revision)
    mediator.client.get(report.get_absolute_url())
    assert eventually(lambda: is_done(report))
    assert now(report).attempts == 2


def test_process_that_is_killed_at_work_leaves_the_report_to_the_next_one(
    worker: subprocess.Popen[bytes], revision: Revision
) -> None:
    report = report_of(revision)
    with worker_in_the_middle_of(report, app):
        let_the_lease_end()
        for child in psutil.Process(worker.pid).children():
            child.kill()
    assert eventually(lambda: is_done(report))
    assert now(report).attempts == 2


@pytest.mark.usefixtures("worker")
def test_worker_that_is_killed_at_work_leaves_the_report_to_another_worker(
    doomed: tuple[subprocess.Popen[bytes], Celery], mediator: Person, revision: Revision
) -> None:
    process, sender = doomed
    report = report_of(revision)
    with worker_in_the_middle_of(report, sender):
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert now(report).state == "running"
    let_the_lease_end()
    mediator.client.get(report.get_absolute_url())
    assert eventually(lambda: is_done(report))
    assert now(report).attempts == 2


def test_worker_that_starts_takes_up_what_was_left(
    doomed: tuple[subprocess.Popen[bytes], Celery], revision: Revision
) -> None:
    report = dead_workers(revision)
    assert eventually(lambda: is_done(report))


@pytest.mark.usefixtures("worker")
def test_disk_without_room_is_told_leaves_nothing_half_written_and_the_report_is_made_once_there_is_room(
    cramped: Celery, mediator: Person, revision: Revision
) -> None:
    report = report_of(revision)
    folder = Path(settings.MEDIA_ROOT)
    before = set(folder.rglob("*.pdf"))
    cramped.send_task(TASK, args=[str(report.pk)])
    assert eventually(lambda: now(report).state == "failed")
    assert "There is no room left for the file" in mediator.client.get(report.get_absolute_url()).content.decode()
    assert set(folder.rglob("*.pdf")) == before
    mediator.client.post(reverse("reports:retry", args=[report.pk]))
    assert eventually(lambda: is_done(report))
    assert now(report).size > 10_000


@pytest.mark.usefixtures("worker")
def test_report_that_is_cancelled_under_a_worker_is_stopped_by_it(mediator: Person, revision: Revision) -> None:
    report = report_of(revision)
    with worker_in_the_middle_of(report, app):
        Report.objects.filter(pk=report.pk).update(state="cancelled")
    assert eventually(lambda: is_done_by_the_worker(revision))
    assert now(report).state == "cancelled"
    assert not now(report).file


def is_done_by_the_worker(revision: Revision) -> bool:
    """Whether a report that was sent after the others is made: the one worker has been through them."""
    other = Report.objects.filter(revision=revision, paper="us-letter").first()
    if other is None:
        other = report_of(revision, paper="us-letter")
        app.send_task(TASK, args=[str(other.pk)])
    return is_done(other)
