"""Which account PostgreSQL runs under: it refuses to run as root."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cbm_advisor.services.errors import ServiceError

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    """An account that root hands a process over to."""

    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Whether every folder on the way lets the account in; tried, because rights have many sources."""
        return self.can_run("/bin/sh", "-c", 'cd "$0"', folder)

    def can_run(self, *command: str | Path) -> bool:
        """Whether the command succeeds under the account."""
        return subprocess.run(command, cwd="/", capture_output=True, check=False, **as_account(self)).returncode == 0


def as_account(account: Account | None) -> dict[str, Any]:
    """The arguments of ``subprocess`` that start a process under the account, with no rights beside."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}


def account_for(folder: Path) -> Account | None:
    """The account for a server whose files lie in ``folder``: None means our own, which is right unless we are root.

    For root it is the folder's owner, or else ``nobody``. Raises ``ServiceError`` where that account is unknown.
    """
    if os.geteuid() != 0:
        return None
    owner = folder.stat().st_uid
    try:
        found = pwd.getpwuid(owner) if owner else pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        found = nobody()
    return Account(found.pw_uid, found.pw_gid)


def nobody() -> pwd.struct_passwd:
    """The account without rights that every system has."""
    try:
        return pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise ServiceError(
            f'PostgreSQL does not run as root, and this system has no account "{UNPRIVILEGED}" to run it under. '
            "Run as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
        ) from None
