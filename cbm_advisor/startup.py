"""What has to be set before anything is served. Commands that need no service run without."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

REQUIRED = {
    "SECRET_KEY": "a long random text that stays the same and is known to nobody",
    "DATABASE_URL": "for example postgresql://name:password@host/database",
    "REDIS_URL": "for example redis://host:6379/0",
}
REQUIRED_IN_PRODUCTION = {
    "ALLOWED_HOSTS": "the names under which the site is reached, separated by commas",
    "CBM_ADDRESS": "where the site answers, for links in e-mails, such as https://cbm.example.org",
    "EMAIL_URL": "the server that takes our e-mail, for example submission://name:password@host:587",
    "EMAIL_FROM": "the sender of our e-mail, for example cbm-advisor@example.org",
}


def missing() -> dict[str, str]:
    """The variables that are not set, each with what belongs there."""
    local = settings.EMBEDDED or settings.DEBUG
    required = REQUIRED if local else REQUIRED | REQUIRED_IN_PRODUCTION
    return {name: meaning for name, meaning in required.items() if not os.environ.get(name)}


def require_environment() -> None:
    """Raises ``ImproperlyConfigured``, naming every variable that the web process and the worker lack."""
    if lacking := missing():
        told = "; ".join(f"{name} is not set ({meaning})" for name, meaning in lacking.items())
        raise ImproperlyConfigured(f"{told}. On one machine `make run` sets all of them.")


def check_environment(**_: Any) -> list[CheckMessage]:
    """The same as a system check, for the management commands that use the services."""
    return [
        Error(f"{name} is not set.", hint=f"It takes {meaning}.", id=f"cbm_advisor.{name}")
        for name, meaning in missing().items()
    ]
