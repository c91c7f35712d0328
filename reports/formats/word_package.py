"""What an uploaded Word file is made of, before anything reads it: only what a template needs, nothing that acts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from docx.oxml.ns import qn
from lxml import etree

LARGEST: Final = 5_000_000
LARGEST_UNPACKED: Final = 40_000_000
LARGEST_XML: Final = 2_000_000
MOST_FILES: Final = 400
"""Bytes of the file, unpacked, and of each of its texts; how many files it may hold."""

MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FIELDS: Final = frozenset({
    "=", "AUTHOR", "COMMENTS", "CREATEDATE", "DATE", "DOCPROPERTY", "EDITTIME", "FILENAME", "FILESIZE", "FORMTEXT",
    "HYPERLINK", "IF", "INFO", "KEYWORDS", "LASTSAVEDBY", "LISTNUM", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE",
    "PAGEREF", "PRINTDATE", "REF", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT",
    "TC", "TIME", "TITLE", "TOC",
})  # fmt: skip
"""Fields that only show what the file itself, its clock or its pages say."""

_EMBEDDED: Final = (
    "oleObject",
    "package",
    "control",
    "aFChunk",
    "subDocument",
    "activeXControlBinary",
    "attachedToolbars",
)
_PARSER: Final = {"resolve_entities": False, "no_network": True, "load_dtd": False}


def problems_of_package(file: bytes) -> list[str]:
    """What is wrong with the file, whatever its tags say; [] if it can be opened."""
    if len(file) > LARGEST:
        return [f"The file is larger than {LARGEST // 1_000_000} MB. Take out pictures, or make them smaller."]
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            return _too_much(package) or _not_word(package) or list(_acting(package))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return [NOT_WORD]
    except etree.XMLSyntaxError as error:
        return [f"This Word file is damaged: {error.msg}. Open it in Word and save it again."]


NOT_WORD: Final = "This is not a Word file (.docx). Save it in Word as “Word document (.docx)”, without a password."


def _too_much(package: zipfile.ZipFile) -> list[str]:
    entries = package.infolist()
    size = sum(entry.file_size for entry in entries)
    names = [entry.filename for entry in entries]
    is_large = any(entry.file_size > LARGEST_XML for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if size > LARGEST_UNPACKED or len(entries) > MOST_FILES or is_large:
        return ["The file unpacks to more than a template needs. Take out what is not of the template."]
    if len(set(names)) < len(names) or any(".." in PurePosixPath(name).parts or name.startswith("/") for name in names):
        return ["The file is packed in a strange way. Open it in Word and save it again."]
    return []


def _not_word(package: zipfile.ZipFile) -> list[str]:
    if "[Content_Types].xml" not in package.namelist():
        return [NOT_WORD]
    types = {each.get("ContentType", "") for each in _read(package, "[Content_Types].xml")}
    if any("macroEnabled" in each or "vbaProject" in each for each in types):
        return ["The file holds macros. Save it in Word as “Word document (.docx)”, which has none."]
    if MAIN not in types:
        return [NOT_WORD]
    return []


def _acting(package: zipfile.ZipFile) -> Iterator[str]:
    """What would do something when a report is opened."""
    for name in package.namelist():
        stem = name.rpartition("/")[2]
        if stem.startswith(("vbaProject", "vbaData")):
            yield f"The file holds macros ({name}). Save it in Word as “Word document (.docx)”, which has none."
        elif "/embeddings/" in name or "/activeX/" in name:
            yield f"The file holds an embedded file ({stem}). Take it out, or put in a picture of it."
        elif name.endswith(".rels"):
            yield from _reaching(_read(package, name), name)
        elif name.endswith(".xml") and name.startswith("word/"):
            yield from _fields(_read(package, name), stem)


def _reaching(rels: Any, name: str) -> Iterator[str]:
    for rel in rels:
        kind = rel.get("Type", "").rpartition("/")[2]
        target = rel.get("Target", "")
        if kind == "attachedTemplate":
            yield (
                f"The file is attached to a template ({target}), which Word would look for. Choose Normal in Word under "
                "Developer, Document Template."
            )
        elif kind in _EMBEDDED:
            yield f"The file holds an embedded file ({target}). Take it out, or put in a picture of it."
        elif rel.get("TargetMode") == "External" and kind != "hyperlink":
            yield f"The file would fetch something when it is opened ({target}). Put it into the file instead."


def _fields(root: Any, stem: str) -> Iterator[str]:
    codes = [each.get(qn("w:instr"), "") for each in root.iter(qn("w:fldSimple"))]
    open_codes: list[str] = []
    for each in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:delInstrText")):
        kind = each.get(qn("w:fldCharType"))
        if kind == "begin":
            open_codes.append("")
        elif kind == "end" and open_codes:
            codes.append(open_codes.pop())
        elif kind is None and open_codes:
            open_codes[-1] += each.text or ""
    for code in [*codes, *open_codes]:
        found = re.match(r"\s*(=|[^\s\\\"]+)", code)
        word = found.group(1).upper() if found else ""
        if word not in FIELDS:
            yield f"The field {{ {code.strip()[:60]} }} in {stem} cannot be used: it could fetch or start something."


def _read(package: zipfile.ZipFile, name: str) -> Any:
    """A text of the package; entities, which can blow up or read files, are an error."""
    data = package.read(name)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ValueError(f"{name} has definitions of its own.")
    return etree.fromstring(data, etree.XMLParser(**_PARSER))
