"""``make run`` as a process, and somebody who visits it; for the tests of the services and for ``make bench``."""

from __future__ import annotations

import contextlib
import http.client
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

SECONDS = 90
LINK = re.compile(r"http://localhost:(\d+)/sign-in/\S+")


class Run:
    """A ``make run`` under way in a checkout."""

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
            preexec_fn=heed_ctrl_c,
        )

    def read_until(self, wanted: str) -> str:
        """The text printed up to the first line that the pattern is found in. Raises ``EOFError`` if none has it."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.output.append(line)
            if re.search(wanted, line):
                return "".join(self.output)
        raise EOFError(f"It ended without saying {wanted!r}:\n{''.join(self.output)}")

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


class Visitor:
    """Somebody with a browser that keeps cookies, signed in by a link."""

    def __init__(self, link: str) -> None:
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        self.address = link
        self.text = ""
        self.open(link)

    def open(self, address: str, form: dict[str, str] | None = None) -> bytes:
        """Opens an address as seen from the present page, or sends a form there; what comes back becomes the page."""
        target = urllib.parse.urljoin(self.address, address)
        content = urllib.parse.urlencode(form).encode() if form is not None else None
        with self._opener.open(target, content, timeout=20) as response:
            self.address = response.url
            body: bytes = response.read()
        self.text = body.decode(errors="replace")
        return body

    @property
    def cookies(self) -> str:
        """The cookies that were set, as a header."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def send(self, action: str) -> None:
        """Sends the form of the page whose action fits the pattern."""
        found = re.search(
            rf'<form[^>]*action="({action})".*?name="csrfmiddlewaretoken" value="([^"]+)"', self.text, re.S
        )
        assert found, f"No form for {action} at {self.address}:\n{self.text}"
        self.open(found.group(1), {"csrfmiddlewaretoken": found.group(2)})

    def follow(self, target: str) -> bytes:
        """Follows the link of the page whose target fits the pattern."""
        found = re.search(rf'href="({target})"', self.text)
        assert found, f"No link to {target} at {self.address}:\n{self.text}"
        return self.open(found.group(1))


def heed_ctrl_c() -> None:
    """A shell starts what it runs in the background deaf to Ctrl-C, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def gone(processes: list[psutil.Process]) -> bool:
    """Whether all of the processes end within half a minute."""
    _, alive = psutil.wait_procs(processes, timeout=30)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes true within a minute; errors on the way count as not yet."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if holds():
                return True
        time.sleep(0.2)
    return False
