from django.apps import AppConfig
from django.core.checks import register

# Imported for its effect: tasks find the broker from every process that Django starts in.
from cbm_advisor import celery as celery
from cbm_advisor.startup import check_environment


class CbmAdvisorConfig(AppConfig):
    name = "cbm_advisor"

    def ready(self) -> None:
        """Commands that use the services stop when the environment lacks something."""
        register(check_environment)
