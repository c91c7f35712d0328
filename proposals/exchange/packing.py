"""Several packages as one ZIP file, written while it is sent: a file a package, and a list of them. No database."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any, Final, NamedTuple, cast

from django.utils.text import slugify

from assessments.package.versions import CURRENT
from proposals.exchange.documents import Exported, Kind, written

MANIFEST: Final = "manifest.json"
FORMAT: Final = "cbm-export/1"
LONGEST_NAME: Final = 80


class Leaving(NamedTuple):
    """A package that goes into the archive."""

    title: str
    revision: int
    content: Exported


def archive(packages: Iterable[Leaving], *, kind: Kind, at: datetime) -> Iterator[bytes]:
    """The archive, piece by piece; one package at a time is held in memory."""
    sink = _Sink()
    names = FileNames()
    listed: list[dict[str, Any]] = []
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED) as file:
        for package in packages:
            name = names.name_for(package.title, package.revision, kind)
            file.writestr(_entry(name, at), written(package.content.document, kind))
            listed.append(_listed(name, package))
            yield sink.taken()
        manifest = {
            "format": FORMAT,
            "package_format": CURRENT,
            "exported_at": at.isoformat(timespec="seconds"),
            "packages": listed,
        }
        file.writestr(_entry(MANIFEST, at), json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    yield sink.taken()


class FileNames:
    """Names that every system takes, each once, also where capitals do not count."""

    def __init__(self) -> None:
        self._taken = {MANIFEST}

    def name_for(self, title: str, revision: int, kind: Kind) -> str:
        """The name for a package: its title in plain letters, and the number of the revision."""
        stem = f"{slugify(title)[:LONGEST_NAME].strip('-_') or 'package'}-{revision}"
        name, number = f"{stem}.{kind}", 1
        while name in self._taken:
            number += 1
            name = f"{stem}-{number}.{kind}"
        self._taken.add(name)
        return name


def _listed(name: str, package: Leaving) -> dict[str, Any]:
    said: dict[str, Any] = {
        "file": name,
        "title": package.title,
        "revision": package.revision,
        "sha256": package.content.sha256,
        "incomplete": package.content.incomplete,
    }
    if package.content.problems:
        said["problems"] = [{"path": each.path, "message": each.message} for each in package.content.problems]
    return said


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


class _Sink:
    """A file that cannot be gone back in; what was written is taken out of it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """There is nothing to wait for."""

    def taken(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken
