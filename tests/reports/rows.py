"""Rows of reports as tests need them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.models import User
from assessments.engine.rubric import VERSION
from proposals.models import Revision
from reports.domain import fingerprint
from reports.models import Report
from tests.personas import Person

LONG = timedelta(hours=1)


class Message(NamedTuple):
    """A message that the broker got: the report, and after how many seconds it is due."""

    report: uuid.UUID
    seconds: float


def user_of(person: Person) -> User:
    """The person's account."""
    assert person.user is not None
    return person.user


def report_of(revision: Revision, **fields: Any) -> Report:
    """A report as it would be in the database, queued and not announced unless ``fields`` say otherwise."""
    by = revision.author
    fields = {"rubric_version": VERSION, "requested_by": by, "asked_by": [by.pk], **fields}
    report = Report(workspace=revision.proposal.workspace, revision=revision, **fields)
    report.fingerprint = fingerprint(report)
    report.save()
    return now(report)


def now(report: Report) -> Report:
    """The report as the database has it."""
    return Report.objects.select_related("revision__proposal").get(pk=report.pk)


def dead_workers(revision: Revision, **fields: Any) -> Report:
    """A report whose worker fell silent long ago."""
    past = timezone.now() - LONG
    fields = {"attempts": 1, "state": "running", "step": "render", "lease_until": past, "nudged_at": past, **fields}
    return report_of(revision, **fields)
