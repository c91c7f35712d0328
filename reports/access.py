"""Fetches a report and checks the right to it in one call. Outsiders get 404; members without the right get 403.

A report of a revision holds the whole package, so only those may open it who may read the confidential parts. That of a
shelf is there only for whose shelf it was.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from accounts.models import User
from proposals.access import proposals_for
from reports.kinds.registry import kind_of
from reports.models import PERSONAL, Part, Report, ReportQuerySet


def report_for(user: User, pk: uuid.UUID) -> Report:
    """The report ``pk`` with its revision and proposal, if ``user`` may read it."""
    report = get_object_or_404(Report.objects.visible_to(user).for_listing(), pk=pk)
    if not kind_of(report).may_open(user, report):
        raise PermissionDenied
    return report


def reports_for(user: User) -> ReportQuerySet:
    """Every report that ``user`` may open, newest first."""
    readable = Q(revision__proposal__in=proposals_for(user).confidential_to(user))
    found = Report.objects.visible_to(user).filter(readable | Q(kind__in=PERSONAL)).for_listing()
    closed = Part.objects.filter(whole=OuterRef("pk")).exclude(
        report__in=Report.objects.visible_to(user).filter(readable)
    )
    return found.exclude(Exists(closed))
