"""Our own Word template: the opening of a report, its head and foot, and where its parts go, all as tags."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from reports.formats.errors import FormatError
from reports.formats.word_lists import Lists
from reports.formats.word_styles import define, ids_of

PAPERS: Final = {"a4": (210.0, 297.0), "a5": (148.0, 210.0), "us-letter": (215.9, 279.4), "us-legal": (215.9, 355.6)}
"""Width and height in millimetres."""

MARGIN_MM: Final = 24

COVER: Final = '{%p if opening == "cover" %}'
END: Final = "{%p endif %}"
OPENING: Final = (
    (COVER, "Normal"),
    ("", "Report Gap"),
    (END, "Normal"),
    ("{%p if classification %}", "Normal"),
    ("{{ classification }}", "Report Classification"),
    (END, "Normal"),
    ("{{ name }}", "Report Kind"),
    ("{{ title }}", "Title"),
    ("{%p if subtitle %}", "Normal"),
    ("{{ subtitle }}", "Subtitle"),
    (END, "Normal"),
    ("{%p if headline %}", "Normal"),
    ("{{ headline_label }}", "Report Kind"),
    ("{{ headline }}", "Report Headline"),
    (END, "Normal"),
    ("{%p if summary %}", "Normal"),
    ("{{ summary }}", "Normal"),
    (END, "Normal"),
    ("{{p facts }}", "Normal"),
    ("{{p contents }}", "Normal"),
    ("{{p body }}", "Normal"),
)
"""Paragraphs and their styles."""


@lru_cache(maxsize=32)
def ours(accent: str, paper: str) -> bytes:
    """Our template. ``accent``: a colour as #rrggbb. Raises ``FormatError`` for a paper that there is not."""
    if paper not in PAPERS:
        raise FormatError(f"The report could not be set: there is no paper {paper}.")
    document = docx.Document()
    _strip(document)
    define(document, accent)
    Lists(document, ids_of(document))
    width = _set_page(document, paper)
    for text, style in OPENING:
        paragraph = document.add_paragraph(text, style)
        if style == "Report Gap":
            paragraph.paragraph_format.space_after = Pt(90)
    _head_and_foot(document, width)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _strip(document: Document) -> None:
    """Takes away what the empty document of python-docx brings along besides its text."""
    package: Any = document.part.package
    for rels in (package.rels, document.part.rels):
        for key, rel in list(rels.items()):
            if rel.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                del rels[key]
    numbering: Any = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    settings: Any = document.settings.element
    for setting in list(settings):
        if setting.tag.rpartition("}")[2] in ("rsids", "themeFontLang", "savePreviewPicture", "docId"):
            settings.remove(setting)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _set_page(document: Document, paper: str) -> Mm:
    """Paper and margins; the width of the text."""
    section = document.sections[0]
    width, height = PAPERS[paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)
    section.different_first_page_header_footer = True
    return Mm(width - 2 * MARGIN_MM)


def _head_and_foot(document: Document, width: Mm) -> None:
    """The first page has the logo, the others the title; every page has the classification and its number."""
    section = document.sections[0]
    first = section.first_page_header.paragraphs[0]
    _fill(first, "{{ logo }}\t{{ header }}", width)
    _fill(section.header.paragraphs[0], "{{ title }}\t{{ classification }}", width)
    for foot in (section.first_page_footer, section.footer):
        paragraph = foot.paragraphs[0]
        _fill(paragraph, "{{ foot }}\t", width)
        _number(paragraph)
        _fill(foot.add_paragraph(), "{{ footer }}\t{{ valid_until }}", width)
    for part, style in ((section.header, "header"), (section.first_page_header, "header"), (section.footer, "footer"),
                        (section.first_page_footer, "footer")):  # fmt: skip
        for paragraph in part.paragraphs:
            paragraph.style = document.styles[style]


def _fill(paragraph: Paragraph, text: str, width: Mm) -> None:
    paragraph.add_run(text)
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def _number(paragraph: Paragraph) -> None:
    """The number of the page and how many there are, which Word fills in."""
    for code, between in (("PAGE", " / "), ("NUMPAGES", "")):
        field = f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))
        if between:
            paragraph.add_run(between)
