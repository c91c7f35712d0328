"""Makes a workspace and invites its first owner: how an installation begins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from accounts.invitations import found_workspace
from accounts.models import Workspace


class Command(BaseCommand):
    help = "Makes a workspace and prints the invitation link of its first owner, good for seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name of the workspace")
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="who is to own it")
        parser.add_argument("--kind", choices=Workspace.Kind.values, default=Workspace.Kind.MEDIATION_TEAM)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["owner"])
        except ValidationError:
            raise CommandError(f'"{options["owner"]}" is no e-mail address; give one with --owner.') from None
        _, token = found_workspace(options["name"], options["owner"], kind=options["kind"])
        self.stdout.write(settings.ADDRESS.rstrip("/") + reverse("accounts:invitation", args=[token]))
