"""Reading the audit log of a workspace: who may, what is looked for, page by page, and as a file."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.audit_words import Line, lines
from accounts.models import AuditEntry, User, Workspace
from accounts.rules import is_owner
from cbm_advisor.lib import csv_text

PAGE = 50
AT_A_TIME = 500


class Page(NamedTuple):
    """Some lines of the log, newest first. ``older``: the number before which the next page begins, if there is one."""

    lines: list[Line]
    older: int | None


def audited_workspace(user: User) -> Workspace:
    """The person's workspace, if they own it; 404 without any, 403 for other members."""
    if user.workspace is None:
        raise Http404
    if not is_owner(user, user.workspace):
        raise PermissionDenied
    return user.workspace


def people_in(workspace: Workspace) -> QuerySet[User]:
    """Whoever belongs to the workspace or did something there once."""
    did = AuditEntry.objects.filter(workspace=workspace, actor=OuterRef("pk"))
    return (
        User.objects.filter(Q(memberships__workspace=workspace) | Q(Exists(did))).distinct().order_by("name", "email")
    )


def entries_of(
    workspace: Workspace,
    *,
    person: User | None = None,
    verb: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEntry]:
    """The entries of a workspace, newest first; ``since`` and ``until`` are days in UTC, both included."""
    found = AuditEntry.objects.filter(workspace=workspace).select_related("actor").order_by("-number")
    if person is not None:
        found = found.filter(actor=person)
    if verb:
        found = found.filter(verb=verb)
    if since is not None:
        found = found.filter(at__gte=_midnight(since))
    if until is not None:
        found = found.filter(at__lt=_midnight(until) + timedelta(days=1))
    return found


def actors_by_subject(
    verbs: Iterable[str], *, label: str, ids: Collection[str], workspaces: Iterable[uuid.UUID]
) -> dict[str, list[str]]:
    """Who did one of ``verbs`` to which of the things of a kind (``label``, as ``app.model``): names by id, first first."""
    if not ids:
        return {}
    entries = AuditEntry.objects.filter(
        subject_id__in=ids, subject_type=label, verb__in=list(verbs), workspace__in=list(workspaces)
    )
    found: dict[str, dict[str, None]] = {}
    for entry in entries.select_related("actor").order_by("number"):
        if entry.actor is not None:
            found.setdefault(entry.subject_id, {})[str(entry.actor)] = None
    return {subject: list(names) for subject, names in found.items()}


def page_of(entries: QuerySet[AuditEntry], *, before: int | None = None) -> Page:
    """The newest entries whose number is less than ``before``."""
    if before is not None:
        entries = entries.filter(number__lt=before)
    shown = list(entries[: PAGE + 1])
    return Page(lines(shown[:PAGE]), shown[PAGE - 1].number if len(shown) > PAGE else None)


def as_csv(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    """The entries as lines of a CSV file that no spreadsheet takes for formulas; read a few at a time."""
    heading = [
        _("Number"), _("Time"), _("Person"), _("E-mail"), _("What happened"), _("Verb"), _("Kind of thing"), _("Id"),
        _("Details"), _("SHA-256"),
    ]  # fmt: skip
    return csv_text.as_csv(heading, _rows(entries))


def _rows(entries: QuerySet[AuditEntry]) -> Iterator[list[object]]:
    found = entries.iterator(chunk_size=AT_A_TIME)
    while some := list(itertools.islice(found, AT_A_TIME)):
        yield from map(_cells, lines(some))


def _cells(line: Line) -> list[object]:
    entry = line.entry
    person, email = (entry.actor.name, entry.actor.email) if entry.actor is not None else ("", "")
    details = json.dumps(entry.details, ensure_ascii=False, sort_keys=True)
    at = entry.at.astimezone(UTC).isoformat(timespec="seconds")
    return [
        entry.number, at, person, email, line.sentence, entry.verb, entry.subject_type, entry.subject_id, details,
        entry.sha256,
    ]  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
