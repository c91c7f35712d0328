"""What is done with proposals as a whole; ``drafting.domain`` changes their drafts."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Final, Literal

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from accounts import audit
from accounts.models import User, Workspace
from assessments.package import Package, canonical_document, document_sha256
from assessments.package.drafts import read_draft
from proposals.drafting.domain import replace_draft, start_draft
from proposals.drafting.revising import seal
from proposals.models import Proposal, Revision
from proposals.open_parts import without_confidential_parts as without_confidential_parts
from proposals.rules import may

log = logging.getLogger(__name__)

HOUR: Final = 60 * 60


def import_package(workspace: Workspace, package: Package, *, by: User, reason: str = "") -> Revision:
    """A new proposal in ``workspace`` with ``package`` as its first revision.

    Raises ``PermissionDenied`` if ``by`` does not draft there.
    """
    return start_draft(workspace, canonical_document(package), by=by, reason=reason)


def save_revision(proposal: Proposal, package: Package, *, by: User, reason: str = "") -> Revision:
    """``package`` as the newest revision of ``proposal``; the newest one as it is if nothing has changed.

    Raises ``PermissionDenied`` if ``by`` may not edit the proposal.
    """
    return replace_draft(proposal, canonical_document(package), by=by, reason=reason)


@transaction.atomic
def open_confidential_to(proposal: Proposal, roles: Collection[str], *, by: User) -> None:
    """Lets these roles of the workspace read diagnosis, motives and notes, and no others beside the drafters.

    Raises ``PermissionDenied`` if ``by`` does not draft in its workspace.
    """
    if not may(by, "share", proposal):
        raise PermissionDenied
    current = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if set(current.confidential_open_to) == set(roles):
        return
    current.confidential_open_to = sorted(roles)
    current.save(update_fields=["confidential_open_to"])
    opened = ", ".join(current.confidential_open_to)
    audit.record("proposals.confidential_opened", by=by, workspace=current.workspace, about=current, roles=opened)


@transaction.atomic
def import_once(workspace: Workspace, package: Package, *, by: User, reason: str = "") -> Revision:
    """The revision of ``workspace`` that began with ``package``, imported on the first call or when it was deleted."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    kept = Revision.objects.filter(workspace=workspace, proposal__deleted_at=None)
    first = kept.filter(number=1, sha256=document_sha256(package)).first()
    return first or import_package(workspace, package, by=by, reason=reason)


def package_shown_to(user: User, revision: Revision) -> Package:
    """The package of ``revision`` as ``user`` may read it: whole for drafters, without confidential parts for others.

    Scoring this package, and not the whole one, keeps the diagnosis out of every finding that others read.
    """
    package = read_draft(revision.document).package
    if may(user, "read_confidential", revision.proposal):
        return package
    return without_confidential_parts(package)


@transaction.atomic
def delete_proposal(proposal: Proposal, *, by: User) -> Proposal:
    """Hides ``proposal`` from everybody; it can be put back until it is purged. Deleting twice changes nothing.

    Raises ``PermissionDenied`` if ``by`` does not draft in its workspace.
    """
    return _change_deletion(proposal, by=by, deleted=True)


@transaction.atomic
def restore_proposal(proposal: Proposal, *, by: User) -> Proposal:
    """Puts a deleted proposal back. Putting back twice changes nothing.

    Raises ``PermissionDenied`` if ``by`` does not draft in its workspace, ``Proposal.DoesNotExist`` if it was purged.
    """
    return _change_deletion(proposal, by=by, deleted=False)


def _change_deletion(proposal: Proposal, *, by: User, deleted: bool) -> Proposal:
    if not may(by, "delete", proposal):
        raise PermissionDenied
    found = Proposal.objects.select_for_update(of=["self"], no_key=True).select_related("workspace").get(pk=proposal.pk)
    if (found.deleted_at is not None) == deleted:
        return found
    found.deleted_at, found.deleted_by = (timezone.now(), by) if deleted else (None, None)
    found.save(update_fields=["deleted_at", "deleted_by"])
    verb = "proposals.deleted" if deleted else "proposals.restored"
    audit.record(verb, by=by, workspace=found.workspace, about=found)
    return found


def note_view(revision: Revision, *, by: User) -> None:
    """Writes down that ``by`` saw confidential parts: once per person, proposal and hour.

    That it was written is remembered when the transaction is through, so an entry that is undone is written again.
    """
    proposal = revision.proposal
    if not may(by, "read_confidential", proposal):
        return
    key = f"viewed:{by.pk}:{proposal.pk}:{timezone.now():%Y%m%d%H}"
    if _is_remembered(key):
        return
    with transaction.atomic(savepoint=False):
        audit.record(
            "proposals.confidential_viewed",
            by=by,
            workspace=proposal.workspace,
            about=proposal,
            revision=revision.number,
        )
        transaction.on_commit(lambda: _remember(key))


def note_download(revision: Revision, kind: Literal["json", "yaml"], *, by: User) -> None:
    """Writes down that ``by`` took the document along, and whether whole; the revision changes no more."""
    seal(revision)
    audit.record(
        "proposals.downloaded",
        by=by,
        workspace=revision.proposal.workspace,
        about=revision.proposal,
        revision=revision.number,
        kind=kind,
        whole=may(by, "read_confidential", revision.proposal),
    )


def _is_remembered(key: str) -> bool:
    try:
        return cache.get(key) is not None
    except (RedisError, OSError) as error:
        log.warning("Redis did not say whether a view was written down, so it is: %s", error)
        return False


def _remember(key: str) -> None:
    try:
        cache.add(key, True, HOUR)
    except (RedisError, OSError) as error:
        log.warning("Redis did not take that a view was written down: %s", error)
