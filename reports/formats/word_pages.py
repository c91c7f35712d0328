"""What is in a Word file besides its text: head lines, watermark, languages, directions, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from html import escape
from typing import Any, Final

from babel.core import get_global
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from reports.formats.word_styles import ids_of
from reports.formats.word_text import clean, direction_of, is_right_to_left, pieces, way_of
from reports.model import ReportModel

VML: Final = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
WATERMARK_PT: Final = 400
APPLICATION: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"><Application>CBM Advisor</Application></Properties>'
)
EAST_ASIAN: Final = (
    ("ko", "ko-KR", "Malgun Gothic", re.compile("[\u1100-\u11ff\uac00-\ud7a3]")),
    ("ja", "ja-JP", "Yu Gothic", re.compile("[\u3040-\u30ff]")),
    ("zh", "zh-CN", "Microsoft YaHei", re.compile("[\u4e00-\u9fff]")),
)
HEBREW: Final = re.compile("[\u0590-\u05ff]")


def headers(document: Document) -> Iterator[Any]:
    """The roots of all headers that pages show, made where a first section has none."""
    is_two_sided = document.settings.odd_and_even_pages_header_footer
    for number, section in enumerate(document.sections):
        shown = [section.header]
        if section.different_first_page_header_footer:
            shown.append(section.first_page_header)
        if is_two_sided:
            shown.append(section.even_page_header)
        for header in shown:
            if header.is_linked_to_previous and number:
                continue
            header.is_linked_to_previous = False
            yield header._element


def add_missing_lines(document: Document, model: ReportModel) -> None:
    """Classification and validity at the head of each page, if the template shows them nowhere."""
    roots = [
        document.element,
        *(part.element for part in document.part.related_parts.values() if hasattr(part, "element")),
    ]
    shown = "\n".join("".join(root.itertext(qn("w:t"))) for root in roots)
    style = ids_of(document)["report classification"]
    for line in (model.valid_until, model.classification):
        if line and clean(line) not in shown:
            for header in headers(document):
                header.insert(0, _paragraph(clean(line), style))


def _paragraph(text: str, style: str) -> Any:
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def add_watermark(document: Document, text: str) -> None:
    """Writes large pale words across each page, as Word does it."""
    text = clean(text).replace("\n", " ")
    height = max(36, min(110, round(WATERMARK_PT / (0.6 * len(text)))))
    for number, header in enumerate(headers(document), 1):
        paragraph = next(header.iter(qn("w:p")), None)
        if paragraph is None:
            paragraph = parse_xml(f"<w:p {nsdecls('w')}/>")
            header.append(paragraph)
        paragraph.append(parse_xml(_WATERMARK.format(number=number, height=height, text=escape(text))))


_WATERMARK: Final = (
    f"<w:r {nsdecls('w')} {VML}><w:rPr><w:noProof/></w:rPr><w:pict>"
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
    '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>'
    '<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{number}" type="#_x0000_t136" '
    f'style="position:absolute;margin-left:0;margin-top:0;width:{WATERMARK_PT}pt;height:{{height}}pt;rotation:315;'
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d0d0d0" '
    'stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" '
    'string="{text}"/></v:shape></w:pict></w:r>'
)


def set_languages(document: Document, model: ReportModel, text: str) -> None:
    """The languages for spelling and hyphenation, and the type for the East Asian letters of a text."""
    language = _full(model.language)
    others = language if is_right_to_left(model.language) else "he-IL" if HEBREW.search(text) else "ar-SA"
    own = model.language.partition("-")[0]
    eastern = next((each for each in EAST_ASIAN if each[0] == own), None)
    eastern = eastern or next((each for each in EAST_ASIAN if each[3].search(text)), None)
    defaults = _child(document.styles.element, "w:docDefaults", first=True)
    letters = _child(_child(defaults, "w:rPrDefault", first=True), "w:rPr")
    spoken = _child(letters, "w:lang")
    spoken.set(qn("w:val"), language)
    spoken.set(qn("w:eastAsia"), eastern[1] if eastern else "en-US")
    spoken.set(qn("w:bidi"), others)
    if eastern:
        fonts = _child(letters, "w:rFonts", first=True)
        fonts.attrib.pop(qn("w:eastAsiaTheme"), None)
        fonts.set(qn("w:eastAsia"), eastern[2])


def _full(language: str) -> str:
    """A language with its country, as Word wants it: ``fr-FR`` for ``fr``."""
    if "-" in language:
        base, _, country = language.partition("-")
        return f"{base}-{country.upper()}" if len(country) == 2 else language
    if language in ("en", "ar"):
        return {"en": "en-GB", "ar": "ar-SA"}[language]
    likely = get_global("likely_subtags").get(language, "")
    return f"{language}-{likely.rpartition('_')[2]}" if likely else language


def _child(parent: Any, tag: str, *, first: bool = False) -> Any:
    found = parent.find(qn(tag))
    if found is None:
        found = parse_xml(f"<{tag} {nsdecls('w')}/>")
        parent.insert(0, found) if first else parent.append(found)
    return found


def set_directions(document: Document, language: str) -> None:
    """Gives what a template holds the direction of what was filled in, and the pages that of the language."""
    is_rtl = is_right_to_left(language)
    roots = [document.element.body]
    roots += [part.element for part in document.part.related_parts.values() if _is_head_or_foot(part)]
    for root in roots:
        for paragraph in root.iter(qn("w:p")):
            _set_direction(paragraph, is_rtl)
    for section in document.sections:
        if is_rtl:
            section._sectPr.insert_element_before(parse_xml(f"<w:bidi {nsdecls('w')}/>"), "w:rtlGutter", "w:docGrid")


def _is_head_or_foot(part: Any) -> bool:
    return str(part.content_type).endswith(("header+xml", "footer+xml"))


def _set_direction(paragraph: Any, is_rtl: bool) -> None:
    text = "".join(paragraph.itertext(qn("w:t")))
    if direction_of(text, "rtl" if is_rtl else "ltr") == "ltr" and not any(way_of(letter) == "rtl" for letter in text):
        return
    way = direction_of(text, "rtl" if is_rtl else "ltr")
    properties = paragraph.get_or_add_pPr()
    if way == "rtl" and properties.find(qn("w:bidi")) is None:
        mark = parse_xml(f"<w:bidi {nsdecls('w')}/>")
        properties.insert_element_before(mark, *AFTER_BIDI)
    for run in list(paragraph.iter(qn("w:r"))):
        texts = run.findall(qn("w:t"))
        if len(texts) == 1 and len(run) - len(run.findall(qn("w:rPr"))) == 1:
            _split(run, texts[0].text or "", way)
        elif texts and any(way_of(letter) == "rtl" for each in texts for letter in each.text or ""):
            _turn(run)


AFTER_BIDI: Final = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId",
    "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def _split(run: Any, text: str, way: Any) -> None:
    """One run for each stretch of letters that go the same way."""
    for piece, direction in pieces(text, way):
        copy = deepcopy(run)
        copy.find(qn("w:t")).text = piece
        copy.find(qn("w:t")).set(qn("xml:space"), "preserve")
        if direction == "rtl":
            _turn(copy)
        run.addprevious(copy)
    run.getparent().remove(run)


def _turn(run: Any) -> None:
    properties = run.get_or_add_rPr()
    if properties.find(qn("w:rtl")) is None:
        mark = parse_xml(f"<w:rtl {nsdecls('w')}/>")
        properties.insert_element_before(mark, "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath")


def set_properties(document: Document, model: ReportModel) -> None:
    """Whose file it is and when it was made: the workspace's, and nobody's name. Nothing of the template's stays."""
    core = document.core_properties
    root: Any = core._element
    for child in list(root):
        root.remove(child)
    core.title = clean(model.title)[:255]
    core.author = core.last_modified_by = clean(model.workspace)[:255]
    core.subject = clean(model.name)[:255]
    core.language = _full(model.language)
    core.revision = 1
    core.created = core.modified = model.made_at.replace(tzinfo=None, microsecond=0)
    package: Any = document.part.package
    for key, rel in list(package.rels.items()):
        if rel.reltype.endswith("/custom-properties"):
            del package.rels[key]
        elif rel.reltype.endswith("/extended-properties"):
            rel.target_part._blob = APPLICATION
