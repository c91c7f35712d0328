"""PostgreSQL, Redis and Django for measuring."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command

from cbm_advisor.services.embedded import embedded_services
from cbm_advisor.services.state import StateFolder


@contextmanager
def database(folder: Path) -> Iterator[None]:
    """Django with services of its own, whose data lie in ``folder``."""
    state = StateFolder(folder)
    before = dict(os.environ)
    with state.held(), embedded_services(state) as services:
        os.environ.update(
            services.environment,
            DJANGO_SETTINGS_MODULE="cbm_advisor.settings",
            CBM_EMBEDDED="true",
            CBM_VAR=str(folder),
            SECRET_KEY="for measuring only",  # noqa: S106
        )
        django.setup()
        call_command("prepare", "--demo", stdout=StringIO())
        yield
    os.environ.clear()
    os.environ.update(before)
