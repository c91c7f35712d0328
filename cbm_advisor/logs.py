"""What the processes log: lines for people on one machine, JSON for the collectors of a larger installation.

The message of an exception can quote a package or a query, so only its kind and its place are logged.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Lines for people."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name is logging's
        """Every exception of the chain: its kind, and where it was raised."""
        kinds = []
        error = ei[1]
        while error is not None:
            where = "".join(traceback.format_tb(error.__traceback__))
            kinds.append(f"{where}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nraised after\n".join(kinds)


class JsonFormatter(DiscreetFormatter):
    """One JSON object a line, with the time in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


HOUSEKEEPING = {"reports.tasks.sweep"}


def tells_of_more_than_housekeeping(record: logging.LogRecord) -> bool:
    """Leaves out that a task succeeded which runs every minute."""
    task = getattr(record, "data", {}).get("name")
    return record.levelno > logging.INFO or task not in HOUSEKEEPING


def logging_settings(*, for_people: bool) -> dict[str, Any]:
    """Django's LOGGING, and the web server's."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": DiscreetFormatter, "format": "%(levelname)s %(name)s: %(message)s"},
            "json": {"()": JsonFormatter},
        },
        "filters": {"no housekeeping": {"()": lambda: tells_of_more_than_housekeeping}},
        "handlers": {
            "stream": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "line" if for_people else "json",
            }
        },
        "root": {"handlers": ["stream"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "gunicorn.error": {"handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": [], "propagate": True},
            # One line per report and none per housekeeping step.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "celery.app.trace": {"filters": ["no housekeeping"]},
            "celery.bootsteps": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
        },
    }
