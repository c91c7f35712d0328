"""The folder that holds everything a running CBM Advisor writes: ``var/``."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shlex
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil

from cbm_advisor.services.account import Account
from cbm_advisor.services.errors import ServiceError

SOCKET_PREFIX = "cbm-"
# The system's limit for the path of a socket is 104 to 108 bytes; PostgreSQL's own name takes some.
LONGEST_SOCKET_FOLDER = 80
SECONDS_TO_END = 10


def private_folder(path: Path) -> None:
    """Makes a folder that only its owner may enter, or makes an existing one so."""
    path.mkdir(mode=0o700, exist_ok=True)
    path.chmod(0o700)


class StateFolder:
    """``var/``, or another folder, while one run holds it.

    The hold is a lock on the folder itself: the system gives it back however the run ends.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._processes = path / "processes.json"
        self._sockets = path / "sockets"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Holds the folder and clears what a killed run left. Raises ``ServiceError`` if another run holds it."""
        self.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDONLY)
        try:
            self._lock(handle)
            self._end_leftover_processes()
            self.remove_sockets()
            yield
        finally:
            os.close(handle)

    def _lock(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServiceError(
                f"{self.path} is in use by another run{self._holder()}. Stop that one with Ctrl-C in its terminal, "
                "or set CBM_VAR to another folder (and PORT to another port) to run a second one beside it."
            ) from None

    def _holder(self) -> str:
        recorded = self._recorded()
        return f" (process {recorded[0]['started_by']})" if recorded else ""

    def remember(self, pid: int, stop_signal: signal.Signals) -> None:
        """Records a process, so that the next run can end it if this one is killed."""
        with contextlib.suppress(psutil.NoSuchProcess):
            created = psutil.Process(pid).create_time()
            entry = {"pid": pid, "created": created, "signal": int(stop_signal), "started_by": os.getpid()}
            _write(self._processes, json.dumps([*self._recorded(), entry]))

    def forget_processes(self) -> None:
        """Everything was stopped."""
        self._processes.unlink(missing_ok=True)

    def _recorded(self) -> list[dict[str, Any]]:
        try:
            recorded: list[dict[str, Any]] = json.loads(self._processes.read_text())
        except (OSError, ValueError):
            return []
        return recorded

    def _end_leftover_processes(self) -> None:
        left = [(process, entry["signal"]) for entry in self._recorded() if (process := _still_running(entry))]
        family = {member for process, _ in left for member in (process, *process.children(recursive=True))}
        for process, stop_signal in reversed(left):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(stop_signal)
        _, stubborn = psutil.wait_procs(family, timeout=SECONDS_TO_END)
        for process in stubborn:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(stubborn, timeout=SECONDS_TO_END)
        self.forget_processes()

    def socket_folder(self, account: Account | None) -> Path:
        """A new folder for the servers' sockets that only they, and we, may enter; its path is short."""
        folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX))
        if len(bytes(folder)) > LONGEST_SOCKET_FOLDER or (account and not account.can_enter(folder.parent)):
            folder.rmdir()
            folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir="/tmp"))
        if account:
            os.chown(folder, account.uid, account.gid)
        _write(self._sockets, str(folder))
        return folder

    def remove_sockets(self) -> None:
        """Removes the folder of the sockets, of this run or of one that was killed."""
        with contextlib.suppress(OSError):
            folder = Path(self._sockets.read_text())
            if folder.name.startswith(SOCKET_PREFIX) and folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder)
        self._sockets.unlink(missing_ok=True)

    def publish(self, environment: Mapping[str, str]) -> None:
        """Writes the variables to ``env``, for a shell that wants to run commands beside us."""
        lines = [f"{name}={shlex.quote(value)}\n" for name, value in sorted(environment.items())]
        _write(self.path / "env", "".join(lines))

    def withdraw(self) -> None:
        """Removes ``env``: nothing answers there any more."""
        (self.path / "env").unlink(missing_ok=True)

    def secret_key(self) -> str:
        """Django's SECRET_KEY for this folder, made on the first run."""
        path = self.path / "secret-key"
        if not path.exists():
            _write(path, secrets.token_urlsafe(50))
        return path.read_text()


def set_aside(path: Path) -> Path:
    """Renames something that cannot be used to a free name beside it, which is returned; nothing is deleted."""
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    return path.rename(aside)


def _still_running(entry: dict[str, Any]) -> psutil.Process | None:
    """The recorded process; None if it has ended (its number may belong to another by now)."""
    try:
        process = psutil.Process(entry["pid"])
        return process if abs(process.create_time() - entry["created"]) < 1 else None
    except psutil.Error:
        return None


def _write(path: Path, text: str) -> None:
    """Writes all or nothing, readable by us alone."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
