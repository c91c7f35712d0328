"""``manage.py assess``: needs no database, no service and no settings from the environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.package import canonical_document

DOCUMENT = canonical_document(worked_example().package)


def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own with an empty environment."""
    return subprocess.run(
        [sys.executable, "manage.py", "assess", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def package_file(tmp_path: Path) -> Path:
    path = tmp_path / "package.yaml"
    path.write_text(yaml.safe_dump(DOCUMENT, allow_unicode=True))
    return path


def test_a_package_is_assessed_in_words(package_file: Path) -> None:
    done = run(package_file)
    assert done.returncode == 0, done.stderr
    for words in (DOCUMENT["title"], "G10 Equal impact", "Next best steps", "100 % known"):
        assert words in done.stdout


def test_json_is_the_scorecard(package_file: Path) -> None:
    done = run("--format", "json", package_file)
    assert json.loads(done.stdout) == json.loads(assess(worked_example().package).as_json())


def test_standard_input_is_read_for_a_dash() -> None:
    done = run("--format", "json", "-", stdin=json.dumps(DOCUMENT))
    assert done.returncode == 0
    assert json.loads(done.stdout)["title"] == DOCUMENT["title"]


def test_a_bad_file_among_others_gives_a_line_and_stops_nothing(package_file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": "cbm-package/1", "title": "t", "mesures": []}')
    done = run("--format", "json", package_file, bad, tmp_path / "missing.json", package_file)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["file"] for row in rows] == [
        str(p) for p in (package_file, bad, tmp_path / "missing.json", package_file)
    ]
    assert rows[0]["verdict"] == rows[3]["verdict"]
    assert "did you mean measures?" in rows[1]["error"]
    assert rows[2]["error"] == "No such file or directory"
    assert done.returncode == 2
    assert "bad.json: mesures: unknown field" in done.stderr


def test_one_bad_file_says_so_on_stderr_only(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    done = run("--format", "json", bad)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Not valid JSON" in done.stderr


def test_the_report_is_written_beside(package_file: Path, tmp_path: Path) -> None:
    done = run(package_file, "--pdf", tmp_path / "out.pdf")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")


def test_a_report_is_about_one_package(package_file: Path, tmp_path: Path) -> None:
    assert run(package_file, package_file, "--pdf", tmp_path / "out.pdf").returncode == 2
