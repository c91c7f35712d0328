"""Telling people, and what they have read."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import Notification, User

KEPT: Final = timedelta(days=90)


def notify(person: User, *, text: str, address: str, key: str = "") -> None:
    """Tells ``person`` something, in the transaction of what it tells of. Called again with the same ``key``, it does nothing.

    ``text``: a plain sentence in the person's language. It stays when rights and names change, so it names a kind of thing
    and nothing confidential. ``address``: the path of a page of ours, which checks who may read it. Raises ``ValueError``
    for any other address.
    """
    if not (address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)):
        raise ValueError(f"A notification leads to a page of ours, not to {address}")
    new = Notification(person=person, text=text, address=address, key=key)
    Notification.objects.bulk_create([new], ignore_conflicts=True)


def open_notification(notification: Notification) -> str:
    """The address that it leads to; it is read from now on."""
    Notification.objects.filter(pk=notification.pk).unread().update(read_at=timezone.now())
    return notification.address


def read_all(person: User, *, until: int) -> None:
    """The person has read all that they have been shown, the newest of which is ``until``."""
    Notification.objects.of(person).unread().filter(pk__lte=until).update(read_at=timezone.now())


def read_about(person: User, address: str) -> None:
    """The person has seen the page that the notifications lead to."""
    Notification.objects.of(person).unread().filter(address=address).update(read_at=timezone.now())


def clear_away() -> int:
    """Removes what is older than ``KEPT``, read or not; returns how many."""
    removed, _ = Notification.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    return removed
