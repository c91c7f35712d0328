"""Whether the database keeps the walls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.checks import CheckMessage, Warning
from django.db import connections

PASSES: Final = "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"


def check_role(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Warns if the role that we connect as passes through row-level security."""
    return [
        Warning(
            f"Row-level security is not in force: the role {role} passes through it.",
            hint="Let DATABASE_URL name a role with NOSUPERUSER and NOBYPASSRLS that owns the database.",
            id="accounts.W001",
        )
        for alias in databases or []
        if (role := _passing_role(alias))
    ]


def _passing_role(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute(PASSES)
        found = cursor.fetchone()
    return str(found[0]) if found else ""
