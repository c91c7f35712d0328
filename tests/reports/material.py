"""Packages, models and PDF files for the tests of reports, and ways to read them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

from pypdf import PdfReader
from pypdf.generic import ContentStream

from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.package import canonical_document, load_package
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.model import ReportModel, Section

B = TypeVar("B")
MOMENT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
EXAMPLE = canonical_document(worked_example().package)
SPARSE: dict[str, Any] = {
    "format": "cbm-package/1",
    "title": "Two first ideas",
    "parties": [{"id": "a", "name": "North"}, {"id": "b", "name": "South"}],
    "measures": [{"id": "m1", "title": "A hotline"}],
}


def scorecard_of(document: dict[str, Any]) -> dict[str, Any]:
    """What the engine says of a document."""
    return assess(load_package(document)).as_dict()


def model_of(document: dict[str, Any], *, revision: str = "1") -> ReportModel:
    """The report model of a document."""
    canonical = canonical_document(load_package(document))
    return compose(canonical, scorecard_of(document), Circumstances("Team A", MOMENT, revision))


def blocks_of(value: ReportModel | Section, kind: type[B]) -> list[B]:
    """All blocks of a kind, in their order, whatever section they stand in."""
    inner = value.sections if isinstance(value, ReportModel) else value.blocks
    found: list[B] = []
    for block in inner:
        found += [block] if isinstance(block, kind) else []
        found += blocks_of(block, kind) if isinstance(block, Section) else []
    return found


def copy_of(document: dict[str, Any]) -> dict[str, Any]:
    """A copy that can be changed."""
    copy: dict[str, Any] = json.loads(json.dumps(document))
    return copy


def read(pdf: bytes) -> PdfReader:
    """The PDF, opened."""
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All its text as a copying reader gets it."""
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def squeezed(text: str) -> str:
    """The text without white space and places to break, which depend on where lines end."""
    return "".join(text.replace("\u200b", "").split())


def has_a_box(pdf: bytes) -> bool:
    """Whether a character is shown as the box for "no such character", which is glyph 0."""
    shown = set(glyphs_of(pdf))
    assert shown
    return 0 in shown


def glyphs_of(pdf: bytes) -> Iterator[int]:
    """The number of every glyph that is shown."""
    reader = read(pdf)
    for page in reader.pages:
        for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
            if operator == b"Tj":
                yield from _codes(operands[0])
            elif operator == b"TJ":
                for shown in operands[0]:
                    yield from _codes(shown)


def _codes(shown: Any) -> Iterator[int]:
    """The two-byte codes of a shown string; numbers between strings only move the pen."""
    if isinstance(shown, bytes | str):
        raw = shown if isinstance(shown, bytes) else shown.original_bytes  # type: ignore[attr-defined]
        yield from (int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2))
