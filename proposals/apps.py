from importlib import import_module

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What was shared with an address is given to whoever comes by an invitation to it."""
        import_module("proposals.sharing.arrivals")
