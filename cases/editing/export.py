"""The published cases as files: what a release is made from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cases.editing.layout import as_yaml
from cases.models import CaseVersion
from cases.schema import CaseFile

BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive: the same cases make the same bytes."""


def files() -> Iterator[tuple[str, str]]:
    """Name and text of the file of every published case, by slug."""
    versions = CaseVersion.objects.published().order_by("slug").values_list("slug", "document")
    for slug, document in versions.iterator(chunk_size=100):
        yield f"{slug}.yaml", as_yaml(CaseFile.model_validate(document))


def archive() -> bytes:
    """All of them as a ZIP archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files():
            packed.writestr(zipfile.ZipInfo(name, BEGINNING), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def write_to(folder: Path) -> list[str]:
    """Writes every file that differs into ``folder``, which must be there; names those that it wrote."""
    written = []
    for name, text in files():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(name)
    return written
