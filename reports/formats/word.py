"""A report model as a Word file that people go on editing: headings, lists and tables by style, in our template or in the
workspace's own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from reports.formats.errors import FormatError
from reports.formats.word_bars import HEIGHT_MM, WIDTH_MM
from reports.formats.word_body import Body
from reports.formats.word_filling import PARTS, filled, take_marks
from reports.formats.word_lists import Lists
from reports.formats.word_ours import ours
from reports.formats.word_pages import (
    add_missing_lines,
    add_watermark,
    set_directions,
    set_languages,
    set_properties,
)  # fmt: skip
from reports.formats.word_styles import complete
from reports.look import Look
from reports.model import ReportModel, texts

TWIP: Final = 635
"""Of the units in which python-docx gives widths."""


def word(model: ReportModel, look: Look) -> bytes:
    """The Word file of a report; the same model and look give the same bytes. An own template decides on paper and type.

    Raises ``FormatError``.
    """
    own = ours(look.accent, model.paper)
    try:
        document = filled(look.template or own, model, look)
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, OSError) as error:
        raise FormatError(f"The Word template or the logo of the workspace cannot be read: {error}") from error
    ids = complete(document, docx.Document(io.BytesIO(own)))
    add_missing_lines(document, model)
    set_directions(document, model.language)
    _insert(document, _body(document, ids, model), model)
    if model.watermark.strip():
        add_watermark(document, model.watermark)
    set_languages(document, model, " ".join(texts(model)))
    set_properties(document, model)
    return _pinned(document, model.made_at)


def _body(document: Document, ids: dict[str, str], model: ReportModel) -> Body:
    section = document.sections[-1]
    width = ((section.page_width or Mm(210)) - (section.left_margin or 0) - (section.right_margin or 0)) // TWIP
    return Body(ids, Lists(document, ids), _placing(document), width, model.language)


def _insert(document: Document, body: Body, model: ReportModel) -> None:
    """Puts the parts where the template wants them, each once; the contents come last, for they list the headings."""
    has_contents = model.opening == "cover" and bool(take_marks(document.element.body, "contents"))
    made = {
        "facts": body.facts(model.facts),
        "body": body.sections(model.sections, begins_page=has_contents),
    }
    has_statement = bool(model.headline or model.summary)
    contents = body.contents(model.contents_title, model.contents_depth, begins_page=has_statement)
    made["contents"] = contents if has_contents else ""
    for name in PARTS:
        marks = take_marks(document.element.body, name)
        for mark in marks[:1]:
            for element in parse_xml(f"<w:body {NAMESPACES}>{made[name]}</w:body>"):
                mark.addprevious(element)
        for mark in marks:
            _remove(mark)


def _remove(paragraph: Any) -> None:
    """Takes a paragraph away, but for the last of a table's cell, which Word needs."""
    parent = paragraph.getparent()
    if parent.tag == qn("w:tc") and len(parent.findall(qn("w:p"))) == 1:
        paragraph.remove(paragraph.pPr)
    else:
        parent.remove(paragraph)


NAMESPACES: Final = (
    nsdecls("w", "r", "wp", "a", "pic") + ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
)


def _placing(document: Document) -> Callable[[bytes], str]:
    """Pictures that say nothing beside their row, so that screen readers pass them."""
    numbers = count(20_001)
    width, height = int(Mm(WIDTH_MM)), int(Mm(HEIGHT_MM))

    def place(png: bytes) -> str:
        key, _ = document.part.get_or_add_image(io.BytesIO(png))
        number = next(numbers)
        return _DRAWING.format(number=number, key=key, width=width, height=height)

    return place


_DRAWING: Final = (
    '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Bar {number}" descr=""><a:extLst><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative val="1"/></a:ext></a:extLst></wp:docPr><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Bar {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing>"
)


def _pinned(document: Document, made_at: datetime) -> bytes:
    """The file with the time of the report on all that it holds, instead of the clock's."""
    written, pinned = io.BytesIO(), io.BytesIO()
    document.save(written)
    moment: Any = made_at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(pinned, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            copy = zipfile.ZipInfo(entry.filename, moment)
            copy.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(copy, source.read(entry))
    return pinned.getvalue()
