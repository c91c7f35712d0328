"""The LibreOffice of the tests, which opens Word files as another program than ours does. ``make test`` runs this to get
one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("soffice", "libreoffice")
PACKAGE = "libreoffice-writer-nogui"
SECONDS = 120


class NoLibreOfficeError(Exception):
    """The message says how to get one."""


def find() -> str | None:
    """The program named by LIBREOFFICE, or the first of the usual names on the PATH."""
    named = os.environ.get("LIBREOFFICE")
    if named and not shutil.which(named):
        raise NoLibreOfficeError(f"LIBREOFFICE is {named}, and there is no such program.")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def converted(file: Path, to: str, folder: Path) -> bytes:
    """The file in another format, such as ``pdf`` or ``odt``, made in a folder that is ours alone. Raises
    ``NoLibreOfficeError``, and ``RuntimeError`` if the file cannot be opened."""
    program = find()
    if program is None:
        raise NoLibreOfficeError(HOW)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(file)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    made = folder / f"{file.stem}.{to}"
    if told.returncode or not made.exists():
        raise RuntimeError(f"LibreOffice could not open {file.name}: {told.stdout}{told.stderr}")
    return made.read_bytes()


HOW = (
    f"The tests open Word files with LibreOffice, and there is none on the PATH. Install it (on Debian: sudo apt install "
    f"{PACKAGE}), or name it: LIBREOFFICE=/path/to/soffice make test"
)


def install() -> None:
    """Installs Debian's package. Raises ``NoLibreOfficeError`` where that is not ours to do, or fails."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoLibreOfficeError(HOW)
    print(f"Installing {PACKAGE} with apt-get", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", PACKAGE]):
        if subprocess.run(["apt-get", "--quiet=2", *command], env=quiet, check=False).returncode:
            raise NoLibreOfficeError(f"apt-get could not install {PACKAGE}; what it says is above.")


def main() -> int:
    """Makes sure that there is a LibreOffice; 1 if there cannot be one."""
    try:
        if find() is None:
            install()
    except NoLibreOfficeError as error:
        print(f"make test: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
