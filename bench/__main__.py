"""``make bench``: prints each figure with its goal. A missed goal is printed, and is no error."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command

from bench.figures import Figure
from cbm_advisor.services.embedded import embedded_services
from cbm_advisor.services.state import StateFolder

STATE = Path(__file__).resolve().parent.parent / "var" / "bench"


def main() -> None:
    """Measures in the order of what has to run: nothing, then the database, then everything."""
    from bench import engine, running

    show(engine.figures)
    show(with_django)
    show(lambda: running.figures(STATE))


def with_django() -> Iterator[Figure]:
    """The figures that need Django or a database, in one of their own."""
    state = StateFolder(STATE)
    before = dict(os.environ)
    with state.held(), embedded_services(state) as services:
        os.environ.update(
            services.environment,
            DJANGO_SETTINGS_MODULE="cbm_advisor.settings",
            CBM_EMBEDDED="true",
            CBM_VAR=str(STATE),
            SECRET_KEY="for measuring only",  # noqa: S106
        )
        django.setup()
        call_command("prepare", "--demo", stdout=StringIO())
        from bench import page, report

        yield from report.figures()
        yield from page.figures()
    os.environ.clear()
    os.environ.update(before)


def show(figures: Callable[[], Iterator[Figure]]) -> None:
    """Prints figures as they come."""
    for figure in figures():
        print(figure, flush=True)


main()
