from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.checks import register

# Imported for its effect: tasks find the broker from every process that Django starts in.
from cbm_advisor import celery as celery
from cbm_advisor.startup import check_environment


class CbmAdvisorConfig(AppConfig):
    name = "cbm_advisor"

    def ready(self) -> None:
        """Commands that use the services stop when the environment lacks something."""
        register(check_environment)


class StaticFiles(StaticFilesConfig):
    """Leaves out what the packages of the map bring beside what pages load: eight megabytes of finer shapes, sources."""

    ignore_patterns = [  # noqa: RUF012
        *StaticFilesConfig.ignore_patterns,
        *("countries-10m.json", "countries-50m.json", "land-*.json", "leaflet-src*", "package.json", "README.md"),
    ]
