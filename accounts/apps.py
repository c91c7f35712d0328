import contextlib
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate

from accounts import walls
from accounts.checks import check_role


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Migrations work across workspaces; the audit log hears of the sign-in; whoever asks about the database hears
        whether it keeps the walls."""
        import_module("accounts.sign_in_audit")
        register(check_role, Tags.database)
        migration = contextlib.ExitStack()

        def lift_walls(**_: Any) -> None:
            migration.enter_context(walls.lifted())

        def put_walls_back(**_: Any) -> None:
            migration.close()

        pre_migrate.connect(lift_walls, sender=self, weak=False)
        post_migrate.connect(put_walls_back, sender=self, weak=False)
