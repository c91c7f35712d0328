"""What is shared with a person, read once a request."""

from __future__ import annotations

import uuid
from typing import Final

from accounts.models import User
from proposals.sharing.models import Share

_HELD: Final = "shares_held"


def share_held(user: User, proposal_id: uuid.UUID) -> Share | None:
    """The share by which ``user`` gets to a proposal, if there is one."""
    held: dict[uuid.UUID, Share] | None = getattr(user, _HELD, None)
    if held is None:
        held = {share.proposal_id: share for share in Share.objects.filter(person=user)}
        setattr(user, _HELD, held)
    return held.get(proposal_id)


def forget_held(user: User) -> None:
    """After a change: what was read for this request is read anew."""
    if hasattr(user, _HELD):
        delattr(user, _HELD)
