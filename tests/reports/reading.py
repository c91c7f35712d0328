"""What the file of a report says, whatever its format: for tests that compare it with what the report was to say."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, Final

import docx
import openpyxl
import pikepdf

from tests.reports.material import squeezed

APART: Final = "\x00"
"""Between what stands apart in a file, so that nothing is found across two cells."""

EDGES: Final = -1
"""Stands for the number of what is no content: lines, numbers of pages, a watermark."""

Pages = dict[Any, dict[int, str]]
"""By the number of a page the texts of its marked content."""

BFCHAR: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
BFRANGE: Final = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
PAIR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
TRIPLE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def said_by(content: bytes, format: str) -> str:
    """All that the file says, without white space."""
    return APART.join(map(squeezed, READERS[format](content)))


def of_pdf(content: bytes) -> Iterator[str]:
    """Its text as it is read aloud, element by element, and what stands at the edges of pages."""
    with pikepdf.open(io.BytesIO(content)) as file:
        pages: Pages = {page.objgen: _by_mark(page) for page in file.pages}
        yield "".join(_aloud(file.Root.StructTreeRoot, None, pages))
        yield from (marks.get(EDGES, "") for marks in pages.values())


def of_word(content: bytes) -> Iterator[str]:
    """Its text, with heads and feet of pages."""
    document = docx.Document(io.BytesIO(content))
    parts = [document.element.body]
    for section in document.sections:
        parts += [line._element for line in (section.header, section.footer, section.first_page_header)]
    for part in parts:
        yield "".join(part.xpath(".//w:t/text() | .//*[local-name()='textpath']/@string"))


def of_spreadsheet(content: bytes) -> Iterator[str]:
    """Its cells, and what is printed at the edges of pages."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows(values_only=True):
            yield from (str(cell) for cell in row if cell is not None)


def of_csv(content: bytes) -> Iterator[str]:
    """Its cells, without the marks that keep them from being formulas."""
    for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        yield from (cell.replace("'", "") for cell in line)


def of_json(content: bytes) -> Iterator[str]:
    """Its texts and numbers; runs are joined."""
    yield from _texts(json.loads(content))


READERS: Final[dict[str, Callable[[bytes], Iterator[str]]]] = {
    "pdf": of_pdf,
    "pdfa": of_pdf,
    "docx": of_word,
    "xlsx": of_spreadsheet,
    "csv": of_csv,
    "json": of_json,
}


def unpacked(content: bytes) -> Iterator[bytes]:
    """The bytes of a file and of all that is packed in it, however deep."""
    yield content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield "\n".join(packed.namelist()).encode()
            for name in packed.namelist():
                yield from unpacked(packed.read(name))
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as file:
            for each in file.objects:
                yield each.unparse(resolved=False)
                if isinstance(each, pikepdf.Stream) and str(each.get("/Subtype", "")) != "/Image":
                    yield each.read_bytes()
        yield "\n".join(of_pdf(content)).encode()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list) and value and all(isinstance(each, dict) and each["type"] == "run" for each in value):
        yield "".join(run["text"] for run in value)
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
    elif value is not None:
        yield str(value)


def _aloud(node: Any, page: Any, pages: Pages) -> Iterator[str]:
    """The text of an element of the structure tree, wherever its pieces stand."""
    if isinstance(node, int):
        yield pages[page.objgen].get(node, "")
    elif isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _aloud(kid, page, pages)
    elif isinstance(node, pikepdf.Dictionary):
        page = node.get("/Pg", page)
        yield str(node.get("/Alt", ""))
        yield from _aloud(node["/MCID"] if "/MCID" in node else node.get("/K", pikepdf.Array()), page, pages)


def _by_mark(page: pikepdf.Page) -> dict[int, str]:
    """The text of each piece of marked content of a page, and of its edges."""
    found: dict[int, str] = {}
    fonts = {name: _letters(font) for name, font in _fonts(page).items()}
    letters: dict[bytes, str] = {}
    open_marks: list[tuple[int | None, bool]] = []
    for each in pikepdf.parse_content_stream(page):
        operands, name = each.operands, str(each.operator)
        mark, is_spelled = open_marks[-1] if open_marks else (None, False)
        if name in ("BDC", "BMC"):
            entries: Any = operands[1] if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) else {}
            mark = int(entries["/MCID"]) if "/MCID" in entries else EDGES if operands[0] == "/Artifact" else mark
            if "/ActualText" in entries and mark is not None and not is_spelled:
                found[mark] = found.get(mark, "") + str(entries["/ActualText"])
            open_marks.append((mark, is_spelled or "/ActualText" in entries))
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and mark is not None and not is_spelled:
            shown = operands[0] if name == "TJ" else operands
            codes = (bytes(each) for each in shown if isinstance(each, pikepdf.String))
            found[mark] = found.get(mark, "") + "".join(text for each in codes for text in _decoded(each, letters))
    return found


def _fonts(page: pikepdf.Page) -> Any:
    resources: Any = page.obj.get("/Resources", {})
    return resources.get("/Font", {})


def _decoded(codes: bytes, letters: dict[bytes, str]) -> Iterator[str]:
    size = len(next(iter(letters), b"\0\0"))
    for at in range(0, len(codes), size):
        yield letters.get(codes[at : at + size], "")


def _letters(font: Any) -> dict[bytes, str]:
    """What the codes of a font stand for."""
    if "/ToUnicode" not in font:
        return {}
    table = font.ToUnicode.read_bytes()
    pairs = [pair for part in BFCHAR.findall(table) for pair in PAIR.findall(part)]
    found = {bytes.fromhex(code.decode()): _text(text) for code, text in pairs}
    for first, last, text in (triple for part in BFRANGE.findall(table) for triple in TRIPLE.findall(part)):
        for step in range(int(last, 16) - int(first, 16) + 1):
            letter = _text(text)
            found[(int(first, 16) + step).to_bytes(len(first) // 2)] = letter[:-1] + chr(ord(letter[-1]) + step)
    return found


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
