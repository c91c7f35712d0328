"""The tests that ``make check`` leaves out, marked by what they use; a run that leaves some out says so at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

KINDS = {"browser": "drive a browser", "services": "start and kill processes of their own"}
FIXTURES = {"browser": "browser", "worker": "services", "doomed": "services"}
HERE = Path(__file__).parent
PLACES = {HERE / "services": "services", HERE / "reports" / "test_word_in_libreoffice.py": "services"}
LEFT_OUT = pytest.StashKey[Counter[str]]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = Counter()
    for kind, what in KINDS.items():
        config.addinivalue_line("markers", f"{kind}: tests that {what}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Marks each test, before pytest chooses by marks."""
    for item in items:
        used = {FIXTURES.get(name) for name in getattr(item, "fixturenames", ())}
        below = {PLACES.get(place) for place in (item.path, *item.path.parents)}
        for kind in (used | below) - {None}:
            item.add_marker(str(kind))


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    for item in items:
        kinds = [kind for kind in KINDS if item.get_closest_marker(kind)]
        item.config.stash[LEFT_OUT].update(kinds[:1])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist tells the process that started it; each has chosen from all tests."""
    left_out = session.config.stash[LEFT_OUT]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    told = Counter[str](getattr(node, "workeroutput", {}).get("left_out", {}))
    node.config.stash[LEFT_OUT] = node.config.stash[LEFT_OUT] | told


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    left_out = config.stash[LEFT_OUT]
    if left_out and config.option.markexpr:
        kinds = [kind for kind in KINDS if left_out[kind]]
        terminalreporter.section("not run")
        for kind in kinds:
            terminalreporter.line(f"Tests that {KINDS[kind]}: {left_out[kind]}")
        terminalreporter.line("make test runs everything; these alone:")
        terminalreporter.line(f'.venv/bin/python -m pytest -n 2 --dist worksteal -m "{" or ".join(kinds)}"')
