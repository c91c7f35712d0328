"""Fetches a report and checks the right to it in one call. Outsiders get 404; members without the right get 403.

A report of a revision for us alone holds the whole package, so only those may open it who may read the confidential parts;
one for the parties may be opened by who may read the proposal. A shelf and an archive of several reports are there only for
who asked for them, an archive as long as they may read all that stands in it.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from accounts.models import User
from reports.kinds.registry import kind_of
from reports.models import Part, Report, ReportQuerySet


def report_for(user: User, pk: uuid.UUID) -> Report:
    """The report ``pk`` with its revision and proposal, if ``user`` may read it."""
    report = get_object_or_404(Report.objects.visible_to(user).for_listing(), pk=pk)
    if not kind_of(report).may_open(user, report):
        raise PermissionDenied
    return report


def reports_for(user: User) -> ReportQuerySet:
    """Every report that ``user`` may open, newest first."""
    closed = Part.objects.filter(whole=OuterRef("pk")).exclude(report__in=Report.objects.readable_by(user))
    return Report.objects.readable_by(user).exclude(Exists(closed)).for_listing()
