"""Verifying the chains of the audit log: does every entry stand where it was written, as it was written?"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q

from accounts.audit import digest
from accounts.models import AuditEntry, AuditHead

AT_A_TIME = 1000


class Verdict(NamedTuple):
    """What was found in a chain. ``number`` and ``sha256``: its newest entry; ``wrong``: what does not fit, and where."""

    workspace_id: uuid.UUID | None
    number: int
    sha256: str
    wrong: str


def chains() -> Iterator[uuid.UUID | None]:
    """The workspace of every chain, ``None`` for the one that belongs to none; also of chains that lost their head."""
    known = AuditHead.objects.values_list("workspace_id").union(AuditEntry.objects.values_list("workspace_id"))
    for (workspace_id,) in known.order_by("workspace_id"):
        yield workspace_id


def verify(workspace_id: uuid.UUID | None) -> Verdict:
    """Walks a chain from its first entry to its head, in constant memory. Others may write meanwhile."""
    before = _head(workspace_id)
    number, sha256 = 0, ""
    entries = AuditEntry.objects.filter(Q(workspace=workspace_id)).order_by("number", "pk")
    for entry in entries.iterator(chunk_size=AT_A_TIME):
        if wrong := _misfit(entry, number, sha256, before):
            return Verdict(workspace_id, number, sha256, wrong)
        number, sha256 = entry.number, entry.sha256
    return Verdict(workspace_id, number, sha256, _misfit_at_end(number, sha256, before, _head(workspace_id)))


def _head(workspace_id: uuid.UUID | None) -> AuditHead:
    return AuditHead.objects.filter(Q(workspace=workspace_id)).first() or AuditHead(workspace_id=workspace_id)


def _misfit(entry: AuditEntry, number: int, sha256: str, head: AuditHead) -> str:
    if entry.number > number + 1:
        return f"entry {number + 1} is missing"
    if entry.number <= number:
        return f"entry {entry.number} is there twice"
    if entry.sha256 != digest(entry):
        return f"entry {entry.number} was changed"
    if entry.previous_sha256 != sha256:
        return f"entry {entry.number} does not follow from the one before it: one of the two was changed or inserted"
    if entry.number == head.number and entry.sha256 != head.sha256:
        return f"entry {entry.number} is not the one that the head names: it was changed"
    return ""


def _misfit_at_end(number: int, sha256: str, before: AuditHead, after: AuditHead) -> str:
    if number < before.number:
        return f"entry {number + 1} is missing, and so is all that followed: the chain ended with entry {before.number}"
    if number > after.number:
        return f"entry {after.number + 1} was inserted: the chain ends with entry {after.number}"
    if number == after.number and sha256 != after.sha256:
        return f"entry {number} is not the one that the head names"
    return ""
