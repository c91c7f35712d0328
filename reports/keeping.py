"""How long reports are kept."""

from __future__ import annotations

import logging

from reports.files import let_expire
from reports.models import Report

log = logging.getLogger(__name__)


def expire_reports() -> int:
    """Removes the files of reports whose time is over; their rows stay and say so. Returns how many.

    Each is a transaction of its own; one whose file cannot be removed is told in the log and tried again at the next call.
    """
    return sum(_let_expire_or_tell(report) for report in Report.objects.to_expire().only("pk"))


def _let_expire_or_tell(report: Report) -> bool:
    try:
        return let_expire(report)
    except Exception:
        log.exception("The file of report %s could not be removed", report.pk)
        return False
