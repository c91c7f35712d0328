"""What a browser calls itself, in words that people know it by."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

BROWSERS = {
    "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Macintosh": "macOS",
    "CrOS": "ChromeOS", "Linux": "Linux",
}  # fmt: skip


@register.filter
def browser(user_agent: str) -> str:
    """Such as "Firefox on Windows"; what is in no list stays as it is."""
    name = next((known for mark, known in BROWSERS.items() if f"{mark}/" in user_agent), "")
    system = next((known for mark, known in SYSTEMS.items() if mark in user_agent), "")
    if not (name and system):
        return user_agent or _("A browser without a name")
    return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
