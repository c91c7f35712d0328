"""What the PDF file of a report shows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from assessments.engine import assess
from assessments.package import Package, canonical_document
from reports.composing.assessment import compose
from reports.composing.circumstances import Circumstances
from reports.composing.pieces import Pieces
from reports.formats import pdf as module
from reports.formats.errors import FormatError
from reports.formats.pdf import pdf
from reports.look import Look
from reports.model import Bullets, Entry, Paragraph, ReportModel, Section, as_json, texts
from tests.assessments.strategies import packages
from tests.reports.material import (
    EXAMPLE,
    MOMENT,
    blocks_of,
    has_a_box,
    model_of,
    read,
    scorecard_of,
    squeezed,
    text_of,
)
from tests.reports.samples import ARABIC, EVERY_BLOCK, LOOK, logo, model_with


@pytest.fixture(scope="module")
def rendered() -> bytes:
    """The report of the worked example."""
    return pdf(model_of(EXAMPLE), Look())


@pytest.fixture(scope="module")
def reader(rendered: bytes) -> PdfReader:
    return read(rendered)


@pytest.fixture(scope="module")
def pages(reader: PdfReader) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in reader.pages]


@pytest.fixture(scope="module")
def every_block() -> list[str]:
    """The text of each page of a report with every block."""
    return [page.extract_text() for page in read(pdf(model_with(*EVERY_BLOCK), LOOK)).pages]


def bookmarks(outline: list[Any]) -> list[str]:
    """The titles of all bookmarks, in order."""
    return [t for one in outline for t in (bookmarks(one) if isinstance(one, list) else [str(one.title)])]


def missing(model: ReportModel, text: str) -> list[str]:
    """What the model says and the text does not, in whatever order the letters of a line stand."""
    shown = squeezed(text)
    return [said for said in texts(model) if squeezed(said) not in shown]


def test_report_knows_its_title_and_whose_it_is(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (EXAMPLE["title"], "Team A")
    assert reader.metadata.creation_date == MOMENT
    assert reader.xmp_metadata is not None
    assert EXAMPLE["title"] in (reader.xmp_metadata.dc_title or {}).values()


def test_bookmarks_and_contents_lead_to_every_chapter(reader: PdfReader, pages: list[str]) -> None:
    model = model_of(EXAMPLE)
    chapters = [each.title for each in blocks_of(model, Section)]
    assert len(chapters) > 30
    assert set(chapters) <= set(bookmarks(reader.outline))
    assert [chapter for chapter in chapters if squeezed(chapter) not in squeezed(pages[1])] == []


def test_contents_are_as_deep_as_the_model_says() -> None:
    inner = Section("Inner chapter", (Paragraph("Text"),))
    deep, flat = (replace(model_with(inner), contents_depth=depth) for depth in (2, 1))
    contents = [read(pdf(model, Look())).pages[1].extract_text() for model in (deep, flat)]
    assert ["Inner chapter" in page for page in contents] == [True, False]


def test_every_page_has_its_number(pages: list[str]) -> None:
    assert [n for n, page in enumerate(pages, 1) if f"{n} / {len(pages)}" not in page] == []


def test_all_that_a_model_says_is_shown(pages: list[str], every_block: list[str]) -> None:
    assert missing(model_of(EXAMPLE), " ".join(pages)) == []
    assert missing(model_with(*EVERY_BLOCK), " ".join(every_block)) == [ARABIC] * 3


def test_unknown_block_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_novelty(model: ReportModel) -> Any:
        data = as_json(model)
        data["sections"][0]["blocks"][0]["type"] = "novelty"
        return data

    monkeypatch.setattr(module, "as_json", with_novelty)
    with pytest.raises(FormatError, match="unknown block novelty"):
        pdf(model_with(Paragraph("One")), Look())


def test_classification_validity_and_lines_of_the_workspace_are_on_every_page(every_block: list[str]) -> None:
    assert len(every_block) > 3
    for page in every_block:
        for words in ("Restricted", "Valid until 2025-06-01", "DRAFT", LOOK.header, LOOK.footer, "The parties decide."):
            assert squeezed(words) in squeezed(page)


def test_classification_is_also_said_where_a_reader_begins(every_block: list[str]) -> None:
    assert squeezed(every_block[0]).count("Restricted") == 2
    assert squeezed(every_block[1]).count("Restricted") == 1


def test_nothing_is_said_of_what_was_not_asked_for() -> None:
    model = replace(
        model_with(Paragraph("One")), classification="", valid_until="", watermark="", headline="", summary=""
    )
    text = text_of(pdf(model, Look()))
    for words in ("Restricted", "Valid", "DRAFT", "The advice", "none"):
        assert words not in text


def test_letter_has_no_cover_and_no_contents() -> None:
    model = model_with(Paragraph("Dear colleague"), opening="head")
    (page,) = read(pdf(model, LOOK)).pages
    assert "Dear colleague" in page.extract_text()
    assert "Contents" not in page.extract_text()


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_letter_as_long_as_a_brief_for_principals_has_two_pages(paper: str) -> None:
    pieces = Pieces(EXAMPLE, scorecard_of(EXAMPLE))
    measures = Bullets(tuple(Entry(each["title"], each.get("description", "")) for each in EXAMPLE["measures"]), True)
    sections = (
        Section("Profile", (pieces.profile(),)),
        Section("Challenges", (pieces.lights(),)),
        Section("Measures", (measures, *pieces.commitments(EXAMPLE["measures"][0], "Measure 1"))),
        Section("Next best steps", (pieces.steps(5),)),
        Section("The clauses", pieces.clauses()),
    )
    model = replace(model_with(opening="head", paper=paper), sections=sections)
    assert len(read(pdf(model, LOOK)).pages) == 2


@pytest.mark.parametrize("size", [(600, 200), (4000, 40), (40, 4000), (1, 1)])
def test_logo_of_any_shape_stays_in_its_place(size: tuple[int, int]) -> None:
    for opening in ("cover", "head"):
        model = model_with(Paragraph("One"), opening=opening)
        plain, with_logo = (read(pdf(model, Look(picture))) for picture in (b"", logo(size)))
        assert len(with_logo.pages) == len(plain.pages)
        assert [len(page.images) for page in with_logo.pages] == [1] + [0] * (len(plain.pages) - 1)


def test_logo_that_is_no_picture_is_an_error_with_a_reason() -> None:
    with pytest.raises(FormatError, match="could not be set"):
        pdf(model_with(), Look(b"not a picture"))


def right_of_the_middle(file: bytes, words: str) -> bool:
    """Whether a short line with these words begins right of the middle of the page."""
    found: list[float] = []

    def visit(text: str, place: list[float], *_: object) -> None:
        if words in text:
            found.append(place[4])

    for page in read(file).pages:
        page.extract_text(visitor_text=visit)
    assert found
    return min(found) > 300


def test_text_is_set_in_its_own_direction() -> None:
    arabic, english = "شكرا", "Thanks"
    for language in ("en", "ar"):
        model = replace(
            model_with(Paragraph(arabic), Paragraph(english), language=language, opening="head"), watermark=""
        )
        file = pdf(model, Look())
        assert right_of_the_middle(file, arabic[0])
        assert not right_of_the_middle(file, english)


def test_first_page_has_the_advice_and_no_score(pages: list[str]) -> None:
    scorecard = scorecard_of(EXAMPLE)
    assert scorecard["verdict"]["headline"] in pages[0]
    without_dates = re.sub(r"\d+-\d+-\d+ \d+:\d+|\d+ / \d+", "", pages[0])
    assert str(round(scorecard["index"])) not in re.findall(r"\d+", without_dates)
    assert str(scorecard["index"]) not in without_dates


def test_same_model_and_look_give_the_same_bytes(rendered: bytes) -> None:
    other = pdf(model_of({**EXAMPLE, "title": "한국어 in between"}), LOOK)
    module._compiler.cache_clear()
    assert pdf(model_of(EXAMPLE), Look()) == rendered != other


def test_unknown_paper_is_an_error_with_a_reason() -> None:
    with pytest.raises(FormatError, match="could not be set"):
        pdf(model_with(paper="napkin"), Look())


def test_no_character_is_shown_as_a_box(rendered: bytes) -> None:
    assert not has_a_box(rendered)


def test_box_would_be_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_printable", lambda words, _: words)
    with pytest.raises(FormatError, match="could not be displayed"):
        pdf(model_with(Paragraph("\u0378")), Look())


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(packages())
def test_package_of_any_kind_can_be_rendered(package: Package) -> None:
    around = Circumstances("Team A", MOMENT)
    made = pdf(compose(canonical_document(package), assess(package).as_dict(), around), Look())
    assert len(read(made).pages) > 5
