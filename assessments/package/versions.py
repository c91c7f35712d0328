"""Versions of the format: what an older one becomes, step by step, and what is refused.

A new version of the format adds one step here, from the version before. A step takes a document that may be half filled
or wrong, leaves alone what it does not understand, writes the name of the next version into ``format``, and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

CURRENT: Final = "cbm-package/1"

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: Final[dict[str, Upgrade]] = {}
"""From the name of an older version to what makes a document of the next version of it."""

_NAME: Final = re.compile(r"cbm-package/([0-9]{1,9})")


class VersionError(ValueError):
    """The document says a version that cannot be read; the message says which can."""


def upgraded(document: dict[str, Any]) -> dict[str, Any]:
    """The document in the current version. One that says no version is a draft in the making, and of the current one.

    The document that is given stays as it is. Raises ``VersionError`` for a newer version and for what is none.
    """
    said = document.get("format")
    if said is None:
        return {**document, "format": CURRENT}
    passed = set()
    while said != CURRENT:
        if not isinstance(said, str) or said not in UPGRADES or said in passed:
            raise VersionError(_refusal(said))
        passed.add(said)
        document = UPGRADES[said](dict(document))
        said = document.get("format")
    return document


def _refusal(said: Any) -> str:
    shown = str(said)[:60]
    named = _NAME.fullmatch(said) if isinstance(said, str) else None
    current = _NAME.fullmatch(CURRENT)
    if named and current and int(named[1]) > int(current[1]):
        return f'"{shown}" is newer than what is read here, {CURRENT}; update CBM Advisor, or have the file made in {CURRENT}'
    return f'"{shown}" is not a format that is read; these are: {", ".join([*UPGRADES, CURRENT])}'
