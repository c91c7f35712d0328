"""Where PostgreSQL's files lie: in ``var/``, unless root's folders are closed to the account that it runs under."""

from __future__ import annotations

import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from cbm_advisor.services.account import Account
from cbm_advisor.services.errors import ServiceError

POINTER = "postgres-is-at"
OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108


def data_folder(state: Path, account: Account | None) -> Path:
    """``var/postgres``; or, where the account cannot reach it, a folder outside that ``var/postgres-is-at`` names."""
    here = state / "postgres"
    pointer = state / POINTER
    if pointer.is_file() and (outside := Path(pointer.read_text())).is_dir():
        return outside / "postgres"
    if account is None or account.can_enter(state):
        return here
    outside = _folder_outside(account)
    pointer.write_text(str(outside))
    return outside / "postgres"


def programs_folder(programs: Path, beside: Path, account: Account | None) -> Path:
    """The folder of the programs; a copy of it in ``beside`` where the account cannot run them."""
    if account is None or account.can_run(programs / "postgres", "--version"):
        return programs
    installation = programs.parent
    wheel = installation.parent
    copies = beside / f"postgres-programs-{version(wheel.name)}"
    copy = copies / wheel.name / installation.name
    if not copy.exists():
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, copies / libraries.name, dirs_exist_ok=True)
        half = copy.with_name(copy.name + ".new")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(installation, half, ignore=shutil.ignore_patterns("include", "*.a"))
        half.rename(copy)
    return copy / programs.name


def _folder_outside(account: Account) -> Path:
    for parent in OUTSIDE:
        if parent.is_dir() and account.can_enter(parent):
            folder = Path(tempfile.mkdtemp(prefix="cbm-advisor-", dir=parent))
            folder.chmod(0o711)
            return folder
    raise ServiceError(
        "PostgreSQL does not run as root, and no folder was found that another account can enter. "
        "Run as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
    )
