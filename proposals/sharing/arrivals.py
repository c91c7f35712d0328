"""People who come by an invitation find what was shared with them before."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from accounts.invitations import accepted
from accounts.models import User
from proposals.sharing.domain import give_what_waits


@receiver(accepted, dispatch_uid="what_waits_for_an_address")
def on_arrival(sender: Any, *, person: User, **_: Any) -> None:
    """In the transaction of the acceptance."""
    give_what_waits(person)
