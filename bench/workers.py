"""What workers make of many reports: how much faster two are than one, and what memory a long run leaves behind."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median

import django
import psutil
from django.utils import timezone

from accounts import walls
from accounts.models import Membership, User, Workspace
from assessments.package import load_package
from bench import report
from bench.figures import Figure
from cbm_advisor.services import processes
from proposals.domain import import_package
from proposals.models import Revision
from reports.asking import Wanted
from reports.domain import drawn_up, enter
from reports.models import Report
from reports.queueing import nudge

ROOT = Path(__file__).resolve().parent.parent
MANY, ROUNDS = 100, 3
LONG_RUN, WARM = 1000, 100
SPEED = 1 / 1.7
"""Of the time that one worker takes, two may take this share."""

MEGABYTE = 2**20
_numbers = count()


def figures(*, many: int = MANY, warm_up: int = WARM, long_run: int = LONG_RUN) -> Iterator[Figure]:
    """Two workers beside one, two plain processes beside one for what the machine allows, and memory over a long run."""
    with walls.lifted():
        revision = a_revision()
        plain = compared(lambda workers: plain_seconds(workers, many))
        yield Figure("two plain processes, of the time of one", plain, SPEED, "", f"{many} reports, nothing beside")
        through = compared(lambda workers: worker_seconds(workers, revision, many))
        yield Figure("two worker processes, of the time of one", through, SPEED, "", f"{many} reports")
        with worker(1, revision) as master:
            seconds_for(revision, warm_up)
            warm = largest_child(master)
            for _ in range(long_run // warm_up - 1):
                seconds_for(revision, warm_up)
            late = largest_child(master)
        of = f"{warm:.0f} MB after {warm_up} reports, {late:.0f} MB after {long_run}"
        yield Figure("memory of a worker over a long run", late / warm, 1.1, "times", of)


def compared(seconds: Callable[[int], float]) -> float:
    """The time of two in times of that of one: the median over rounds in which both are taken, one after the other."""
    return median(seconds(2) / seconds(1) for _ in range(ROUNDS))


def worker_seconds(workers: int, revision: Revision, many: int) -> float:
    """How long a worker with so many processes takes."""
    with worker(workers, revision):
        return seconds_for(revision, many)


def a_revision() -> Revision:
    """Ten measures as the proposal of somebody who drafts."""
    workspace = Workspace.objects.create(name="Bench of workers")
    person = User.objects.create_user("workers@example.org", name="Bench")
    Membership.objects.create(user=person, workspace=workspace, role=Membership.Role.DRAFTER)
    return import_package(workspace, load_package(report.package_of(report.MEASURES)), by=person)


def plain_seconds(workers: int, many: int) -> float:
    """How long as many plain processes take for so many reports, once each has read its fonts."""
    document = report.package_of(report.MEASURES)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), django.setup) as pool:
        list(pool.map(report.made, [document] * 8 * workers, range(8 * workers)))
        begun = time.perf_counter()
        list(pool.map(report.made, [document] * many, range(many)))
        return time.perf_counter() - begun


@contextmanager
def worker(concurrency: int, revision: Revision) -> Iterator[psutil.Process]:
    """A worker with so many processes, each of which has read its fonts and is not replaced."""
    program = processes.Program(
        name="worker",
        command=[
            sys.executable, "-m", "celery", "--quiet", "--app", "cbm_advisor.celery", "worker", "--loglevel", "ERROR",
            "--concurrency", str(concurrency), "--max-tasks-per-child", str(10 * LONG_RUN),
        ],
        environment=dict(os.environ),
        folder=ROOT,
    )  # fmt: skip
    process = processes.start(program, subprocess.DEVNULL)
    try:
        seconds_for(revision, 8 * concurrency)
        yield psutil.Process(process.pid)
    finally:
        processes.stop((program, process))


def seconds_for(revision: Revision, many: int) -> float:
    """From asking for so many different reports of a revision until the last one is ready."""
    wanted = [Wanted(revision=revision, watermark=f"Copy {next(_numbers)}") for _ in range(many)]
    asked = enter([drawn_up(each, by=revision.author) for each in wanted], by=revision.author, for_an_archive=True)
    begun = time.perf_counter()
    nudge(*(each.pk for each in asked))
    wait_for(asked)
    return time.perf_counter() - begun


def wait_for(reports: Sequence[Report]) -> None:
    """Returns when all are ready; raises if one failed, or if none was made for a minute."""
    ids = [each.pk for each in reports]
    open_before, changed = len(ids), time.monotonic()
    while still_open := Report.objects.filter(pk__in=ids).exclude(state=Report.State.DONE).count():
        if failed := Report.objects.filter(pk__in=ids, state=Report.State.FAILED).first():
            raise RuntimeError(f"A report failed: {failed.error}")
        if still_open < open_before:
            open_before, changed = still_open, time.monotonic()
        if time.monotonic() - changed > 60:
            raise RuntimeError(f"{still_open} reports are still open at {timezone.now()}.")
        time.sleep(0.05)


def largest_child(master: psutil.Process) -> float:
    """Megabytes that the largest child of a worker holds."""
    return max(child.memory_info().rss for child in master.children(recursive=True)) / MEGABYTE
