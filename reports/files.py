"""The files of reports. Reports with the same content share one, so it goes with the last of them."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from reports.models import Report


@contextlib.contextmanager
def stored(pdf: bytes) -> Iterator[str]:
    """The name of the file with this content, stored. At the end it is removed again unless a report refers to it.

    Whoever also locks the report does so first: then nobody waits in a circle.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    name = f"reports/{digest[:2]}/{digest}.pdf"
    with transaction.atomic():
        _hold(name)
        if not (default_storage.exists(name) and default_storage.size(name) == len(pdf)):
            default_storage.delete(name)  # what a worker that died left half written
            name = default_storage.save(name, ContentFile(pdf))
        yield name
        remove_if_unused(name)


def remove_if_unused(name: str) -> None:
    """Removes a file that no report refers to. It goes before the transaction is through: a file without its row would
    stay for ever, and a row without its file is removed by the next attempt."""
    with transaction.atomic():
        _hold(name)
        if not Report.objects.filter(file=name).exists():
            default_storage.delete(name)


def remove_with_report(instance: Report, **_: Any) -> None:
    """After a report was deleted, by whatever way."""
    if instance.file.name:
        remove_if_unused(instance.file.name)


def _hold(name: str) -> None:
    """Nobody else stores or removes this file until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
