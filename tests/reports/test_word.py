from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.calibration import worked_example
from assessments.package import canonical_json
from bench.engine import with_measures
from reports.formats.errors import FormatError
from reports.formats.word import word
from reports.formats.word_ours import ours
from reports.formats.word_text import clean
from reports.look import Look
from reports.model import (
    Bullets,
    Entry,
    Fact,
    Facts,
    Paragraph,
    Profile,
    ReportModel,
    Section,
    Table,
    texts,
)
from tests.reports.material import EXAMPLE, SPARSE, blocks_of, model_of, squeezed
from tests.reports.samples import ARABIC, EVERY_BLOCK, LOOK, logo, model_with
from tests.reports.words import BODY, V, W, opened, parts_of, root_of, template_with, text_of

EVERYTHING = model_with(*EVERY_BLOCK)
HOSTILE = "{{ 7*7 }} {% for %} {_{ <w:p> & ]]> \"' \x00\x0b\ud800 {{p body }} \u202eevil"
OWN = Look(template=template_with("{{ title }} {{ subtitle }} {{ headline }} {{ summary }} {{ name }}", BODY))


@pytest.fixture(scope="module")
def file() -> bytes:
    """Every block, in our template, with a workspace's logo and lines."""
    return word(EVERYTHING, LOOK)


@pytest.fixture(scope="module")
def report() -> bytes:
    """The assessment of the worked example."""
    return word(model_of(EXAMPLE), Look())


def missing_from(file: bytes, model: ReportModel) -> list[str]:
    """What the model says and neither the text of the file nor its author does."""
    shown = squeezed(text_of(file) + opened(file).core_properties.author)
    return [text for text in texts(model) if squeezed(clean(text)) not in shown]


def styled(file: bytes, style: str) -> list[str]:
    """The texts of all paragraphs of a style, in order."""
    return [paragraph.text for paragraph in opened(file).paragraphs if paragraph.style.name == style]


def paragraph_with(file: bytes, text: str) -> Any:
    return next(p for p in root_of(file).iter(f"{W}p") if text in "".join(p.itertext(f"{W}t")))


def test_everything_that_a_report_says_is_in_the_file(file: bytes) -> None:
    assert missing_from(file, EVERYTHING) == []
    assert "Head of the Mission" in text_of(file)
    assert "Foot of the Mission" in text_of(file)


@pytest.mark.parametrize("document", [EXAMPLE, SPARSE], ids=["worked example", "two first ideas"])
def test_everything_that_an_assessment_says_is_in_the_file(document: dict[str, Any]) -> None:
    model = model_of(document)
    assert missing_from(word(model, Look()), model) == []


def test_everything_of_fifty_measures_is_in_the_file() -> None:
    model = model_of(json.loads(with_measures(canonical_json(worked_example().package), 50)))
    assert missing_from(word(model, Look()), model) == []


def test_numbers_and_spans_of_scores_are_shown(file: bytes) -> None:
    scores = [score for profile in blocks_of(EVERYTHING, Profile) for score in profile.scores]
    figures = [f"{score.score} ({score.span[0]}–{score.span[1]})" for score in scores if score.span]
    assert figures == ["62 (50–80)", "30 (10–90)"]
    assert [figure for figure in figures if figure not in text_of(file)] == []


def test_block_that_is_not_known_is_an_error() -> None:
    @dataclass(frozen=True)
    class Novelty:
        text: str

    with pytest.raises(FormatError, match="Novelty"):
        word(model_with(Novelty("something")), Look())  # type: ignore[arg-type]


def test_paper_that_there_is_not_is_an_error() -> None:
    with pytest.raises(FormatError, match="no paper napkin"):
        word(replace(EVERYTHING, paper="napkin"), Look())


def test_logo_that_is_no_picture_is_an_error() -> None:
    with pytest.raises(FormatError, match="logo"):
        word(EVERYTHING, Look(logo=b"GIF89a?"))


@pytest.mark.parametrize("look", [Look(), OWN], ids=["our template", "own template"])
def test_what_people_typed_never_becomes_markup_or_a_tag(look: Look) -> None:
    blocks = (Paragraph(HOSTILE), Facts((Fact(HOSTILE, HOSTILE),)), Table(HOSTILE, (HOSTILE,), ((HOSTILE,),), (1,)))
    typed: dict[str, Any] = dict.fromkeys(
        ("title", "subtitle", "headline", "summary", "foot", "classification", "watermark"), HOSTILE
    )
    file = word(replace(model_with(*blocks), **typed), replace(look, header=HOSTILE, footer=HOSTILE))
    shown = text_of(file)
    assert "49" not in shown
    assert shown.count(clean(HOSTILE)) >= 8
    assert "[U+202E]evil" in clean(HOSTILE)
    assert opened(file).core_properties.title == clean(HOSTILE)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "ar", "ko", "fr"]))
def test_any_text_is_in_the_file_as_it_was_typed(text: str, language: str) -> None:
    file = word(model_with(Paragraph(text), Bullets((Entry(text, text),)), language=language), Look())
    assert squeezed(clean(text)) in squeezed(text_of(file))


def test_sections_are_headings_of_their_depth(report: bytes) -> None:
    model = model_of(EXAMPLE)
    assert styled(report, "Heading 1") == [section.title for section in model.sections]
    inner = [block.title for section in model.sections for block in section.blocks if isinstance(block, Section)]
    assert styled(report, "Heading 2") == inner
    assert len(inner) >= 20
    assert styled(report, "Title") == [model.title]


def test_deeper_sections_are_deeper_headings(file: bytes) -> None:
    assert (styled(file, "Heading 2"), styled(file, "Heading 3")) == (["Below"], ["Deeper"])


def test_contents_have_their_entries_and_each_leads_to_its_heading(report: bytes) -> None:
    root = root_of(report)
    links = {"".join(link.itertext(f"{W}t")): link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")}
    marks = {mark.get(f"{W}name"): mark.getparent() for mark in root.iter(f"{W}bookmarkStart")}
    assert links
    assert set(links) == set(styled(report, "Heading 1")) | set(styled(report, "Heading 2"))
    assert {title for title, mark in links.items() if "".join(marks[mark].itertext(f"{W}t")) != title} == set()
    codes = [each.text for each in root.iter(f"{W}instrText")]
    assert codes == ['TOC \\o "1-2" \\h \\z \\u']
    assert [each.get(f"{W}fldCharType") for each in root.iter(f"{W}fldChar")] == ["begin", "separate", "end"]


def test_report_with_a_head_has_neither_contents_nor_a_page_of_its_own() -> None:
    root = root_of(word(replace(EVERYTHING, opening="head", sections=(Section("One", ()),)), Look()))
    assert not list(root.iter(f"{W}instrText", f"{W}pageBreakBefore"))


def test_contents_begin_a_page_below_a_statement_and_stand_on_the_cover_without_one() -> None:
    def begins_page(model: ReportModel) -> bool:
        contents = paragraph_with(word(model, Look()), model.contents_title)
        return contents.find(f"{W}pPr/{W}pageBreakBefore") is not None

    assert begins_page(EVERYTHING)
    assert not begins_page(replace(EVERYTHING, headline="", summary=""))


def test_chapters_begin_pages_where_the_report_says_so() -> None:
    sections = (Section("One", ()), Section("Two", (), begins_page=True), Section("Three", ()))
    file = word(replace(EVERYTHING, opening="head", sections=sections), Look())
    begins = [p for p in root_of(file).iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert ["".join(p.itertext(f"{W}t")) for p in begins] == ["Two"]


def test_numbered_lists_are_lists_and_each_begins_anew() -> None:
    first, second = (Entry("open"), Entry("check")), (Entry("close"),)
    file = word(model_with(Bullets(first, is_numbered=True), Bullets(second, is_numbered=True)), Look())
    entries = [paragraph_with(file, text) for text in ("open", "check", "close")]
    numbers = [entry.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") for entry in entries]
    assert numbers[0] == numbers[1] != numbers[2]
    nums = {each.get(f"{W}numId"): each for each in root_of(file, "word/numbering.xml").iter(f"{W}num")}
    assert {nums[n].find(f".//{W}startOverride").get(f"{W}val") for n in numbers} == {"1"}


def test_bullets_get_their_sign_from_their_style(file: bytes) -> None:
    assert styled(file, "List Bullet") == ["First the hotline\u2002a week", "Then the patrols"]
    style = opened(file).styles["List Bullet"].element
    number = style.find(f".//{W}numId").get(f"{W}val")
    numbering = root_of(file, "word/numbering.xml")
    followed = next(n for n in numbering.iter(f"{W}num") if n.get(f"{W}numId") == number)
    kind = followed.find(f"{W}abstractNumId").get(f"{W}val")
    sign = next(a for a in numbering.iter(f"{W}abstractNum") if a.get(f"{W}abstractNumId") == kind)
    assert sign.find(f".//{W}numFmt").get(f"{W}val") == "bullet"


def test_heads_of_tables_repeat_on_the_next_page(file: bytes) -> None:
    tables = opened(file).tables
    with_heads = [t for t in tables if t.style.name == "Report Table"]
    assert [t.rows[0].cells[0].text for t in with_heads] == ["Measure", "Guideline", "Challenge"]
    assert [t for t in with_heads if t.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is None] == []
    assert styled(file, "Caption") == ["Who does what, and how well"]


def test_every_style_that_is_used_is_defined(file: bytes) -> None:
    used = {each.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for each in root_of(file).iter(f"{W}{tag}")}
    defined = {each.get(f"{W}styleId") for each in root_of(file, "word/styles.xml").iter(f"{W}style")}
    assert used - defined == set()
    assert len(used) > 25


def test_text_is_shaped_by_styles_alone(file: bytes) -> None:
    """A ministry changes a style, and every paragraph follows."""
    allowed = {"rStyle", "rFonts", "rtl"}
    properties = {each.tag.removeprefix(W) for shape in root_of(file).iter(f"{W}rPr") for each in shape}
    assert properties <= allowed
    assert not [f for f in root_of(file).iter(f"{W}rFonts") if set(f.keys()) != {f"{W}hint"}]


def test_words_that_went_and_came_are_told_by_style_and_not_as_changes_of_an_author(file: bytes) -> None:
    shapes = {"five": "Report Removed", "ten": "Report Added", "as soon as possible": "Report Loose Words"}
    runs = {run.text: run.style.name for p in opened(file).paragraphs for run in p.runs if run.text in shapes}
    assert runs == shapes
    styles = opened(file).styles
    assert styles["Report Removed"].font.strike
    assert styles["Report Added"].font.underline
    assert b"<w:ins " not in parts_of(file)["word/document.xml"]
    assert b"<w:del " not in parts_of(file)["word/document.xml"]


def test_watermark_stands_on_every_page(file: bytes) -> None:
    headers = [name for name in parts_of(file) if name.startswith("word/header")]
    marks = [
        [path.get("string") for path in root_of(file, name).iter(f"{V}textpath") if path.get("string")]
        for name in headers
    ]
    assert marks == [["DRAFT"], ["DRAFT"]]
    plain = word(replace(EVERYTHING, watermark=""), LOOK)
    assert not any(b"textpath" in data for data in parts_of(plain).values())


def test_first_page_says_the_classification_and_the_others_in_their_head(file: bytes) -> None:
    assert styled(file, "Report Classification") == ["Restricted"]
    section = opened(file).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "Title of the report\tRestricted"
    assert "Valid until 2025-06-01" in section.first_page_footer.paragraphs[1].text
    assert "Valid until 2025-06-01" in section.footer.paragraphs[1].text


def test_pages_are_numbered_by_word(file: bytes) -> None:
    feet = [root_of(file, name) for name in parts_of(file) if name.startswith("word/footer")]
    assert [[f.get(f"{W}instr") for f in foot.iter(f"{W}fldSimple")] for foot in feet] == [["PAGE", "NUMPAGES"]] * 2


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("us-letter", (215.9, 279.4))])
def test_page_has_the_size_of_the_paper(paper: str, size: tuple[float, float]) -> None:
    section = opened(word(replace(EVERYTHING, paper=paper), Look())).sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx(size, abs=0.1)


def test_headings_have_the_colour_of_the_workspace(file: bytes) -> None:
    assert str(opened(file).styles["Heading 1"].font.color.rgb) == LOOK.accent[1:].upper()


def test_file_names_its_workspace_and_nobody(file: bytes) -> None:
    core = opened(file).core_properties
    assert (core.title, core.author, core.last_modified_by, core.language) == (
        "Title of the report", "Mission in the North", "Mission in the North", "en-GB",
    )  # fmt: skip
    moment = EVERYTHING.made_at.replace(tzinfo=None)
    assert core.created.replace(tzinfo=None) == core.modified.replace(tzinfo=None) == moment
    assert not any(b"python-docx" in data for data in parts_of(file).values())


def test_logo_has_a_description_and_bars_are_decoration(file: bytes) -> None:
    head = next(parts_of(file)[n] for n in parts_of(file) if b"docPr" in parts_of(file)[n] and "header" in n)
    assert b'descr="Mission in the North"' in head
    bars = parts_of(file)["word/document.xml"]
    assert bars.count(b"<wp:inline") == bars.count(b"decorative") - 1 == 2  # one declares the prefix


def test_same_model_gives_the_same_bytes(file: bytes) -> None:
    ours.cache_clear()
    assert word(EVERYTHING, LOOK) == file
    assert word(replace(EVERYTHING, title="Another"), LOOK) != file
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        assert {entry.date_time for entry in package.infolist()} == {EVERYTHING.made_at.timetuple()[:6]}
    later = replace(EVERYTHING, made_at=EVERYTHING.made_at + timedelta(days=1))
    with zipfile.ZipFile(io.BytesIO(word(later, LOOK))) as package:
        assert {entry.date_time for entry in package.infolist()} == {later.made_at.timetuple()[:6]}


def test_paragraph_goes_the_way_of_its_text_and_runs_the_way_of_their_letters(file: bytes) -> None:
    arabic = paragraph_with(file, ARABIC[:20])
    assert arabic.find(f"{W}pPr/{W}bidi") is not None
    assert {run.find(f"{W}rPr/{W}rtl") is not None for run in arabic.iter(f"{W}r")} == {True}
    assert paragraph_with(file, "Said in passing").find(f"{W}pPr/{W}bidi") is None
    mixed = word(model_with(Paragraph("يرد الطرفان (UNMISS) غداً")), Look())
    runs = [
        ("".join(r.itertext()), r.find(f"{W}rPr/{W}rtl") is not None)
        for r in paragraph_with(mixed, "UNMISS").iter(f"{W}r")
    ]
    assert runs == [("يرد الطرفان (", True), ("UNMISS", False), (") غداً", True)]


def test_report_in_arabic_goes_from_right_to_left() -> None:
    title = "خط ساخن"
    file = word(replace(EVERYTHING, language="ar", title=title, sections=(Section(title, EVERY_BLOCK),)), LOOK)
    root = root_of(file)
    assert root.find(f".//{W}sectPr/{W}bidi") is not None
    assert all(t.find(f"{W}tblPr/{W}bidiVisual") is not None for t in root.iter(f"{W}tbl"))
    placed = [p for p in root.iter(f"{W}p") if title in "".join(p.itertext(f"{W}t"))]
    assert len(placed) == 3  # title, contents, heading
    assert [p for p in placed if p.find(f"{W}pPr/{W}bidi") is None] == []
    english = paragraph_with(file, "Said in passing").find(f"{W}pPr/{W}bidi")
    assert english.get(f"{W}val") == "0"
    assert language_of(file) == ("ar-SA", "en-US", "ar-SA")


def test_languages_are_those_that_word_knows() -> None:
    files = {
        code: word(model_with(Paragraph("text"), language=code), Look()) for code in ("en", "fr", "es", "ko", "pt-br")
    }
    assert {code: language_of(file)[0] for code, file in files.items()} == {
        "en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ko": "ko-KR", "pt-br": "pt-BR",
    }  # fmt: skip


def language_of(file: bytes) -> tuple[str, str, str]:
    spoken = root_of(file, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    return spoken.get(f"{W}val"), spoken.get(f"{W}eastAsia"), spoken.get(f"{W}bidi")


@pytest.mark.parametrize(
    ("text", "language", "font"),
    [("양측은 “즉시” 응답한다", "ko-KR", "Malgun Gothic"), ("双方立即答复", "zh-CN", "Microsoft YaHei")],
)
def test_east_asian_text_gets_type_and_signs_of_its_own(text: str, language: str, font: str) -> None:
    file = word(model_with(Paragraph(text)), Look())
    assert language_of(file)[1] == language
    fonts = root_of(file, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    assert fonts.get(f"{W}eastAsia") == font
    hint = paragraph_with(file, text).find(f"{W}r/{W}rPr/{W}rFonts").get(f"{W}hint")
    assert hint == "eastAsia"


def test_french_has_a_space_before_colons() -> None:
    assert "To explore\u00a0: Name a monitor." in text_of(word(replace(EVERYTHING, language="fr"), Look()))
    assert "To explore: Name a monitor." in text_of(word(EVERYTHING, Look()))


def test_size_of_a_large_logo_is_bounded() -> None:
    for size in ((6000, 100), (100, 6000)):
        file = word(EVERYTHING, Look(logo=logo(size)))
        head = next(
            data for name, data in parts_of(file).items() if name.startswith("word/header") and b"wp:extent" in data
        )
        extent = root_of(file, next(n for n, d in parts_of(file).items() if d == head)).find(
            ".//{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
        )
        assert int(extent.get("cx")) <= 60 * 36_000
        assert int(extent.get("cy")) <= 14 * 36_000
