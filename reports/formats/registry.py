"""The formats of reports: one line each. What holds several files, a ZIP, is made of files and not of a model."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from reports.formats.notation import notation
from reports.formats.pdf import pdf
from reports.formats.separated import separated
from reports.formats.spreadsheet import spreadsheet
from reports.formats.word import word
from reports.look import Look
from reports.model import ReportModel


class Format(NamedTuple):
    """How a file is made, how its name ends, and what browsers are told that it is."""

    make: Callable[[ReportModel, Look], bytes]
    suffix: str
    content_type: str


def _of_model(make: Callable[[ReportModel], bytes]) -> Callable[[ReportModel, Look], bytes]:
    """A format that has no look."""
    return lambda model, look: make(model)


FORMATS: Final[dict[str, Format]] = {
    "pdf": Format(pdf, "pdf", "application/pdf"),
    "pdfa": Format(partial(pdf, is_archival=True), "pdf", "application/pdf"),
    "xlsx": Format(_of_model(spreadsheet), "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": Format(_of_model(separated), "csv", "text/csv; charset=utf-8"),
    "json": Format(_of_model(notation), "json", "application/json"),
    "docx": Format(word, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
SUFFIXES: Final = {code: each.suffix for code, each in FORMATS.items()} | {"zip": "zip"}
CONTENT_TYPES: Final = {code: each.content_type for code, each in FORMATS.items()} | {"zip": "application/zip"}


def file_of(model: ReportModel, format: str, look: Look) -> bytes:
    """The file of a report, the same bytes for the same model and look. Raises ``FormatError``."""
    return FORMATS[format].make(model, look)
