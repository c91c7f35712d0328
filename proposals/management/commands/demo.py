"""Makes the demonstration workspace, or completes it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts import walls
from proposals.examples import set_up_demonstration


class Command(BaseCommand):
    help = "Makes the demonstration workspace with its mediator and the historic packages; safe to run again."

    @walls.lifted()
    def handle(self, *args: Any, **options: Any) -> None:
        mediator, workspace = set_up_demonstration()
        self.stdout.write(f"{workspace} · {mediator} · {workspace.proposals.count()}")
