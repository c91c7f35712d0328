"""``make run`` as a person meets it: one command, a link, Ctrl-C; and what they may find instead."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.running import SECONDS, Run, Visitor, eventually, gone


@pytest.fixture
def start(used_checkout: Path) -> Iterator[Callable[..., Run]]:
    """Starts ``make run`` where it ran before, or in another checkout; what is left at the end of the test is ended."""
    runs: list[Run] = []

    def begin(where: Path = used_checkout, **environment: str) -> Run:
        runs.append(Run(where, **environment))
        return runs[-1]

    yield begin
    for run in runs:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.process.pid, signal.SIGTERM)
        run.process.communicate(timeout=SECONDS)


def test_one_command_gives_a_link_to_the_demonstration_and_one_ctrl_c_ends_everything(
    start: Callable[..., Run], checkout: Path
) -> None:
    run = start(checkout)
    visitor = Visitor(run.link())
    assert "Demonstration workspace" in visitor.text
    run.read_until("GET /sign-in/…/ 302")
    another = subprocess.run(["make", "link"], cwd=checkout, capture_output=True, text=True, check=True).stdout.strip()
    assert "Demonstration workspace" in Visitor(another).text
    assert re.search(r'href="/static/css/[a-z/]+\.[0-9a-f]{12}\.css"', visitor.text)
    processes = run.processes()
    sockets = Path((checkout / "var" / "sockets").read_text())
    os.killpg(run.process.pid, signal.SIGINT)
    run.read_until("stopped")
    assert gone(processes)
    assert not sockets.exists()
    assert not {"env", "processes.json", "sockets"} & {entry.name for entry in (checkout / "var").iterdir()}


def test_the_scorecard_and_the_report_are_two_clicks_away(start: Callable[..., Run]) -> None:
    visitor = Visitor(start().link())
    visitor.send("/proposals/worked-example/")
    assert "Nuba" in visitor.text
    visitor.send("/reports/of-revision/[0-9]+/request/")
    report = visitor.address
    assert eventually(lambda: b"/download/" in visitor.open(report))
    assert visitor.follow("/reports/[0-9a-f-]+/download/").startswith(b"%PDF-")


def test_data_outlives_a_restart_and_a_killed_run_leaves_nothing_in_the_way(
    start: Callable[..., Run], used_checkout: Path
) -> None:
    run = start()
    link = run.link()
    secret = (used_checkout / "var" / "secret-key").read_text()
    processes = run.processes()
    run.supervisor().kill()
    assert gone(processes)
    again = start(PORT=str(urlsplit(link).port))
    again.link()
    assert "Demonstration workspace" in Visitor(link).text, "The first run's link was not used; it is still good."
    assert (used_checkout / "var" / "secret-key").read_text() == secret
    assert (used_checkout / "var" / "secret-key").stat().st_mode & 0o077 == 0


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
    assert eventually(lambda: "Demonstration workspace" in Visitor(link).text)


def test_interrupting_make_alone_ends_everything(start: Callable[..., Run]) -> None:
    run = start()
    run.link()
    processes = run.processes()
    run.process.send_signal(signal.SIGINT)
    assert gone(processes)
