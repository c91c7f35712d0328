"""What the pages of all apps share."""

from __future__ import annotations

from django.http import HttpRequest
from django.views.decorators.cache import cache_control

from accounts.models import User

confidential = cache_control(private=True, no_store=True)
"""Pages with what parties have said, or with who did what, leave no copy in a browser's or a proxy's cache."""


def person_of(request: HttpRequest) -> User:
    """Who asks: for pages that only the signed-in may open."""
    assert isinstance(request.user, User)
    return request.user
