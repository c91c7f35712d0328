"""``make run`` as a person meets it: one command, a link, Ctrl-C; and what they may find instead."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

SECONDS = 90
LINK = re.compile(r"http://localhost:(\d+)/sign-in/\S+")


class Run:
    """A ``make run`` under way."""

    def __init__(self, checkout: Path, **environment: str) -> None:
        self.output: list[str] = []
        self.process = subprocess.Popen(
            ["make", "run"],
            cwd=checkout,
            env={**os.environ, "PORT": str(free_port()), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def read_until(self, wanted: str) -> str:
        """The text printed up to the first line that the pattern is found in."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.output.append(line)
            if re.search(wanted, line):
                return "".join(self.output)
        pytest.fail(f"It ended without saying {wanted!r}:\n{''.join(self.output)}")

    def link(self) -> str:
        """The sign-in link, once it is printed."""
        found = LINK.search(self.read_until("sign-in/"))
        assert found
        return found.group()

    def processes(self) -> list[psutil.Process]:
        """``make`` and all that it started."""
        make = psutil.Process(self.process.pid)
        return [make, *make.children(recursive=True)]

    def supervisor(self) -> psutil.Process:
        return next(process for process in self.processes() if "cbm_advisor.services.run" in process.cmdline())

    def child(self, word: str) -> psutil.Process:
        """The process of the supervisor whose command has the word."""
        return next(child for child in self.supervisor().children() if word in " ".join(child.cmdline()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page(address: str) -> tuple[int, str]:
    """Status and text of a page, redirects and cookies followed."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(address, timeout=20) as response:
        return response.status, response.read().decode()


def gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=30)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


@pytest.fixture
def start(checkout: Path) -> Iterator[Callable[..., Run]]:
    """Starts ``make run`` in the checkout; whatever is left at the end of the test is ended."""
    runs: list[Run] = []

    def begin(**environment: str) -> Run:
        runs.append(Run(checkout, **environment))
        return runs[-1]

    yield begin
    for run in runs:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.process.pid, signal.SIGTERM)
        run.process.communicate(timeout=SECONDS)


def test_one_command_gives_a_link_to_the_demonstration_and_one_ctrl_c_ends_everything(
    start: Callable[..., Run], checkout: Path
) -> None:
    run = start()
    status, text = page(run.link())
    assert status == 200
    assert "Demonstration workspace" in text
    assert re.search(r'href="/static/css/[a-z/]+\.[0-9a-f]{12}\.css"', text)
    processes = run.processes()
    sockets = Path((checkout / "var" / "sockets").read_text())
    os.killpg(run.process.pid, signal.SIGINT)
    run.read_until("stopped")
    assert gone(processes)
    assert not sockets.exists()
    assert not {"env", "processes.json", "sockets"} & {entry.name for entry in (checkout / "var").iterdir()}


def test_data_outlives_a_restart_and_a_killed_run_leaves_nothing_in_the_way(
    start: Callable[..., Run], checkout: Path
) -> None:
    run = start()
    link = run.link()
    secret = (checkout / "var" / "secret-key").read_text()
    processes = run.processes()
    run.supervisor().kill()
    assert gone(processes)
    again = start()
    new = again.link()
    port = LINK.match(new)
    assert port
    status, text = page(re.sub(r":\d+/", f":{port.group(1)}/", link))
    assert status == 200, "The link of the first run was not used and is still good."
    assert "Demonstration workspace" in text
    assert (checkout / "var" / "secret-key").read_text() == secret
    assert (checkout / "var" / "secret-key").stat().st_mode & 0o077 == 0


def test_a_second_run_is_told_of_the_first(start: Callable[..., Run]) -> None:
    first = start()
    first.link()
    second = start()
    second.read_until(r"in use by another run \(process \d+\)\. Stop that one with Ctrl-C")
    assert second.process.wait(SECONDS) != 0


def test_a_port_in_use_is_told_with_what_to_do(start: Callable[..., Run]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        run = start(PORT=str(number))
        run.read_until(rf"Port {number} cannot be used .*PORT={number + 1} make run")
        assert run.process.wait(SECONDS) != 0


def test_a_port_that_is_none_is_told(start: Callable[..., Run]) -> None:
    start(PORT="eighty").read_until('PORT is "eighty"; it takes a number')


def test_a_web_process_or_a_database_that_dies_is_started_again(start: Callable[..., Run]) -> None:
    run = start()
    link = run.link()
    run.child("gunicorn").kill()
    run.read_until(r"web +\| ended by SIGKILL; it is started again")
    run.read_until("Booting worker")
    run.child("postgres").kill()
    run.read_until(r"postgres +\| ended by SIGKILL; it is started again")
    assert eventually(lambda: page(link)[0] == 200)


def test_interrupting_make_alone_ends_everything(start: Callable[..., Run]) -> None:
    run = start()
    run.link()
    processes = run.processes()
    run.process.send_signal(signal.SIGINT)
    assert gone(processes)


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes true within a minute; errors on the way count as not yet."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if holds():
                return True
        time.sleep(0.2)
    return False
