"""A workspace's own Word template: what it can be made from, and what is wrong with one that was uploaded."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from docx.oxml.ns import qn
from jinja2 import TemplateError, nodes
from lxml import etree

from reports.formats.errors import FormatError
from reports.formats.word import word
from reports.formats.word_filling import (
    PARTS,
    Template,
    filled,
    lined,
    place_of,
    said,
    tags_at,
    take_marks,
    unknown_names,
)  # fmt: skip
from reports.formats.word_package import problems_of_package
from reports.formats.word_sample import SAMPLE
from reports.formats.word_sandbox import Sandbox
from reports.look import Look

LONGEST_TAG: Final = 400
MOST_TAGS: Final = 1_000
"""Characters of a tag, and tags in one part of the file: enough for any template, and quick to read."""

_OPEN: Final = re.compile(r"\{[{%#]")
_CLOSE: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TEXT: Final = "the text"


def problems_of(template: bytes) -> list[str]:
    """What is wrong with an uploaded template, each with the tag and its place; [] if it can be used."""
    if problems := problems_of_package(template):
        return problems
    try:
        return list(dict.fromkeys(_problems_of_tags(template)))
    except Exception as error:  # what a stranger's file does to three libraries is the file's problem
        return [f"This Word file cannot be read ({type(error).__name__}). Open it in Word and save it again."]


def _problems_of_tags(template: bytes) -> list[str]:
    file = Template(io.BytesIO(template))
    file.render_init()
    parts = list(_parts(file))
    problems = [problem for place, root, _ in parts for problem in _badly_written(root, place)]
    problems += _tags_elsewhere(file)
    problems = problems or [problem for place, _, source in parts for problem in _misunderstood(source(), place)]
    return problems or _tried(template)


def _parts(file: Template) -> Iterator[tuple[str, Any, Any]]:
    """The parts that may hold tags: what people call them, their XML, and a call for their source in jinja2."""

    def source(root: Any) -> Any:
        return lambda: lined(file.patch_xml(file.xml_to_string(root)))

    body = file.docx.element.body
    yield _TEXT, body, source(body)
    for uri in (file.HEADER_URI, file.FOOTER_URI):
        for _, part in file.get_headers_footers(uri):
            yield place_of(part), part.element, source(part.element)


def _badly_written(root: Any, place: str) -> Iterator[str]:
    """Tags that are not closed, too many or in the wrong place. Nothing else reads a template that has such: the patterns
    of docxtpl take minutes over them."""
    root = etree.fromstring(etree.tostring(root))  # as it is written: python-docx reads the text of runs together
    text = "".join(root.itertext(qn("w:t")))
    number = end = 0
    for opening in _OPEN.finditer(text):
        if opening.start() < end:
            continue
        number += 1
        close = text.find(_CLOSE[opening.group()], opening.end(), opening.end() + LONGEST_TAG)
        if close < 0:
            yield f"In {place}, {text[opening.start() : opening.start() + 40]}: this tag is not closed, or too long."
            return
        end = close + 2
    if number > MOST_TAGS:
        yield f"In {place}, there are more than {MOST_TAGS} tags."
    for element in root.iter("*"):
        values = [*element.attrib.values(), *([element.text or ""] if element.tag != qn("w:t") else [])]
        for value in values:
            if found := _OPEN.search(value):
                yield f"In {place}, {value[found.start() : found.start() + 40]}: tags can stand only in running text."


def _tags_elsewhere(file: Template) -> Iterator[str]:
    for part in file.docx.part.package.iter_parts():
        if found := re.search(r"(footnote|endnote|comment)s\+xml$", part.content_type):
            text = "".join(etree.fromstring(part.blob).itertext(qn("w:t")))
            if opening := _OPEN.search(text):
                tag = text[opening.start() : opening.start() + 40]
                yield f"In a {found.group(1)}, {tag}: tags can stand only in the text, in headers and in footers."


def _misunderstood(source: str, place: str) -> Iterator[str]:
    """Tags that say nothing, or ask for what there is not."""
    try:
        tree = Sandbox().parse(source)
    except TemplateError as error:
        yield said(error, source, place)
        return
    for name, line in unknown_names(tree):
        yield f"In {place}, {tags_at(source, line)}: there is nothing of the name “{name}”."
    asked = {name.name for name in tree.find_all(nodes.Name) if name.name in PARTS}
    if place != _TEXT:
        yield from (f"In {place}, {{{{p {name} }}}}: this can stand only in the text." for name in sorted(asked))
    elif "body" not in asked:
        yield "In the text, {{p body }} is missing: write it in a paragraph of its own, where the sections go."


def _tried(template: bytes) -> list[str]:
    """What goes wrong with a report that holds everything."""
    look = Look(template=template)
    try:
        if problems := list(_misplaced(filled(template, SAMPLE, look).element.body)):
            return problems
        word(SAMPLE, look)
    except FormatError as error:
        return [str(error)]
    return []


def _misplaced(body: Any) -> Iterator[str]:
    for name in PARTS:
        marks = take_marks(body, name)
        if len(marks) > 1:
            yield f"In the text, {{{{p {name} }}}}: this can stand there only once."
        elif any(mark.getparent().tag in (qn("w:t"), qn("w:r"), qn("w:p")) for mark in marks):
            yield f"In the text, {{{{ {name} }}}}: write it as {{{{p {name} }}}}, in a paragraph of its own."
