"""Makes a workspace and its owner: the first on a new installation, whom nobody could invite."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.domain import create_workspace
from accounts.models import User


class Command(BaseCommand):
    help = "Makes a workspace and its owner, and prints a link with which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="name of the workspace")
        parser.add_argument("--owner", required=True, help="e-mail address of its owner")

    @transaction.atomic
    def handle(self, *args: Any, workspace: str, owner: str, **options: Any) -> None:
        try:
            validate_email(owner)
        except ValidationError:
            raise CommandError(f'"{owner}" is no e-mail address.') from None
        person = User.objects.filter(email__iexact=owner).first()
        user = person or User.objects.create_user(owner.lower())
        create_workspace(workspace, owner=user)
        if person is None:
            key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
            self.stdout.write(get_adapter().get_reset_password_from_key_url(key))
