from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connects the audit log to the sign-in, which has its models by now."""
        import_module("accounts.sign_in_audit")
