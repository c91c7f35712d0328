"""Fixtures for all tests, and what holds for every test."""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator
from typing import Any

import django
import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.core.management.sql import sql_flush

from tests import machine, passwords

machine.prepare_environment()
django.setup()

# What tests do themselves sees all; requests are walled as ever, and other threads and processes stand on their own.
from accounts import walls  # noqa: E402

_lifted = walls.lifted()
_lifted.__enter__()

pytest_plugins = ["tests.left_out", "tests.library", "tests.personas", "tests.worker"]


def pytest_configure() -> None:
    """Pages take style sheets from where they are written, not from what was once collected from there; passwords cost
    nothing."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = [
        passwords.QUICK if each == passwords.SLOW else each for each in settings.PASSWORD_HASHERS
    ]


@pytest.fixture(autouse=True, scope="session")
def _tests_may_empty_the_audit_log() -> Iterator[None]:
    """Transactional tests empty every table afterwards, and the audit log refuses that. What tests write are few rows:
    deleting them takes a twentieth of the time of TRUNCATE, which makes every file of every table anew."""
    tables = ("accounts_auditentry", "accounts_audithead")

    def allowing(*args: Any, **kwargs: Any) -> list[str]:
        off, on = ([f"ALTER TABLE {table} {how} TRIGGER USER" for table in tables] for how in ("DISABLE", "ENABLE"))
        emptied = re.findall(r'"[^"]+"', " ".join(sql_flush(*args, **kwargs)))
        return [*off, *(f"DELETE FROM {table}" for table in emptied), *on]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", allowing)
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """The workers set Django up themselves, each with a Redis database of its own."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that is skipped fails: whatever it needs is to be there."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped; tests are run or removed. {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So does a module that skips itself."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} skips itself; tests are run or removed. {report.longrepr}"
    return report
