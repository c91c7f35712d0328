"""The styles of Word reports, and how a workspace's own template gets those that it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final, NamedTuple

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

SANS: Final = ("Calibri", "Arial")
SERIF: Final = ("Cambria", "Times New Roman")
"""For Latin letters, and for scripts such as Arabic."""

ACCENT: Final = "accent"
INK: Final = "1B262D"
QUIET: Final = "4D5A63"
LINE: Final = "C9C1B0"
SUNK: Final = "F2EEE5"
WARNING: Final = "9C2F2F"

GOOD, FAIR, WEAK, BAD, MIDDLE, UNSURE = "0D6E63", "35647F", "A6400D", "9C2F2F", "9A6400", "6B6F76"
MARKS: Final = {
    "Report Mark Good": GOOD,
    "Report Mark Fair": FAIR,
    "Report Mark Weak": WEAK,
    "Report Mark Bad": BAD,
    "Report Mark Middle": MIDDLE,
    "Report Mark Unsure": UNSURE,
}
MARK_OF: Final = {
    **dict.fromkeys(("strong", "met", "low", "clear"), "Report Mark Good"),
    **dict.fromkeys(("adequate", "partly", "soft"), "Report Mark Fair"),
    **dict.fromkeys(("weak", "not_met", "fuzzy"), "Report Mark Weak"),
    "high": "Report Mark Bad",
    "moderate": "Report Mark Middle",
}
"""The style of a mark by its code; others are unsure."""


class Shape(NamedTuple):
    """A paragraph style. ``size``, ``before`` and ``after`` in points, ``indent`` and ``hanging`` in millimetres;
    ``border``: the side that has a line; ``level``: as which heading it counts; ``short``: by how much it ends before the
    margin, in millimetres."""

    name: str
    size: float = 0
    colour: str = ""
    fonts: tuple[str, str] | None = None
    bold: bool = False
    before: float | None = None
    after: float | None = None
    indent: float = 0
    hanging: float = 0
    keeps: bool = False
    base: str = "Normal"
    border: str = ""
    sunk: bool = False
    level: int | None = None
    at_end: bool = False
    short: float = 0


PARAGRAPHS: Final = (
    Shape("Title", 24, ACCENT, SERIF, bold=True, after=6),
    Shape("Subtitle", 12, QUIET, after=14),
    Shape("heading 1", 20, ACCENT, SERIF, bold=True, before=18, after=10, keeps=True, level=0),
    Shape("heading 2", 14, "", SERIF, bold=True, before=16, after=6, keeps=True, level=1),
    Shape("heading 3", 12, "", SERIF, bold=True, before=12, after=4, keeps=True, level=2),
    Shape("heading 4", 11, "", SANS, bold=True, before=10, after=3, keeps=True, level=3),
    Shape("TOC Heading", 20, ACCENT, SERIF, bold=True, after=10, keeps=True),
    Shape("toc 1", bold=True, before=5, after=1),
    Shape("toc 2", after=0, indent=5),
    Shape("toc 3", after=0, indent=10),
    Shape("toc 4", after=0, indent=15),
    Shape("header", 8.5, QUIET, after=0),
    Shape("footer", 8.5, QUIET, after=0),
    Shape("caption", 9.5, QUIET, bold=True, before=8, after=4, keeps=True),
    Shape("List Bullet", after=4),
    Shape("List Number", after=4),
    Shape("Report Kind", 10, QUIET, after=4),
    Shape("Report Classification", 10, WEAK, bold=True, before=6, after=6),
    Shape("Report Headline", 18, "", SERIF, bold=True, after=6, keeps=True),
    Shape("Report Lead", 12, QUIET, SERIF),
    Shape("Report Quiet", 9.5, QUIET),
    Shape("Report Warning", colour=WARNING),
    Shape("Report Item", bold=True, before=12, after=3, keeps=True),
    Shape("Report Where", 9.5, QUIET, before=12, after=3, keeps=True),
    Shape("Report Clause", 10.5, fonts=SERIF, indent=5),
    Shape("Report Commitment", 10.5, fonts=SERIF, before=10, after=3, indent=12, hanging=12),
    Shape("Report Unnumbered Commitment", 10.5, fonts=SERIF, before=8, after=3, indent=5),
    Shape("Report Detail", 9.5, after=3, indent=5),
    Shape("Report Commitment Detail", base="Report Detail", indent=12),
    Shape("Report Comment", indent=5, after=3, border="left"),
    Shape("Report Answer", indent=12, after=3, border="left"),
    Shape("Report Note", fonts=SERIF, indent=4, after=0, border="left", sunk=True),
    Shape("Report Note Label", 9, ACCENT, bold=True, indent=4, before=10, after=0, keeps=True, border="left", sunk=True),
    Shape("Report Cell", 9.5, before=1, after=1),
    Shape("Report Cell Head", 9, QUIET, bold=True, keeps=True, base="Report Cell"),
    Shape("Report Label", colour=QUIET, base="Report Cell"),
    Shape("Report Number", base="Report Cell", at_end=True),
    Shape("Report Number Head", base="Report Cell Head", at_end=True),
    Shape("Report Signature", base="Report Cell", before=44, border="bottom", short=8),
    Shape("Report Gap", 4, after=5),
)  # fmt: skip
OF_PAGES: Final = frozenset({"header", "footer"})
"""Styles that only a template uses, so that one without them lacks nothing."""

TABLE: Final = "Report Table"
FACTS: Final = "Report Facts"
SMALL: Final = "Report Small"
NAME: Final = "Report Name"
LOOSE: Final = "Report Loose Words"
REMOVED: Final = "Report Removed"
ADDED: Final = "Report Added"


def define(document: Document, accent: str) -> None:
    """Gives an empty document all styles of reports. ``accent``: a colour as #rrggbb."""
    _set_defaults(document)
    for shape in PARAGRAPHS:
        _paragraph_style(document, shape, accent.removeprefix("#").upper())
    for name, colour in MARKS.items():
        _letters(document, name, size=9.5, colour=colour, bold=True)
    _letters(document, SMALL, size=9, colour=QUIET)
    _letters(document, NAME, bold=True)
    _letters(document, LOOSE, colour=WEAK, underline=True)
    _letters(document, REMOVED, colour=BAD, strike=True)
    _letters(document, ADDED, colour=GOOD, underline=True)
    for xml in (_TABLE, _FACTS):
        document.styles.element.append(parse_xml(xml))


def _set_defaults(document: Document) -> None:
    """Only the styles that nothing can do without, and the type of running text."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:default")) != "1":
            styles.remove(style)
    normal: Any = document.styles["Normal"]
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.replace(defaults.find(qn("w:rFonts")), _fonts(SANS))
    normal.font.size = Pt(10)
    normal.font.color.rgb = RGBColor.from_string(INK)
    normal.element.rPr.append(parse_xml(f'<w:szCs {nsdecls("w")} w:val="20"/>'))
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.1


def _paragraph_style(document: Document, shape: Shape, accent: str) -> None:
    is_built_in = not shape.name.startswith("Report ")
    style: Any = document.styles.add_style(shape.name, WD_STYLE_TYPE.PARAGRAPH, builtin=is_built_in)
    style.base_style = document.styles[shape.base]
    style.quick_style = True
    style.hidden = False
    space = style.paragraph_format
    space.space_before = Pt(shape.before) if shape.before is not None else None
    space.space_after = Pt(shape.after) if shape.after is not None else None
    space.left_indent = Mm(shape.indent) if shape.indent else None
    space.first_line_indent = Mm(-shape.hanging) if shape.hanging else None
    space.keep_with_next = True if shape.keeps else None
    space.alignment = WD_ALIGN_PARAGRAPH.RIGHT if shape.at_end else None
    space.right_indent = Mm(shape.short) if shape.short else None
    if shape.level is not None:
        style.element.pPr.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{shape.level}"/>'))
        style.next_paragraph_style = document.styles["Normal"]
    _frame(style.element.pPr, shape, accent)
    _type(style, shape.size, accent if shape.colour == ACCENT else shape.colour, shape.bold)
    if shape.fonts:
        style.element.rPr.insert(0, _fonts(shape.fonts))


def _frame(properties: Any, shape: Shape, accent: str) -> None:
    """Lines and ground, at the place in the order of properties that the schema gives them."""
    colour = accent if shape.sunk else LINE if shape.border == "left" else QUIET
    found = []
    if shape.border:
        size = 4 if shape.border == "bottom" else 12
        line = f'<w:{shape.border} w:val="single" w:sz="{size}" w:space="6" w:color="{colour}"/>'
        found.append(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
    if shape.sunk:
        found.append(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{SUNK}"/>')
    for xml in found:
        properties.insert_element_before(parse_xml(xml), "w:shd", "w:tabs", "w:bidi", "w:spacing", "w:ind", "w:jc")


def _letters(document: Document, name: str, *, underline: bool = False, strike: bool = False, **type_: Any) -> None:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.quick_style = True
    style.hidden = False
    style.font.underline = underline or None
    style.font.strike = strike or None
    _type(style, type_.get("size", 0), type_.get("colour", ""), type_.get("bold", False))


def _type(style: Any, size: float, colour: str, bold: bool) -> None:
    """Size, colour and weight, for all scripts: Word asks for those of Arabic and Hebrew apart."""
    font = style.font
    font.bold = font.cs_bold = bold or None
    if colour:
        font.color.rgb = RGBColor.from_string(colour)
    if size:
        font.size = Pt(size)
        size_of_others = parse_xml(f'<w:szCs {nsdecls("w")} w:val="{round(size * 2)}"/>')
        style.element.rPr.find(qn("w:sz")).addnext(size_of_others)


def _fonts(fonts: tuple[str, str]) -> Any:
    latin, others = fonts
    return parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{others}"/>')


_CELLS: Final = (
    '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="{left}" w:type="dxa"/>'
    '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
)
_TABLE: Final = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="{TABLE}"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>' for side in ("top", "bottom", "insideH")
    )
    + f'</w:tblBorders>{_CELLS.format(left=60)}</w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{SUNK}"/></w:tcPr></w:tblStylePr></w:style>'
)
_FACTS: Final = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportFacts"><w:name w:val="{FACTS}"/>'
    f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/><w:tblPr>{_CELLS.format(left=0)}</w:tblPr>'
    "</w:style>"
)


def ids_of(document: Document) -> dict[str, str]:
    """The ids of all styles by name; names of built-in ones in any case, as programs differ in it."""
    return {_name(style).lower(): style.get(qn("w:styleId")) for style in _styles(document)}


def complete(document: Document, ours: Document) -> dict[str, str]:
    """Adds the styles of ours that a document lacks, each below its own ``Normal``, so that they follow its type. The ids
    of all styles by name."""
    there = ids_of(document)
    id_of_ours = {style.get(qn("w:styleId")): _name(style).lower() for style in _styles(ours)}
    for style in _styles(ours):
        name = _name(style).lower()
        if name in there or name in OF_PAGES:
            continue
        copy = deepcopy(style)
        there[name] = _free_id(style.get(qn("w:styleId")), there)
        copy.set(qn("w:styleId"), there[name])
        for tag in ("w:basedOn", "w:next", "w:link"):
            for other in copy.findall(qn(tag)):
                meant = there.get(id_of_ours.get(other.get(qn("w:val")), ""))
                other.set(qn("w:val"), meant) if meant else copy.remove(other)
        for numbering in copy.iter(qn("w:numPr")):
            numbering.getparent().remove(numbering)
        document.styles.element.append(copy)
    return there


def _free_id(wanted: str, there: dict[str, str]) -> str:
    taken = set(there.values())
    return next(name for n in range(len(taken) + 1) if (name := wanted + "r" * n) not in taken)


def _styles(document: Document) -> Iterator[Any]:
    for style in document.styles.element.findall(qn("w:style")):
        if style.find(qn("w:name")) is not None:
            yield style


def _name(style: Any) -> str:
    return str(style.find(qn("w:name")).get(qn("w:val")))
