"""What every page may ask about the ways in, and of the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts import demonstration
from accounts.models import Membership, User


def ways_in(request: HttpRequest) -> dict[str, str | bool]:
    """Whether the site runs on one's own machine, whether the library is open to all, and what the organisation's sign-in
    is called, if there is one."""
    providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    apps = providers["openid_connect"]["APPS"]
    return {
        "embedded": settings.EMBEDDED,
        "open_library": settings.OPEN_LIBRARY,
        "oidc_name": apps[0]["name"] if apps else "",
    }


def demonstration_roles(request: HttpRequest) -> dict[str, object]:
    """``demonstration_roles``: as whom the demonstration can be seen, for its people in embedded mode."""
    person = getattr(request, "user", None)  # none before the middleware that finds out
    if not (settings.EMBEDDED and isinstance(person, User) and demonstration.is_in_it(person)):
        return {}
    role = person.roles.get(person.workspace.pk) if person.workspace else None
    return {"demonstration_roles": Membership.Role.choices, "demonstration_role": role}
