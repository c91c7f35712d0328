"""What ``make run`` starts: everything on this machine, until Ctrl-C."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from signal import SIGKILL

from cbm_advisor.services.embedded import Services, embedded_services, start_again
from cbm_advisor.services.errors import ServiceError
from cbm_advisor.services.make import Make
from cbm_advisor.services.processes import Program
from cbm_advisor.services.state import StateFolder
from cbm_advisor.services.supervisor import StopRequested, Supervisor, complain, say, stopping_on_signals

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_ANSWER = 60


def main() -> int:
    """Runs until it is asked to stop; 0 then, 1 if it could not start."""
    try:
        with stopping_on_signals():
            serve(StateFolder(Path(os.environ.get("CBM_VAR") or ROOT / "var").absolute()))
    except StopRequested:
        pass
    except ServiceError as error:
        complain(str(error))
        return 1
    say("run", "stopped")
    return 0


def serve(state: StateFolder) -> None:
    """Starts the services, the worker and the web process in ``state``, and looks after them."""
    make = Make()
    with listening(port()) as listener, state.held():
        say("run", f"starting PostgreSQL and Redis in {state.path}")
        with embedded_services(state) as services:
            for notice in services.notices:
                say("run", notice)
            environment = settings_for(state, services, f"http://localhost:{listener.getsockname()[1]}")
            with supervised(state, services) as supervisor:
                start_application(supervisor, environment, listener)
                while not make.is_done():
                    supervisor.tick()


def start_application(supervisor: Supervisor, environment: Mapping[str, str], listener: socket.socket) -> None:
    """Brings the database up to date, starts web process and worker, and says where to look.

    The worker starts last: the first page does not need it, and a report that is asked for meanwhile waits for it.
    """
    link = prepare(supervisor, environment)
    web = supervisor.start(web_program(environment, listener))
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not answers(listener.getsockname()[1]):
        if web.process.poll() is not None or time.monotonic() > deadline:
            raise ServiceError("The web process does not answer; what it says is above.")
        supervisor.tick()
    supervisor.tick()  # What was said until now stands above the link.
    announce(environment["CBM_ADDRESS"], link)
    supervisor.start(worker_program(environment))


def prepare(supervisor: Supervisor, environment: Mapping[str, str]) -> str:
    """Brings the database up to date; returns a link that signs in to the demonstration workspace."""
    file = Path(environment["CBM_VAR"]) / "sign-in-link"
    command: list[str | Path] = [sys.executable, ROOT / "manage.py", "prepare", "--demo", "--link", file]
    try:
        if supervisor.run_once(Program(name="setup", command=command, environment=environment, folder=ROOT)):
            raise ServiceError("The database could not be prepared; what it says is above.")
        return file.read_text()
    finally:
        file.unlink(missing_ok=True)


def announce(address: str, link: str) -> None:
    """The last thing printed before the log lines of use."""
    print(
        f"\nCBM Advisor runs at {address}/\n"
        f"This link signs you in to the demonstration workspace, once:\n\n    {link}\n\n"
        "Ctrl-C stops everything.\n",
        flush=True,
    )


def web_program(environment: Mapping[str, str], listener: socket.socket) -> Program:
    """The production web server on a socket that is open already: no request is refused while it starts again."""
    number = listener.fileno()
    server = [sys.executable, "-m", "gunicorn", "--config", "python:cbm_advisor.web_server"]
    command = [*server, "--bind", f"fd://{number}"]
    return Program(name="web", command=command, environment=environment, folder=ROOT, keep_open=[number])


def worker_program(environment: Mapping[str, str]) -> Program:
    """A Celery worker of two processes, and one for what happens by the clock.

    Its own warning about root is left out: on one's own machine one may.
    """
    return Program(
        name="worker",
        command=[
            sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "--quiet",
            "--app", "cbm_advisor.celery", "worker", "--beat", "--concurrency", "2", "--loglevel", "INFO",
            "--without-gossip", "--without-mingle", "--without-heartbeat",
        ],
        environment=environment,
        folder=ROOT,
        # Without its broker a worker would wait for ever; what it had begun goes back to the queue.
        orphan_signal=SIGKILL,
    )  # fmt: skip


def settings_for(state: StateFolder, services: Services, address: str) -> dict[str, str]:
    """The environment of the application, which is also written to ``env`` for other commands to use."""
    own = {
        **services.environment,
        "CBM_EMBEDDED": "true",
        "CBM_ADDRESS": address,
        "CBM_VAR": str(state.path),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or state.secret_key(),
    }
    state.publish(own)
    return {**os.environ, "PYTHONUNBUFFERED": "1", **own}


@contextlib.contextmanager
def supervised(state: StateFolder, services: Services) -> Iterator[Supervisor]:
    """A supervisor that also starts PostgreSQL and Redis again; all that it started is stopped at the end."""
    supervisor = Supervisor(state)
    for running in services.running:
        supervisor.keep(running.program.name, partial(start_again, state, running), running.process)
    try:
        yield supervisor
    finally:
        say("run", "stopping")
        supervisor.stop()
        state.withdraw()


def port() -> int:
    """The port from PORT, or 8000."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 <= int(given) <= 65535:
        raise ServiceError(f'PORT is "{given}"; it takes a number from 1 to 65535, for example PORT=8001.')
    return int(given)


@contextlib.contextmanager
def listening(number: int) -> Iterator[socket.socket]:
    """A socket on this machine's own address, closed at the end. Raises ``ServiceError`` if the port is taken."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", number))
        except OSError as error:
            make = "make run" if shutil.which("make") else "python -m cbm_advisor.services.run"
            raise ServiceError(
                f"Port {number} cannot be used ({error.strerror}). If another run is under way, stop it; or choose "
                f"another port, for example: PORT={number % 65535 + 1} {make}"
            ) from None
        listener.listen(128)
        yield listener


def answers(number: int) -> bool:
    """Whether the web process says that it is up."""
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    raise SystemExit(main())
