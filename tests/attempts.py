"""Limits count in Redis, where what one test tried would count against the next."""

from __future__ import annotations

import redis
from django.conf import settings


def forget_attempts() -> None:
    """Nobody has tried anything yet."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    for pattern in ("*:allauth:rl:*", "*:code:*"):
        for key in client.scan_iter(pattern, count=10_000):
            client.delete(key)
    client.close()
