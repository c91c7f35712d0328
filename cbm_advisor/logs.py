"""What the processes log: lines for people on one machine, JSON for the collectors of a larger installation."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any


class JsonFormatter(logging.Formatter):
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
            "line": {"format": "%(levelname)s %(name)s: %(message)s"},
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
