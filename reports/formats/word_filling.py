"""A Word template with its tags filled in, by docxtpl in a sandbox."""

from __future__ import annotations

import io
import re
import traceback
from collections.abc import Iterator, Mapping
from typing import Any, Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateError, TemplateSyntaxError, meta, nodes
from lxml import etree
from markupsafe import Markup
from PIL import Image

from reports.formats.errors import FormatError
from reports.formats.word_sandbox import Sandbox, TooMuchError
from reports.look import Look
from reports.model import ReportModel, as_json

PARTS: Final = ("facts", "contents", "body")
"""Tags that stand for whole paragraphs: ``{{p body }}``."""

NAMES: Final = frozenset({
    "title", "subtitle", "name", "workspace", "classification", "valid_until", "watermark", "made_on",
    "headline_label", "headline", "summary", "foot", "header", "footer", "logo", "opening", "language",
    "facts_list", "contents_title", "sections",
}) | set(PARTS)  # fmt: skip
"""All that a template can ask for."""

LOGO_MM: Final = (60, 14)
TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PLACES: Final = {"header": "a header", "footer": "a footer"}


class TagError(FormatError):
    """A tag of a template that cannot be filled in."""


class Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl's template, but for some things: typed text is not searched for tags and line ends once it is in, what comes
    out must be well formed, headers stay headers of python-docx, and properties and notes hold no tags."""

    def render_xml_part(
        self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Environment | None = None
    ) -> str:
        """The part with its tags filled in. Raises ``TagError``."""
        source = lined(src_xml)
        self.current_rendering_part = part
        try:
            made = (jinja_env or Sandbox()).from_string(source).render(context)
            etree.fromstring(made.encode())
        except (TemplateError, TypeError, SyntaxError, TooMuchError) as error:
            raise TagError(said(error, source, place_of(part))) from error
        return made

    def render_properties(self, context: Mapping[str, Any], jinja_env: Environment | None = None) -> None:
        """Nothing: the properties of a report are not its template's."""

    def render_footnotes(self, context: Mapping[str, Any], jinja_env: Environment | None = None) -> None:
        """Nothing: docxtpl would fill them in once for each section, so that typed text could become a tag."""

    def map_headers_footers_xml(self, relKey: str, xml: bytes) -> None:  # noqa: N803
        """Puts a filled-in header into its place."""
        self.docx._part.rels[relKey].target_part._element = parse_xml(xml)


class Logo:
    """A picture that stands where a template has ``{{ logo }}``, in the part that is being filled in."""

    def __init__(self, template: Template, png: bytes, description: str) -> None:
        self.template = template
        self.png = png
        self.description = description

    def __html__(self) -> str:
        with Image.open(io.BytesIO(self.png)) as image:
            wide, high = image.size
        width, height = LOGO_MM
        scale = min(width / wide, height / high)
        inline = self.template.current_rendering_part.new_pic_inline(
            io.BytesIO(self.png), Mm(wide * scale), Mm(high * scale)
        )
        inline.docPr.set("descr", self.description)
        for side in ("T", "B", "L", "R"):
            inline.set(f"dist{side}", "0")
        return f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def filled(template: bytes, model: ReportModel, look: Look) -> Document:
    """The template with what the model says. Facts, contents and body are marks that ``take_marks`` finds. Raises
    ``TagError``."""
    word = Template(io.BytesIO(template))
    word.render(values(model, look, word), Sandbox())
    document: Document = word.docx
    return document


def values(model: ReportModel, look: Look, template: Template) -> dict[str, Any]:
    """What stands for each of ``NAMES``."""
    plain = as_json(model)
    shown = {name: plain[name] for name in NAMES & plain.keys() if name not in PARTS}
    return shown | {
        "made_on": model.made_at.strftime("%Y-%m-%d"),
        "facts_list": plain["facts"],
        "header": look.header or model.workspace,
        "footer": look.footer,
        "logo": Logo(template, look.logo, model.workspace) if look.logo else "",
        **{name: Markup(f'<w:p><w:pPr><w:pStyle w:val="{_MARK}{name}"/></w:pPr></w:p>') for name in PARTS},  # noqa: S704
    }


_MARK: Final = "report-part-"


def take_marks(root: Any, name: str) -> list[Any]:
    """The paragraphs below ``root`` that stand for a part."""
    styles = root.iter(qn("w:pStyle"))
    return [style.getparent().getparent() for style in styles if style.get(qn("w:val")) == _MARK + name]


def lined(xml: str) -> str:
    """The XML with each paragraph on a line, so that errors can say where they are."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def place_of(part: Any) -> str:
    """What people call a part of the file."""
    name = re.sub(r"\d*\.xml$", "", str(part.partname).rpartition("/")[2])
    return _PLACES.get(name, "the text")


def said(error: Exception, source: str, place: str) -> str:
    """What is wrong with a tag, naming it and where it stands."""
    if isinstance(error, TooMuchError):
        return "The loops of this template go round too often; a loop within a loop within a loop is seldom meant."
    if isinstance(error, etree.XMLSyntaxError):
        return (
            f"In {place}, a tag begins in one paragraph or cell and ends in another. Write it as {{%p … %}} for "
            "paragraphs and {%tr … %} for rows."
        )
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error)
    return f"In {place}, {tags_at(source, line)}: {_reason(error)}."


def _reason(error: Exception) -> str:
    """The message of jinja2 in the words of people who write letters."""
    message = str((error.message if isinstance(error, TemplateError) else error) or "this cannot be read").rstrip(".")
    if found := re.search(r"innermost block that needs to be closed is '(\w+)'", message):
        return f"“{found.group(1)}” is not closed by {{% end{found.group(1)} %}}"
    if found := re.match(r"Encountered unknown tag '(\w+)'", message):
        return f"there is no “{found.group(1)}” to say here"
    return message


def _line_of(error: Exception) -> int:
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == "<template>"), 0)


def tags_at(source: str, line: int) -> str:
    """The tags of a paragraph, as they are written."""
    lines = source.splitlines()
    text = re.sub(r"<[^>]*>", "", lines[line - 1]) if 0 < line <= len(lines) else ""
    return " ".join(dict.fromkeys(TAG.findall(text))) or f"“{text.strip()[:80]}”"


def unknown_names(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Names that a template asks for and does not get, and the lines where."""
    unknown = meta.find_undeclared_variables(tree) - NAMES
    for name in tree.find_all(nodes.Name):
        if name.name in unknown and name.ctx == "load":
            yield name.name, name.lineno
