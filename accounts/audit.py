"""The audit log: who did what to what and when, in chains that show every change made behind our back."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC
from operator import attrgetter
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import AuditEntry, AuditHead, User, Workspace


def record(
    verb: str,
    *,
    by: User | None,
    workspace: Workspace | None = None,
    about: models.Model | None = None,
    **details: str | int | bool | None,
) -> AuditEntry:
    """Writes an entry, in the transaction of what it tells of; until that ends, others wait to write to the chain.

    ``verb``: app and deed, such as ``accounts.role_changed``; ``by``: ``None`` for what the system does by itself;
    ``workspace``: ``None`` for what belongs to none, such as a failed sign-in; ``about``: what it was done to; ``details``:
    facts that name no content of a package.
    """
    with transaction.atomic(savepoint=False):
        head = _locked_head(workspace.pk if workspace is not None else None)
        entry = AuditEntry(
            workspace_id=head.workspace_id,
            number=head.number + 1,
            verb=verb,
            actor=by,
            subject_type=about._meta.label_lower if about is not None else "",
            subject_id=str(about.pk) if about is not None else "",
            details=details,
            at=timezone.now(),
            previous_sha256=head.sha256,
        )
        entry.sha256 = digest(entry)
        entry.save(force_insert=True)
        AuditHead.objects.filter(pk=head.pk).update(number=entry.number, sha256=entry.sha256)
    return entry


def record_of_person(verb: str, person: User, **details: Any) -> None:
    """Writes what a person did with their account, such as a sign-in, where the owners of their workspaces see it.

    It goes into the chain of each workspace, in the order of their ids, which keeps two writers from waiting for each
    other; of who belongs to none, into the chain of what belongs to none.
    """
    workspaces: list[Workspace | None] = [
        *sorted((each.workspace for each in person.own_memberships), key=attrgetter("pk"))
    ]
    for workspace in workspaces or [None]:
        record(verb, by=person, workspace=workspace, **details)


def digest(entry: AuditEntry) -> str:
    """The sha256 of everything that an entry says, with its place in the chain; the row's id says nothing."""
    said = {
        "workspace": str(entry.workspace_id) if entry.workspace_id else None,
        "number": entry.number,
        "previous_sha256": entry.previous_sha256,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "verb": entry.verb,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "details": entry.details,
    }
    canonical = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _locked_head(workspace_id: uuid.UUID | None) -> AuditHead:
    """The head of a chain, locked until the transaction ends; made when the first entry is written."""
    heads = AuditHead.objects.select_for_update().filter(Q(workspace=workspace_id))
    found = heads.first()
    if found is None:
        AuditHead.objects.bulk_create([AuditHead(workspace_id=workspace_id)], ignore_conflicts=True)
        found = heads.get()
    return found
