"""The files of reports and of their looks. Rows with the same content share one, so it goes with the last of them."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Q

from accounts import walls
from reports.models import Branding, Report


@contextlib.contextmanager
def stored(content: bytes, suffix: str) -> Iterator[str]:
    """The name of the file with this content, stored. At the end it is removed again unless a row refers to it.

    Whoever also locks the row does so first: then nobody waits in a circle.
    """
    digest = hashlib.sha256(content).hexdigest()
    name = f"reports/{digest[:2]}/{digest}{suffix}"
    with transaction.atomic():
        _hold(name)
        if not (default_storage.exists(name) and default_storage.size(name) == len(content)):
            default_storage.delete(name)  # what a worker that died left half written
            name = default_storage.save(name, ContentFile(content))
        yield name
        remove_if_unused(name)


def remove_if_unused(name: str) -> None:
    """Removes a file that no row refers to. It goes before the transaction is through: a file without its row would
    stay for ever, and a row without its file is removed by the next attempt."""
    with transaction.atomic():
        _hold(name)
        if not _is_used(name):
            default_storage.delete(name)


@walls.lifted()
def _is_used(name: str) -> bool:
    """In whichever workspace."""
    of_looks = Branding.objects.filter(Q(logo=name) | Q(template=name))
    return Report.objects.filter(file=name).exists() or of_looks.exists()


def remove_with_report(instance: Report, **_: Any) -> None:
    """After a report was deleted, by whatever way."""
    if instance.file.name:
        remove_if_unused(instance.file.name)


def remove_with_look(instance: Branding, **_: Any) -> None:
    """After a look was deleted, as with its workspace."""
    for file in (instance.logo, instance.template):
        if file.name:
            remove_if_unused(file.name)


def _hold(name: str) -> None:
    """Nobody else stores or removes this file until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
