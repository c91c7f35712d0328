"""The case library, for the tests that read it."""

from __future__ import annotations

import pytest
from django.db import connection

from cases.domain import load_library, new_edition
from cases.models import Case, CaseMeasure, CaseVersion, Lesson
from cases.schema import case_files

TABLES = [model._meta.db_table for model in (CaseVersion, Case, CaseMeasure, Lesson)]


@pytest.fixture(scope="session")
def _rows_of_the_library() -> dict[str, bytes]:
    """What loading the library puts into each table, once it was loaded."""
    return {}


@pytest.fixture
def library(db: None, _rows_of_the_library: dict[str, bytes]) -> None:
    """The library as it is published. It is loaded once in a run; then its rows are put back, in a fraction of the time."""
    if not _rows_of_the_library:
        load_library(case_files())
        _rows_of_the_library.update({table: _rows_in(table) for table in TABLES})
        return
    with connection.cursor() as cursor:
        for table, rows in _rows_of_the_library.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(rows)
    new_edition()


def _rows_in(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)
