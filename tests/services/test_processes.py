"""Starting and stopping programs."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from cbm_advisor.services import processes
from cbm_advisor.services.processes import Program

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
)
PARENT = """
import subprocess, sys, time
from cbm_advisor.services import processes
child = processes.start(processes.Program("sleeper", ["sleep", "600"]), subprocess.DEVNULL)
print(child.pid, flush=True)
time.sleep(600)
"""
ROOT = Path(__file__).resolve().parents[2]


def test_a_program_that_does_not_stop_when_asked_is_killed() -> None:
    program = Program("stubborn", [sys.executable, "-c", STUBBORN], stop_seconds=0.2)
    process = processes.start(program, subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    processes.stop((program, process))
    assert process.returncode == -signal.SIGKILL


def test_what_a_program_leaves_in_its_group_ends_with_it() -> None:
    program = Program("shell", ["/bin/sh", "-c", "sleep 600 & echo $!; wait"])
    process = processes.start(program, subprocess.PIPE)
    assert process.stdout
    left = psutil.Process(int(process.stdout.readline()))
    processes.stop((program, process))
    gone, _ = psutil.wait_procs([left], timeout=5)
    assert gone == [left]


def test_a_program_ends_when_the_process_that_started_it_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE)
    assert parent.stdout
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)
