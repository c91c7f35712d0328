"""Prints a one-time link that signs in to the demonstration workspace."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.demonstration import MEDIATOR
from accounts.domain import issue_sign_in_link
from accounts.models import User


class Command(BaseCommand):
    help = "Prints a one-time link that signs in to the demonstration workspace (embedded mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("Sign-in links exist in embedded mode only; start the site with `make run`.")
        mediator = User.objects.filter(email=MEDIATOR).first()
        if mediator is None:
            raise CommandError("There is no demonstration workspace yet; run `python manage.py demo` first.")
        path = reverse("accounts:open_link", args=[issue_sign_in_link(mediator)])
        self.stdout.write(settings.ADDRESS.rstrip("/") + path)
