"""Several files as one ZIP archive, with a manifest that ``sha256sum -c manifest.sha256`` checks."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

MANIFEST: Final = "manifest.sha256"
LONGEST: Final = 120
"""Bytes of a name or the name of a folder; systems take 255, and paths on Windows 260 characters in all."""

UNSAFE: Final = re.compile(r'[<>:"\\|?*\x7f]')
INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
JOINERS: Final = "\u200c\u200d"
"""Invisible, but words of Persian and of Indian languages are spelt with them."""

TAKEN_BY_WINDOWS: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
PACKED: Final = frozenset({".docx", ".xlsx", ".zip", ".png", ".jpg"})
MODE: Final = 0o100644 << 16
FIRST, LAST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)
"""What a ZIP archive can say of time."""


def archive(files: Iterable[tuple[str, bytes]], made_at: datetime) -> bytes:
    """The ZIP archive of the files in their order, all dated ``made_at``; the manifest comes last.

    Names may have folders before a ``/``. They are made safe for every common system, and unique by a number.
    """
    moment = min(max(made_at.astimezone(UTC), FIRST), LAST).timetuple()[:6]
    taken = {MANIFEST}
    sums: list[str] = []
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        for wanted, content in files:
            name = _unique(safe_path(wanted), taken)
            into.writestr(_member(name, moment), content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        into.writestr(_member(MANIFEST, moment), "".join(sums).encode())
    return packed.getvalue()


def safe_path(name: str) -> str:
    """A relative path of safe names; what leads nowhere, such as ``..``, is left out. Never empty."""
    parts = [safe_name(part) for part in name.split("/")]
    return "/".join(part for part in parts if part) or "_"


def safe_name(name: str) -> str:
    """A name that no common system refuses, hides or takes for something else; "" if nothing of it is left."""
    seen = "".join(
        " " if unicodedata.category(sign) in INVISIBLE and sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", name)
        if sign.isspace() or sign in JOINERS or unicodedata.category(sign) not in INVISIBLE
    )
    plain = " ".join(UNSAFE.sub("_", seen).split()).strip(". ")
    if TAKEN_BY_WINDOWS.match(plain):
        plain = f"_{plain}"
    return _shortened(plain, LONGEST)


def _shortened(name: str, limit: int) -> str:
    """At most so many bytes, with its ending."""
    if len(name.encode()) <= limit:
        return name
    ending = PurePosixPath(name).suffix if len(PurePosixPath(name).suffix.encode()) <= 16 else ""
    stem = name.removesuffix(ending).encode()[: limit - len(ending.encode())]
    return stem.decode(errors="ignore").rstrip(". ") + ending


def _unique(path: str, taken: set[str]) -> str:
    """The path, or the next of its kind that is free; letters differ for no system by their case alone."""
    folder, slash, name = path.rpartition("/")
    ending = PurePosixPath(name).suffix
    found, number = path, 1
    while found.casefold() in taken:
        number += 1
        mark = f" ({number}){ending}"
        found = f"{folder}{slash}{_shortened(name.removesuffix(ending), LONGEST - len(mark.encode()))}{mark}"
    taken.add(found.casefold())
    return found


def _member(name: str, moment: tuple[int, ...]) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, moment)  # type: ignore[arg-type]  # six numbers
    member.create_system, member.external_attr = 3, MODE
    packed_already = PurePosixPath(name).suffix.lower() in PACKED
    member.compress_type = zipfile.ZIP_STORED if packed_already else zipfile.ZIP_DEFLATED
    return member
