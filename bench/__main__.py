"""``make bench``: prints each figure with its goal. A missed goal is printed, and is no error."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figures import Figure
from bench.services import database

STATE = Path(__file__).resolve().parent.parent / "var" / "bench"


def main() -> None:
    """Measures in the order of what has to run: nothing, then the database, then everything."""
    from bench import engine, running

    show(engine.figures)
    show(with_django)
    for each in ("bench.library", "bench.listing"):
        subprocess.run([sys.executable, "-m", each], check=True)  # Django has one database a process
    show(lambda: running.figures(STATE))
    show(lambda: running.crowded(STATE))


def with_django() -> Iterator[Figure]:
    """The figures that need Django or a database, in one of their own."""
    with database(STATE):
        from bench import builder, page, pane, report, weights, word, workers

        yield from report.figures()
        yield from word.figures()
        yield from workers.figures()
        yield from page.figures()
        yield from builder.figures()
        yield from pane.figures()
        yield from weights.figures()


def show(figures: Callable[[], Iterator[Figure]]) -> None:
    """Prints figures as they come."""
    for figure in figures():
        print(figure, flush=True)


main()
