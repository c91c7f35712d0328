"""The browser of the tests: the machine's own Chromium. ``make test`` runs this to get one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
)


class NoBrowserError(Exception):
    """The message says how to get one."""


def find() -> str | None:
    """The program named by CHROMIUM, or the first of the usual names on the PATH."""
    named = os.environ.get("CHROMIUM")
    if named and not shutil.which(named):
        raise NoBrowserError(f"CHROMIUM is {named}, and there is no such program.")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def arguments() -> list[str]:
    """How to start it: quiet on the network, and without its sandbox for root, who cannot have it."""
    return [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def install() -> None:
    """Installs Debian's package. Raises ``NoBrowserError`` where that is not ours to do, or fails."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoBrowserError(
            "The tests drive a real browser, and there is no Chromium on the PATH. Install one (on Debian: "
            "sudo apt install chromium; elsewhere Chromium or Chrome), or name it: CHROMIUM=/path/to/chrome make test"
        )
    print("Installing chromium with apt-get", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        if subprocess.run(["apt-get", "--quiet=2", *command], env=quiet, check=False).returncode:
            raise NoBrowserError("apt-get could not install chromium; what it says is above.")


def main() -> int:
    """Makes sure that there is a browser; 1 if there cannot be one."""
    try:
        if find() is None:
            install()
    except NoBrowserError as error:
        print(f"make test: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
