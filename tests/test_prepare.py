"""``manage.py prepare``: everything is brought up to date, and nothing is done twice."""

from __future__ import annotations

import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts import checks
from accounts.demonstration import MEDIATOR
from accounts.models import User
from cases.models import Case


def prepare(*options: str) -> str:
    said = StringIO()
    call_command("prepare", *options, stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def static_files(settings: Any, tmp_path: Path) -> Path:
    """One static file, to be collected elsewhere."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("p { margin: 0 }")
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [source]
    return source


@pytest.mark.usefixtures("db")
def test_the_case_library_is_loaded_and_the_demonstration_only_when_asked_for() -> None:
    prepare()
    assert Case.objects.filter(slug="nuba-mountains-2002").exists()
    assert not User.objects.filter(email=MEDIATOR).exists()
    prepare("--demo")
    assert User.objects.filter(email=MEDIATOR).exists()


@pytest.mark.usefixtures("db")
def test_static_files_are_collected_when_they_changed_and_only_then(static_files: Path, settings: Any) -> None:
    assert "Static files: collected." in prepare()
    assert (settings.STATIC_ROOT / "page.css").is_file()
    assert "Static files" not in prepare()
    (static_files / "page.css").write_text("p { margin: 1px }")
    later = time.time() + 60
    os.utime(static_files / "page.css", (later, later))
    assert "Static files: collected." in prepare()
    assert "1px" in (settings.STATIC_ROOT / "page.css").read_text()


@pytest.mark.usefixtures("db")
def test_role_that_passes_through_row_level_security_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_passing_role", lambda alias: "postgres")
    told = StringIO()
    call_command("prepare", stdout=StringIO(), stderr=told)
    assert "Row-level security is not in force: the role postgres passes through it." in told.getvalue()


@pytest.mark.usefixtures("db")
def test_each_step_says_one_line() -> None:
    prepare()
    (line,) = prepare().splitlines()
    assert line.startswith("0 cases added, 0 updated, 0 removed, ")
