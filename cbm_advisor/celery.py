"""The Celery application; tasks are found in each app's ``tasks.py``."""

import os
import signal
from typing import Any

from celery import Celery, signals
from django.core.exceptions import ImproperlyConfigured

from cbm_advisor.services.processes import die_with_parent
from cbm_advisor.startup import require_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cbm_advisor.settings")
# One thread sets a report: those of several processes get in each other's way, and two took twice the time of one.
os.environ.setdefault("RAYON_NUM_THREADS", "1")
app = Celery("cbm_advisor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.celeryd_init.connect
def refuse_incomplete_environment(**_: Any) -> None:
    """A worker that lacks a variable stops at once, and says which. Celery would only log other exceptions."""
    try:
        require_environment()
    except ImproperlyConfigured as error:
        raise SystemExit(f"worker: {error}") from None


@signals.beat_embedded_init.connect
def end_with_the_worker(**_: Any) -> None:
    """The clock inside a worker ends when that is killed, or the next one would be the second clock."""
    die_with_parent(signal.SIGTERM)
