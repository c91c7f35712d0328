from __future__ import annotations

import json
import re
from typing import Any

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from assessments.engine import assess
from assessments.engine.rubric import VERSION
from assessments.package import Package, canonical_document
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.formats import pdf
from tests.assessments.strategies import packages
from tests.reports.material import EXAMPLE, MOMENT, has_a_box, model_of, read, scorecard_of, squeezed


@pytest.fixture(scope="module")
def rendered() -> bytes:
    """The report of the worked example."""
    return pdf.render_pdf(model_of(EXAMPLE))


@pytest.fixture(scope="module")
def reader(rendered: bytes) -> PdfReader:
    return read(rendered)


@pytest.fixture(scope="module")
def pages(reader: PdfReader) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in reader.pages]


def root_of(reader: PdfReader) -> Any:
    """The catalogue of the file."""
    return reader.trailer["/Root"].get_object()


def roles_in(node: Any) -> list[str]:
    """The roles of all elements of the structure tree below ``node``, in reading order."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        return [role for kid in node for role in roles_in(kid)]
    if not isinstance(node, DictionaryObject):
        return []
    return [*([str(node["/S"])] if "/S" in node else []), *roles_in(node.get("/K"))]


def bookmarks(outline: list[Any]) -> list[str]:
    """The titles of all bookmarks, in order."""
    return [t for one in outline for t in (bookmarks(one) if isinstance(one, list) else [str(one.title)])]


def fonts_of(reader: PdfReader) -> list[Any]:
    """The descriptor of every font of every page."""
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = [font.get_object() for one in resources for font in one.get("/Font", {}).values()]
    return [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]


def test_report_is_tagged_and_says_that_it_is_accessible(reader: PdfReader) -> None:
    root = root_of(reader)
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_report_knows_its_title_and_whose_it_is(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (EXAMPLE["title"], "Team A")
    assert reader.metadata.creation_date == MOMENT
    assert reader.xmp_metadata is not None
    assert EXAMPLE["title"] in (reader.xmp_metadata.dc_title or {}).values()


def test_headings_are_headings_and_tables_are_tables(reader: PdfReader) -> None:
    roles = roles_in(root_of(reader)["/StructTreeRoot"]["/K"])
    assert roles.count("/H1") >= 7
    assert roles.count("/H2") >= 15 + len(EXAMPLE["measures"])
    assert {"/Table", "/TR", "/TH", "/TD", "/L", "/LI", "/P", "/TOC", "/TOCI"} <= set(roles)


def test_bookmarks_and_contents_lead_to_every_chapter(reader: PdfReader, pages: list[str]) -> None:
    model = model_of(EXAMPLE)
    chapters = [f"{group['id']} {group['name']}" for part in ("guidelines", "challenges") for group in model[part]]
    chapters += [f"{measure['number']}. {measure['title']}" for measure in model["measures"]]
    assert set(chapters) <= set(bookmarks(reader.outline))
    assert [chapter for chapter in chapters if squeezed(chapter) not in squeezed(pages[1])] == []


def test_every_page_has_its_number(pages: list[str]) -> None:
    assert [n for n, page in enumerate(pages, 1) if f"{n} / {len(pages)}" not in page] == []


def test_every_font_is_embedded(reader: PdfReader) -> None:
    descriptors = fonts_of(reader)
    assert descriptors
    assert [d["/FontName"] for d in descriptors if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(d)] == []


def test_text_holds_what_a_reader_looks_for(pages: list[str]) -> None:
    scorecard = scorecard_of(EXAMPLE)
    groups = [*scorecard["guidelines"].values(), *scorecard["challenges"].values()]
    wanted = [
        scorecard["verdict"]["headline"],
        scorecard["verdict"]["summary"],
        *(group["name"] for group in groups),
        *(finding["because"] for group in groups for finding in group["findings"]),
        *(measure["title"] for measure in EXAMPLE["measures"]),
        *(clause["text"] for clause in scorecard["clauses"]),
        scorecard["document_sha256"],
        f"Rubric version {VERSION}",
    ]
    text = squeezed(" ".join(pages))
    assert [words for words in wanted if squeezed(words) not in text] == []


def test_first_page_has_the_advice_and_no_score(pages: list[str]) -> None:
    scorecard = scorecard_of(EXAMPLE)
    assert scorecard["verdict"]["headline"] in pages[0]
    without_dates = re.sub(r"\d+-\d+-\d+ \d+:\d+|\d+ / \d+", "", pages[0])
    assert str(round(scorecard["index"])) not in re.findall(r"\d+", without_dates)
    assert str(scorecard["index"]) not in without_dates


def test_same_model_gives_the_same_bytes(rendered: bytes) -> None:
    other = pdf.render_pdf(model_of({**EXAMPLE, "title": "한국어 in between"}))
    pdf._compiler.cache_clear()
    assert pdf.render_pdf(model_of(EXAMPLE)) == rendered != other


def test_unknown_paper_is_an_error_with_a_reason() -> None:
    with pytest.raises(pdf.PdfError, match="could not be set"):
        pdf.render_pdf(model_of(EXAMPLE) | {"paper": "napkin"})


def test_no_character_is_shown_as_a_box(rendered: bytes) -> None:
    assert not has_a_box(rendered)


def test_box_would_be_an_error() -> None:
    compiler, words = pdf._compiler(pdf.ALWAYS, "report.typ"), json.dumps(model_of({**EXAMPLE, "title": "\u0378"}))
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        compiler.compile(format="pdf", sys_inputs={"report": words}, pdf_standards=["ua-1"])


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(packages())
def test_package_of_any_kind_can_be_rendered(package: Package) -> None:
    around = Circumstances("Team A", MOMENT)
    made = pdf.render_pdf(compose(canonical_document(package), assess(package).as_dict(), around))
    assert len(read(made).pages) > 5
