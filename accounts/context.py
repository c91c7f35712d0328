"""What every page may ask about the ways in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def ways_in(request: HttpRequest) -> dict[str, str | bool]:
    """Whether the site runs on one's own machine, and what the organisation's sign-in is called, if there is one."""
    providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    apps = providers["openid_connect"]["APPS"]
    return {"embedded": settings.EMBEDDED, "oidc_name": apps[0]["name"] if apps else ""}
