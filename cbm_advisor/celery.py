"""The Celery application; tasks are found in each app's ``tasks.py``."""

import os
from typing import Any

from celery import Celery, signals
from django.core.exceptions import ImproperlyConfigured

from cbm_advisor.startup import require_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cbm_advisor.settings")
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
