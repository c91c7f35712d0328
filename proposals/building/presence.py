"""Who has a draft open, and where.

It is kept in Redis for as long as pages give signs. Without Redis nobody is shown, and nothing else suffers.
"""

from __future__ import annotations

import logging
import time
import uuid
from typing import Final, NamedTuple

from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.models import User

log = logging.getLogger(__name__)

SEEN_FOR: Final = 40
"""Seconds after which somebody whose page gave no sign is taken to have left."""


class Here(NamedTuple):
    """Somebody else who has the draft open: their name, and the page that they look at."""

    name: str
    page: str


class _Sign(NamedTuple):
    person: int
    name: str
    page: str
    at: float


def who_is_here(proposal: uuid.UUID, person: User, *, client: str, page: str) -> list[Here]:
    """Notes that ``person`` looks at ``page`` of a draft, and tells who else is there: each person once, by name."""
    now = time.time()
    key = f"here:{proposal}"
    try:
        found = {name: _Sign(*sign) for name, sign in (cache.get(key) or {}).items()}
        signs = {name: sign for name, sign in found.items() if now - sign.at < SEEN_FOR}
        signs[client] = _Sign(person.pk, str(person), page, now)
        cache.set(key, {name: tuple(sign) for name, sign in signs.items()}, SEEN_FOR)
    except (RedisError, OSError) as error:
        log.warning("Redis did not say who is here: %s", error)
        return []
    others = sorted((sign for sign in signs.values() if sign.person != person.pk), key=lambda sign: sign.at)
    newest = {sign.person: Here(sign.name, sign.page) for sign in others}
    return sorted(newest.values())
