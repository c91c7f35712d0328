import gc
from typing import Final

from django.apps import AppConfig
from django.core.checks import register

# Imported for its effect: tasks find the broker from every process that Django starts in.
from cbm_advisor import celery as celery
from cbm_advisor.startup import check_environment

COLLECT_AFTER: Final = 20_000
"""New objects after which Python looks for what it can free. A draft that is read makes thousands at once, and none of
them is garbage yet: with Python's own 700 several searches fall into each save."""


class CbmAdvisorConfig(AppConfig):
    name = "cbm_advisor"

    def ready(self) -> None:
        """Commands that use the services stop when the environment lacks something; memory is searched less often."""
        register(check_environment)
        gc.set_threshold(COLLECT_AFTER)
