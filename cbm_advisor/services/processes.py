"""Starts and stops programs so that none outlives the process that started it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from cbm_advisor.services.account import Account, as_account

_SET_PARENT_DEATH_SIGNAL = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Program:
    """How to start a program and how to ask it to stop."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    folder: Path = Path("/")
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGTERM
    """What the kernel sends when we die without stopping it (Linux only)."""
    stop_seconds: float = 15
    keep_open: Sequence[int] = ()


def start(program: Program, output: IO[bytes] | int) -> subprocess.Popen[bytes]:
    """Starts the program in a session of its own, so that Ctrl-C in the terminal reaches only us."""
    return subprocess.Popen(
        [str(part) for part in program.command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=dict(program.environment),
        cwd=program.folder,
        start_new_session=True,
        pass_fds=program.keep_open,
        preexec_fn=_bound_to(os.getpid(), program.orphan_signal),
        **as_account(program.account),
    )


def die_with_parent(number: signal.Signals) -> None:
    """Asks the kernel to send us the signal when the process that started us ends. Does nothing outside Linux."""
    if _libc:
        _libc.prctl(_SET_PARENT_DEATH_SIGNAL, int(number))


def _bound_to(parent: int, number: signal.Signals) -> Callable[[], None]:
    def bind() -> None:
        die_with_parent(number)
        if os.getppid() != parent:
            os._exit(1)

    return bind


def stop(*running: tuple[Program, subprocess.Popen[bytes]]) -> None:
    """Asks the programs to stop, all at once, and waits; what is left of their process groups then is killed."""
    for program, process in running:
        if process.poll() is None:
            process.send_signal(program.stop_signal)
    for program, process in running:
        try:
            process.wait(program.stop_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
