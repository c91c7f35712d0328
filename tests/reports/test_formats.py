"""The formats of reports, as the rest of the application knows them."""

from __future__ import annotations

import pytest

from reports.formats.pdf import pdf
from reports.formats.registry import CONTENT_TYPES, FORMATS, SUFFIXES, file_of
from reports.look import Look
from reports.model import Paragraph
from reports.models import Report
from tests.reports.samples import LOOK, model_with


def test_every_format_is_one_that_a_report_can_have_and_is_named_for_browsers() -> None:
    assert set(FORMATS) <= set(Report.Format.values)
    assert set(SUFFIXES) == set(CONTENT_TYPES) == {*FORMATS, Report.Format.ZIP}


@pytest.mark.parametrize("format", FORMATS)
def test_same_model_and_look_give_the_same_file(format: str) -> None:
    model = model_with(Paragraph("One"))
    assert file_of(model, format, LOOK) == file_of(model, format, LOOK)


def test_pdf_for_archives_is_another_file() -> None:
    model = model_with(Paragraph("One"))
    ordinary, archival = (file_of(model, format, Look()) for format in ("pdf", "pdfa"))
    assert ordinary == pdf(model, Look()) != archival == pdf(model, Look(), is_archival=True)
