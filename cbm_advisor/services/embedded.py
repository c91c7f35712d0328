"""The database and the broker of one machine, started together and stopped together."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cbm_advisor.services import processes
from cbm_advisor.services.account import account_for
from cbm_advisor.services.postgres import embedded_postgres
from cbm_advisor.services.redis_server import RedisServer
from cbm_advisor.services.state import StateFolder, private_folder


class Server(Protocol):
    """A database or a broker. ``prepare`` makes its data ready and returns a notice if something was set aside."""

    @property
    def url(self) -> str: ...
    def prepare(self) -> str | None: ...
    def program(self) -> processes.Program: ...
    def wait(self, process: subprocess.Popen[bytes], log: Path) -> None: ...


@dataclass
class Running:
    """A server and the process that it runs in; the process changes if the server has to be started again."""

    server: Server
    program: processes.Program
    log: Path
    process: subprocess.Popen[bytes]


@dataclass
class Services:
    """What runs, where it is reached, and what the person who started it should know."""

    environment: dict[str, str] = field(default_factory=dict)
    running: list[Running] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@contextlib.contextmanager
def embedded_services(state: StateFolder, *, durable: bool = True) -> Iterator[Services]:
    """PostgreSQL and Redis with their data in ``state``, which must be held.

    ``environment`` then has ``DATABASE_URL`` and ``REDIS_URL``. Where one of them is set already, that server is used
    and none is started. Without ``durable`` the data may be lost with the power, and tests run faster.
    """
    given = {name: value for name in ("DATABASE_URL", "REDIS_URL") if (value := os.environ.get(name))}
    services = Services(environment=given)
    try:
        if len(given) < 2:
            _start_missing(state, services, durable)
        yield services
    finally:
        processes.stop(*((running.program, running.process) for running in services.running))
        state.remove_sockets()
        state.forget_processes()


def _start_missing(state: StateFolder, services: Services, durable: bool) -> None:
    account = account_for(state.path) if "DATABASE_URL" not in services.environment else None
    sockets = state.socket_folder(account)
    servers: dict[str, Server] = {}
    if "REDIS_URL" not in services.environment:
        servers["REDIS_URL"] = RedisServer(state.path / "redis", sockets, durable)
    if "DATABASE_URL" not in services.environment:
        servers["DATABASE_URL"] = embedded_postgres(state, account, sockets, durable)
    for variable, server in servers.items():
        if notice := server.prepare():
            services.notices.append(notice)
        services.running.append(_launch(state, server))
        services.environment[variable] = server.url
    for running in services.running:
        running.server.wait(running.process, running.log)


def _launch(state: StateFolder, server: Server) -> Running:
    """Starts the server's process, its output going to ``logs/`` in the state folder; does not wait for it."""
    program = server.program()
    logs = state.path / "logs"
    private_folder(logs)
    log = logs / f"{program.name}.log"
    with log.open("wb") as output:
        process = processes.start(program, output)
    state.remember(process.pid, program.stop_signal)
    return Running(server, program, log, process)


def start_again(state: StateFolder, running: Running) -> subprocess.Popen[bytes]:
    """Starts a server that has ended, at the same address."""
    running.server.prepare()
    running.process = _launch(state, running.server).process
    return running.process
