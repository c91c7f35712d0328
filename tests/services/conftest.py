"""State folders of their own for the tests of the services."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cbm_advisor.services.placement import POINTER
from cbm_advisor.services.state import StateFolder

ROOT = Path(__file__).resolve().parents[2]
LONG_NAME = "a folder with spaces and a name that is much too long for the address of a socket, " * 2


@pytest.fixture(autouse=True)
def _no_servers_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests start servers themselves, whatever the environment offers."""
    for name in ("DATABASE_URL", "REDIS_URL", "CBM_VAR", "SECRET_KEY", "PORT", "MAKELEVEL", "MAKEFLAGS"):
        monkeypatch.delenv(name, raising=False)


@contextlib.contextmanager
def new_folder() -> Iterator[Path]:
    """A folder that every account may pass through, unlike pytest's own; removed with what it points to."""
    base = Path(tempfile.mkdtemp(prefix="cbm-test-"))
    base.chmod(0o711)
    folder = base / LONG_NAME.strip()
    folder.mkdir()
    yield folder
    for pointer in base.rglob(POINTER):
        shutil.rmtree(pointer.read_text())
    shutil.rmtree(base)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of this test alone."""
    with new_folder() as folder:
        yield folder


@pytest.fixture
def state(folder: Path) -> StateFolder:
    """An empty state folder, in a long path with spaces."""
    return StateFolder(folder / "var")


@pytest.fixture
def checkout(folder: Path) -> Path:
    """A copy of the project in which nothing was started yet."""
    return check_out(folder)


@pytest.fixture(scope="session")
def used_checkout() -> Iterator[Path]:
    """A copy in which one test after the other starts what it needs: the first makes the database, the rest find it."""
    with new_folder() as folder:
        yield check_out(folder)


def check_out(folder: Path) -> Path:
    """Copies the project as a clone would be, with the packages that are installed already."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for installed in (".venv", "node_modules"):
        (folder / installed).symlink_to(ROOT / installed)
    return folder
