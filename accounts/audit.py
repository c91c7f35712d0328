"""The audit log: who did what to what and when."""

from __future__ import annotations

from django.db import models

from accounts.models import AuditEntry, User, Workspace


def record(
    verb: str,
    *,
    by: User | None,
    workspace: Workspace | None = None,
    about: models.Model | None = None,
    **details: str | int | bool | None,
) -> AuditEntry:
    """Writes an entry, in the transaction of what it tells of.

    ``verb``: app and deed, such as ``accounts.role_changed``; ``by``: ``None`` for what the system does by itself;
    ``workspace``: ``None`` for what belongs to none, such as a sign-in; ``about``: what it was done to; ``details``:
    facts that name no content of a package.
    """
    return AuditEntry.objects.create(
        verb=verb,
        actor=by,
        workspace=workspace,
        subject_type=about._meta.label_lower if about is not None else "",
        subject_id=str(about.pk) if about is not None else "",
        details=details,
    )
