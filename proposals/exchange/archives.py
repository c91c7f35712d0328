"""ZIP files that somebody sends: the packages in them, as far as they are what they say. Nothing is written to a disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from cbm_advisor.lib.documents import LARGEST
from proposals.exchange.packing import MANIFEST

MOST_FILES: Final = 500
MOST_UNPACKED: Final = 100 * 1024 * 1024
BEGINS: Final = (b"PK\x03\x04", b"PK\x05\x06")
KINDS: Final = frozenset({".json", ".yaml", ".yml"})

_ENTRY: Final = b"PK\x01\x02"
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1


class ArchiveError(ValueError):
    """The ZIP file as a whole cannot be taken, and why."""


class Packed(NamedTuple):
    """A file of the archive: its name as shown, and its content, or why it was not read."""

    name: str
    content: bytes = b""
    refused: str = ""


def is_archive(content: bytes) -> bool:
    """Whether a file is a ZIP file, whatever its name."""
    return content.startswith(BEGINS)


def unpacked(content: bytes) -> list[Packed]:
    """The files of an archive. Folders, the list that an export has with it, and what systems add are left out.

    Raises ``ArchiveError`` if it is damaged, or larger than ``MOST_FILES`` or ``MOST_UNPACKED``.
    """
    if content.count(_ENTRY) > 2 * MOST_FILES:  # before the list of entries is read into memory
        raise ArchiveError(_too_many(content.count(_ENTRY)))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if _is_wanted(entry)]
            if len(entries) > MOST_FILES:
                raise ArchiveError(_too_many(len(entries)))
            return list(_read_all(archive, entries))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError(_("The ZIP file is damaged. Make it again, or send the files in it.")) from None


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    hidden = any(part.startswith(".") and part.strip(".") for part in path.parts) or path.parts[:1] == ("__MACOSX",)
    return not entry.is_dir() and not hidden and str(path) != MANIFEST


def _read_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Packed]:
    left = MOST_UNPACKED
    for entry in entries:
        packed = _read(archive, entry, left)
        left -= len(packed.content)
        yield packed


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> Packed:
    """One file. What it says of its own size is not relied upon: no more than the limit is ever unpacked."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    name = path.name[:200]
    if path.suffix.lower() not in KINDS:
        return Packed(name, refused=_("This is neither JSON nor YAML; its name would end in .json, .yaml or .yml."))
    if entry.flag_bits & _ENCRYPTED:
        return Packed(name, refused=_("This is locked with a password. Unpack it, and send what is in it."))
    if entry.compress_type not in _METHODS:
        return Packed(name, refused=_("This is packed in a way that is not read here. Pack it as an ordinary ZIP."))
    try:
        with archive.open(entry) as file:
            content = file.read(min(LARGEST, left) + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
        return Packed(name, refused=_("This is damaged in the ZIP file. Pack it again."))
    if len(content) > left:
        raise ArchiveError(_("What is in the ZIP file is larger than 100 MB. Divide it."))
    if len(content) > LARGEST:
        return Packed(name, refused=_("This is larger than 2 MB, the most that a package may have."))
    return Packed(name, content)


def _too_many(number: int) -> str:
    said = _("The ZIP file holds %(number)s files; the most at once is %(most)s. Divide it.")
    return said % {"number": number, "most": MOST_FILES}
