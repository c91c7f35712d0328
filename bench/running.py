"""A ``make run`` under way: how soon it is back after a stop, and what its processes hold in memory."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench import crowd
from bench.figures import Figure
from tests.running import SECONDS, Run, Visitor, eventually

ROOT = Path(__file__).resolve().parent.parent
VISITS = 30


def figures(state: Path) -> Iterator[Figure]:
    """From a second start to the first page, and memory after some use; ``state`` is the folder for its data."""
    environment = {"CBM_VAR": str(state)}
    first = Run(ROOT, **environment)
    first.link()
    stop(first)
    begun = time.perf_counter()
    run = Run(ROOT, **environment)
    try:
        visitor = Visitor(run.link())
        yield Figure("restart of make run to the first page", time.perf_counter() - begun, 6, "s", "")
        use(visitor)
        size, of = memory(run.child("gunicorn").children()[0])
        yield Figure("web process", size, 150, "MB", f"{of}, after {VISITS} scorecards")
        size, of = max(memory(child) for child in workers(run))
        yield Figure("Celery child", size, 200, "MB", f"{of}, after a report; the largest")
    finally:
        stop(run)


def crowded(state: Path) -> Iterator[Figure]:
    """Many people at once, with a web process for each of two cores."""
    run = Run(ROOT, CBM_VAR=str(state), WEB_CONCURRENCY="2")
    try:
        link = run.link()
        threading.Thread(target=listen, args=[run], daemon=True).start()
        yield from crowd.figures(Visitor(link))
    finally:
        stop(run)


def listen(run: Run) -> None:
    """Reads what the processes print: an unread pipe fills up, and they would wait for it."""
    with contextlib.suppress(EOFError):
        run.read_until("stopped")


def workers(run: Run) -> list[psutil.Process]:
    """The processes below the Celery worker, which starts after the first page."""

    def started() -> list[psutil.Process]:
        masters = [child for child in run.supervisor().children() if "celery" in " ".join(child.cmdline())]
        return masters[0].children() if masters else []

    if not eventually(lambda: bool(started())):
        raise RuntimeError("The worker did not start within a minute.")
    return started()


def use(visitor: Visitor) -> None:
    """Opens the worked example often and has its report made."""
    visitor.send("/proposals/worked-example/")
    scorecard = visitor.address
    for _ in range(VISITS):
        visitor.open(scorecard)
    visitor.send("/reports/of-revision/[0-9]+/request/")
    report = visitor.address
    if not eventually(lambda: b"/download/" in visitor.open(report)):
        raise RuntimeError("The report was not made within a minute.")


def memory(process: psutil.Process) -> tuple[float, str]:
    """Megabytes that a process holds, and of which kind: its proportional share (PSS) where the system tells it."""
    full = process.memory_full_info()
    if hasattr(full, "pss"):
        return full.pss / 1e6, f"PSS ({full.rss / 1e6:.0f} MB resident with what is shared)"
    return full.rss / 1e6, "resident"


def stop(run: Run) -> None:
    """Ctrl-C."""
    os.killpg(run.process.pid, signal.SIGINT)
    run.process.communicate(timeout=SECONDS)
