"""What the supervisor shows, and what it starts again."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from cbm_advisor.services.processes import Program
from cbm_advisor.services.state import StateFolder
from cbm_advisor.services.supervisor import LineBuffer, Supervisor, ending


def test_output_is_shown_by_whole_lines_under_the_name_of_its_process(capsys: pytest.CaptureFixture[str]) -> None:
    lines = LineBuffer("web")
    lines.add(b"one\ntw")
    lines.add("o, übrigens\nthree".encode())
    assert capsys.readouterr().out == "web      | one\nweb      | two, übrigens\n"
    lines.finish()
    assert capsys.readouterr().out == "web      | three\n"


def test_a_program_that_ends_is_told_and_started_again(state: StateFolder, capsys: pytest.CaptureFixture[str]) -> None:
    with state.held():
        supervisor = Supervisor(state)
        child = supervisor.start(Program("web", [sys.executable, "-c", "import time; time.sleep(600)"]))
        first = child.process
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        deadline = time.monotonic() + 10
        while child.process is first:
            supervisor.tick()
            assert time.monotonic() < deadline
        assert child.process.poll() is None
        supervisor.stop()
    assert child.process.poll() is not None
    assert "web      | ended by SIGKILL; it is started again in 1 s" in capsys.readouterr().out


def test_each_failure_in_a_row_doubles_the_pause(state: StateFolder) -> None:
    with state.held():
        supervisor = Supervisor(state)
        child = supervisor.start(Program("web", ["/bin/false"]))
        child.process.wait()
        supervisor.tick()
        assert child.pause == 2
        supervisor.stop()


def test_the_output_of_a_program_that_runs_once_is_complete(
    state: StateFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    with state.held():
        status = Supervisor(state).run_once(Program("setup", ["/bin/sh", "-c", "seq 1000; exit 3"]))
    assert status == 3
    assert capsys.readouterr().out.splitlines()[-1] == "setup    | 1000"


def test_endings_are_told_in_words() -> None:
    assert ending(-15) == "ended by SIGTERM"
    assert ending(3) == "ended with status 3"
