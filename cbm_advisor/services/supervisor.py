"""Keeps the web process and the worker running, and shows what they say."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cbm_advisor.services import processes
from cbm_advisor.services.processes import Program
from cbm_advisor.services.state import StateFolder

LONGEST_PAUSE = 30.0
SECONDS_TO_COUNT_AS_RUNNING = 60
TICK = 0.2


def say(name: str, line: str) -> None:
    """One line of output, under the name of the process that it comes from."""
    with contextlib.suppress(OSError):
        print(f"{name:<8} | {line}", flush=True)


@dataclass
class Child:
    """A supervised process: how it is started again, and since when it runs."""

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    pause: float = 1.0
    start_again_at: float | None = None


class Supervisor:
    """Starts programs, prints their lines, and starts again what ends. ``stop`` ends them."""

    def __init__(self, state: StateFolder) -> None:
        self._state = state
        self._children: list[Child] = []
        self._programs: list[tuple[Program, Child]] = []
        self._outputs = selectors.DefaultSelector()

    def start(self, program: Program) -> Child:
        """Starts a program whose output is shown, and keeps it running."""

        def launch() -> subprocess.Popen[bytes]:
            process = processes.start(program, subprocess.PIPE)
            self._state.remember(process.pid, program.stop_signal)
            self._show(program.name, process)
            return process

        child = self.keep(program.name, launch, launch())
        self._programs.append((program, child))
        return child

    def keep(self, name: str, launch: Callable[[], subprocess.Popen[bytes]], process: subprocess.Popen[bytes]) -> Child:
        """Keeps a process running that somebody else started and will stop."""
        child = Child(name, launch, process)
        self._children.append(child)
        return child

    def run_once(self, program: Program) -> int:
        """Runs a program to its end, showing its output; returns its exit status."""
        process = processes.start(program, subprocess.PIPE)
        self._show(program.name, process)
        try:
            while process.poll() is None:
                self.tick()
            self._drain()
        finally:
            processes.stop((program, process))
        return process.returncode

    def tick(self) -> None:
        """Waits a moment for output, prints it, and looks after the processes."""
        for key, _ in self._outputs.select(TICK):
            key.data()
        for child in self._children:
            self._look_after(child)

    def stop(self) -> None:
        """Stops what ``start`` started."""
        processes.stop(*((program, child.process) for program, child in self._programs))
        self._drain()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process.poll() is None:
            return
        if child.start_again_at is None:
            if now - child.started > SECONDS_TO_COUNT_AS_RUNNING:
                child.pause = 1.0
            say(child.name, f"{ending(child.process.returncode)}; it is started again in {child.pause:.0f} s")
            child.start_again_at = now + child.pause
            child.pause = min(child.pause * 2, LONGEST_PAUSE)
        elif now >= child.start_again_at:
            child.process, child.started, child.start_again_at = child.launch(), now, None

    def _show(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Registers a reader that prints each whole line of the process."""
        assert process.stdout is not None
        stream = process.stdout
        os.set_blocking(stream.fileno(), False)
        lines = LineBuffer(name)

        def read() -> None:
            if chunk := stream.read():
                lines.add(chunk)
            elif chunk == b"":
                self._outputs.unregister(stream)
                stream.close()
                lines.finish()

        self._outputs.register(stream, selectors.EVENT_READ, read)

    def _drain(self) -> None:
        while ready := self._outputs.select(0):
            for key, _ in ready:
                key.data()


class LineBuffer:
    """Prints whole lines of what arrives in pieces."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rest = b""

    def add(self, chunk: bytes) -> None:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            say(self._name, line.decode(errors="replace").rstrip())

    def finish(self) -> None:
        if self._rest:
            self.add(b"\n")


def ending(status: int) -> str:
    """How a process ended, in words."""
    if status < 0:
        return f"ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"


class StopRequested(BaseException):
    """Ctrl-C, or the system, asks us to end."""


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """The first SIGINT, SIGTERM or SIGHUP raises ``StopRequested``; later ones do not disturb the stopping."""
    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def request(number: int, frame: object) -> None:
        for each in asked:
            signal.signal(each, signal.SIG_IGN)
        raise StopRequested

    for each in asked:
        signal.signal(each, request)
    yield


def complain(message: str) -> None:
    """Tells the person at the terminal what went wrong."""
    print(f"\n{message}\n", file=sys.stderr, flush=True)
