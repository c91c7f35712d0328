"""What PDF/UA-1 and PDF/A-2a ask for, asserted on the files themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest

from reports.formats.pdf import pdf
from reports.look import Look
from reports.model import Paragraph, Section
from tests.reports.material import EXAMPLE, model_of
from tests.reports.samples import EVERY_BLOCK, LOOK, model_with
from tests.reports.structure import Element, artifacts_of, fonts_of, opened, operators_of, tree_of

DRAWING = ("Tj", "TJ", "f", "f*", "S", "B", "Do")
MADE = {
    "assessment": lambda: pdf(model_of(EXAMPLE), Look()),
    "every block": lambda: pdf(model_with(*EVERY_BLOCK), LOOK),
    "every block, head": lambda: pdf(model_with(*EVERY_BLOCK, opening="head", paper="us-letter"), LOOK),
    "archival": lambda: pdf(model_with(*EVERY_BLOCK), LOOK, is_archival=True),
}


@pytest.fixture(scope="module", params=MADE)
def file(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    """Files of several kinds."""
    with opened(MADE[request.param]()) as opened_file:
        yield opened_file


@pytest.fixture(scope="module")
def every_block() -> Iterator[Element]:
    """The structure of a file with every block."""
    with opened(MADE["every block"]()) as opened_file:
        yield tree_of(opened_file)


def test_file_says_that_it_is_accessible_and_in_which_language(file: pikepdf.Pdf) -> None:
    assert bool(file.Root.MarkInfo["/Marked"])
    assert file.Root.Lang == "en"
    assert bool(file.Root.ViewerPreferences["/DisplayDocTitle"])
    with file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(file.docinfo["/Title"]) != ""


@pytest.mark.parametrize(
    ("name", "part", "conformance"), [("archival", "2", "A"), ("every block", None, None)], ids=["archival", "not"]
)
def test_file_for_archives_says_that_it_is_one(name: str, part: str | None, conformance: str | None) -> None:
    with opened(MADE[name]()) as made, made.open_metadata() as metadata:
        assert (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) == (part, conformance)
        assert metadata["pdfuaid:part"] == "1"
        assert ("/OutputIntents" in made.Root) is (part is not None)


def test_headings_begin_at_the_first_level_and_leave_none_out(file: pikepdf.Pdf) -> None:
    levels = [int(each.role[-1]) for each in tree_of(file).all(*(f"/H{level}" for level in range(1, 7)))]
    assert levels[0] == 1
    assert len(levels) > 2
    assert [(before, after) for before, after in pairwise(levels) if after > before + 1] == []


def test_every_table_has_header_cells_that_its_cells_refer_to(file: pikepdf.Pdf) -> None:
    tables = tree_of(file).all("/Table")
    assert len(tables) >= 2
    for table in tables:
        heads = table.all("/TH")
        assert {str(head.attribute("/Scope")) for head in heads} == {"/Column"}
        ids = {str(head.entries["/ID"]) for head in heads}
        for cell in table.all("/TD"):
            named = cell.attribute("/Headers")
            assert isinstance(named, pikepdf.Array)
            assert len(named) == 1
            assert {str(each) for each in named} <= ids


def test_every_figure_has_an_alternative_text(file: pikepdf.Pdf) -> None:
    figures = tree_of(file).all("/Figure")
    assert [figure for figure in figures if not str(figure.entries.get("/Alt", ""))] == []


def test_logo_is_told_by_the_name_of_the_workspace_and_a_change_in_words(every_block: Element) -> None:
    alternatives = [str(figure.entries["/Alt"]) for figure in every_block.all("/Figure")]
    assert alternatives == [
        "Mission in the North",
        "The patrols end after [taken out: five][put in: ten] days.",
    ]


def test_lists_labels_and_links_are_what_they_are(every_block: Element) -> None:
    numberings = [str(each.attribute("/ListNumbering")) for each in every_block.all("/L")]
    assert {"/None", "/Circle", "/Decimal"} == set(numberings)
    roles = {each.role for each in every_block.walk()}
    assert {"/Title", "/TOC", "/TOCI", "/Link", "/P", "/Caption", "/THead", "/TBody", "/Lbl", "/LBody"} <= roles


def test_strokes_through_and_below_words_are_told(every_block: Element) -> None:
    strokes = [str(each.attribute("/TextDecorationType")) for each in every_block.all("/Span")]
    assert [stroke for stroke in strokes if stroke != "None"] == ["/Underline", "/LineThrough", "/Underline"]


def test_fonts_are_embedded_and_can_be_read_back(file: pikepdf.Pdf) -> None:
    fonts = fonts_of(file)
    assert len(fonts) >= 2
    for font in fonts:
        assert "/ToUnicode" in font
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_all_that_is_drawn_is_content_or_decoration(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        drawn = [is_marked for name, is_marked, _ in operators_of(page) if name in DRAWING]
        assert drawn
        assert all(drawn)


def test_head_foot_watermark_and_bars_are_decoration() -> None:
    plain = replace(model_with(Paragraph("One")), watermark="", classification="", valid_until="")
    decorated = replace(plain, watermark="DRAFT", classification="Secret")
    with opened(pdf(plain, Look())) as one, opened(pdf(decorated, Look())) as other:
        (less, content), (more, same_content) = artifacts_of(one.pages[2]), artifacts_of(other.pages[2])
    assert content == same_content
    assert more.count("TJ") + more.count("Tj") == less.count("TJ") + less.count("Tj") + 2


def test_deep_sections_keep_their_order() -> None:
    section = Section("Level 5", ())
    for level in range(4, 0, -1):
        section = Section(f"Level {level}", (section, Paragraph("Text")))
    with opened(pdf(replace(model_with(), sections=(section,), opening="head"), Look())) as made:
        headings = [each.role for each in tree_of(made).walk() if each.role.startswith("/H")]
    assert headings == ["/H1", "/H2", "/H3", "/H4", "/H5"]
