"""Word files as another program reads them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from reports.formats.word import word
from reports.look import Look
from reports.model import ReportModel, Section, Table, texts
from tests.libreoffice import converted
from tests.reports.material import EXAMPLE, blocks_of, model_of, read, squeezed, text_of
from tests.reports.samples import EVERY_BLOCK, LOOK, model_with

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
EVERYTHING = model_with(*EVERY_BLOCK, Section("خط ساخن", ()), Section("직통 전화", ()))


def opened(model: ReportModel, look: Look, to: str, folder: Path) -> bytes:
    """The Word file of a model, as LibreOffice writes it in another format."""
    file = folder / "report.docx"
    file.write_bytes(word(model, look))
    return converted(file, to, folder)


def headings_of(value: ReportModel | Section, depth: int = 1) -> list[tuple[int, str]]:
    """The depth and title of all sections, in order."""
    sections = value.sections if isinstance(value, ReportModel) else blocks_of_its_own(value)
    return [each for s in sections for each in [(depth, s.title), *headings_of(s, depth + 1)]]


def blocks_of_its_own(section: Section) -> list[Section]:
    return [block for block in section.blocks if isinstance(block, Section)]


def test_open_document_has_every_heading_list_and_table(tmp_path: Path) -> None:
    odt = opened(EVERYTHING, LOOK, "odt", tmp_path)
    with zipfile.ZipFile(io.BytesIO(odt)) as package:
        root: Any = etree.fromstring(package.read("content.xml"))
    found = [(int(h.get(f"{TEXT}outline-level")), "".join(h.itertext())) for h in root.iter(f"{TEXT}h")]
    assert found == headings_of(EVERYTHING)
    heads = list(root.iter(f"{TABLE}table-header-rows"))
    assert ["".join(next(head.iter(f"{TABLE}table-cell")).itertext()) for head in heads] == [
        "Measure", "Guideline", "Challenge",
    ]  # fmt: skip
    (table,) = blocks_of(EVERYTHING, Table)
    cells = [["".join(c.itertext()) for c in row.iter(f"{TABLE}table-cell")] for row in root.iter(f"{TABLE}table-row")]
    assert [list(table.columns), ["Hotline", "12", "✓\u00a0met"]] == [
        row for row in cells if row[0] in ("Measure", "Hotline")
    ]
    lists = ["".join(each.itertext()) for each in root.iter(f"{TEXT}list-item")]
    assert [entry for entry in lists if entry[:3] in ("One", "Two")] == ["One", "Two\u2002+3"]
    assert len(list(root.iter(f"{TEXT}table-of-content"))) == 1


def test_pages_say_all_that_the_report_says(tmp_path: Path) -> None:
    model = replace(model_of(EXAMPLE), classification="Restricted", valid_until="Valid until 1 June")
    pdf = opened(model, Look(), "pdf", tmp_path)
    shown = squeezed(text_of(pdf))
    words = [text for text in texts(model) if text.isascii()]
    assert len(words) > 400
    assert [text for text in words if squeezed(text) not in shown] == []
    pages = [page.extract_text() for page in read(pdf).pages]
    assert [n for n, page in enumerate(pages, 1) if f"{n} / {len(pages)}" not in page] == []
    assert [n for n, page in enumerate(pages, 1) if "Restricted" not in page] == []
