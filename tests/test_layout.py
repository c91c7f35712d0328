"""What holds for the repository as a whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    *(".ci", ".dockerignore", ".gitignore", ".npmrc", "CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "LICENSE"),
    *("Makefile", "README.md", "docker-compose.yml", "manage.py", "package-lock.json", "package.json"),
    *("pyproject.toml", "requirements", "docs", "bench", "tests", "static", "templates", "locale"),
    *("cbm_advisor", "accounts", "guidelines", "cases", "assessments", "proposals", "reports"),
}
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PURE = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "celery", "psycopg", "redis"}:
            raise ImportError(f"{name} was imported by a pure module")

sys.meta_path.insert(0, Refuse())
import guidelines.catalogue
import assessments.package
from assessments.engine import assess
from assessments.calibration import worked_example

print(len(assess(worked_example().package).as_dict()["guidelines"]))
"""


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_every_entry_at_the_top_has_its_reason() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} - TOP == set()


def test_the_engine_runs_without_django_and_without_services() -> None:
    ended = subprocess.run([sys.executable, "-c", PURE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.stdout.strip() == "10", ended.stderr


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_python_packages_are_locked_with_hashes_and_without_addresses(lock: Path) -> None:
    text = lock.read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)
    packages = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n?", "", text, flags=re.M).strip())
    assert packages
    assert all("==" in package and "--hash=sha256:" in package for package in packages)


def test_npm_packages_are_locked_with_hashes_and_without_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert all("integrity" in package and "resolved" not in package for package in installed.values())


def test_both_locks_of_python_packages_agree() -> None:
    pins = [dict(re.findall(r"^([a-z0-9._-]+)(?:\[.*\])?==([^ ;\\]+)", lock.read_text(), re.M)) for lock in LOCKS]
    for name in set.union(*map(set, pins)):
        assert len({pin[name] for pin in pins if name in pin}) == 1, name
