from django.apps import AppConfig
from django.db.models.signals import post_delete


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Files go with their rows, also when a proposal takes its reports along."""
        from reports.files import remove_whole_with_part, remove_with_look, remove_with_report

        post_delete.connect(remove_with_report, sender="reports.Report")
        post_delete.connect(remove_with_look, sender="reports.Branding")
        post_delete.connect(remove_whole_with_part, sender="reports.Part")
