"""The files of reports and of their looks. Rows with the same content share one, so it goes with the last of them.

They are named by their content, in a local folder or in an S3-compatible store, and served through the application alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Q

from accounts import walls
from reports.models import Branding, Part, Report

log = logging.getLogger(__name__)


@contextlib.contextmanager
def stored(content: bytes, suffix: str) -> Iterator[str]:
    """The name of the file with this content, stored. At the end it is removed again unless a row refers to it.

    Whoever also locks the row does so first: then nobody waits in a circle. Raises what the storage raises, ``OSError``
    for a folder, and then nothing half written is left.
    """
    digest = hashlib.sha256(content).hexdigest()
    name = f"reports/{digest[:2]}/{digest}.{suffix}"
    with transaction.atomic():
        _hold(name)
        if not (default_storage.exists(name) and default_storage.size(name) == len(content)):
            _write(name, content)
        yield name
        remove_if_unused(name)


def _write(name: str, content: bytes) -> None:
    default_storage.delete(name)  # what a worker that died left half written
    try:
        default_storage.save(name, ContentFile(content))
    except Exception:
        default_storage.delete(name)  # a full disk has no room for half a file either
        raise


class FileGoneError(Exception):
    """The file of a report is not where it was stored."""


class FileAwayError(Exception):
    """The storage does not give the file at the moment."""


def opened(report: Report) -> File[bytes]:
    """The file of a report that is ready, to be read. Raises ``FileGoneError`` and ``FileAwayError``."""
    try:
        return report.file.open("rb")
    except FileNotFoundError as error:
        raise FileGoneError from error
    except Exception as error:  # a folder and a store each have errors of their own
        log.warning("The file of report %s cannot be read: %s", report.pk, type(error).__name__)
        raise FileAwayError from error


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


def let_expire(report: Report) -> bool:
    """Removes the file of a report that is ready and says so in its row, which stays; whether it was ready."""
    with transaction.atomic():
        held = Report.objects.select_for_update().filter(pk=report.pk, state=Report.State.DONE).first()
        if held is None:
            return False
        name, held.file = held.file.name or "", ""
        held.state, held.size = Report.State.EXPIRED, 0
        held.save(update_fields=["state", "file", "size"])
        remove_if_unused(name)
    return True


def remove_with_report(instance: Report, **_: Any) -> None:
    """After a report was deleted, by whatever way."""
    if instance.file.name:
        remove_if_unused(instance.file.name)


def remove_whole_with_part(instance: Part, **_: Any) -> None:
    """After a report was deleted that stands in an archive: what was removed for good is not to live on in there.

    One that is being packed is packed anew.
    """
    let_expire(Report(pk=instance.whole_id))
    packing = Report.objects.filter(pk=instance.whole_id, state=Report.State.RUNNING)
    packing.update(state=Report.State.QUEUED, lease_until=None)


def remove_with_look(instance: Branding, **_: Any) -> None:
    """After a look was deleted, as with its workspace."""
    for file in (instance.logo, instance.template):
        if file.name:
            remove_if_unused(file.name)


def _hold(name: str) -> None:
    """Nobody else stores or removes this file until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
