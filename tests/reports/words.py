"""Ways to read Word files, and to make templates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import docx
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
BODY = "{{p body }}"


def opened(file: bytes) -> Any:
    """The file as python-docx reads it."""
    return docx.Document(io.BytesIO(file))


def parts_of(file: bytes) -> dict[str, bytes]:
    """All that the file holds, by name."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


def root_of(file: bytes, part: str = "word/document.xml") -> Any:
    """The XML of a part."""
    return etree.fromstring(parts_of(file)[part])


def text_of(file: bytes) -> str:
    """All that a reader sees: text, heads and feet, watermark; each paragraph on a line."""
    roots = [etree.fromstring(data) for name, data in parts_of(file).items() if _is_seen(name)]
    return "\n".join(line for root in roots for line in _lines(root))


def _is_seen(name: str) -> bool:
    return name.startswith(("word/document", "word/header", "word/footer")) and name.endswith(".xml")


def _lines(root: Any) -> Iterable[str]:
    breaks = {f"{W}br": "\n", f"{W}tab": "\t"}
    for paragraph in root.iter(f"{W}p"):
        yield "".join(
            each.text or "" if each.tag == f"{W}t" else breaks[each.tag]
            for each in paragraph.iter(f"{W}t", *breaks)
            if each.getparent().tag == f"{W}r"
        )
    yield from (each.get("string", "") for each in root.iter(f"{V}textpath") if each.get("string"))


def template_with(*paragraphs: str, header: str = "") -> bytes:
    """A template that Word could have saved, with these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
