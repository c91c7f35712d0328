from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any, get_args

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

from reports.formats.errors import FormatError
from reports.formats.word import word
from reports.formats.word_ours import ours
from reports.formats.word_package import LARGEST
from reports.formats.word_sample import SAMPLE
from reports.formats.word_template import problems_of
from reports.look import Look
from reports.model import Block, Paragraph, Section, texts
from tests.reports.material import blocks_of, squeezed
from tests.reports.samples import EVERY_BLOCK, LOOK, logo, model_with
from tests.reports.words import BODY, V, W, opened, packed, parts_of, root_of, template_with, text_of

EVERYTHING = model_with(*EVERY_BLOCK)
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def filled(*paragraphs: str, header: str = "", model: Any = EVERYTHING) -> str:
    """The text of a report in a template with these paragraphs."""
    return text_of(word(model, Look(template=template_with(*paragraphs, header=header))))


def with_part(name: str, data: bytes) -> bytes:
    """A good template with one part more, or another one."""
    return packed(parts_of(template_with(BODY)) | {name: data})


def with_relationship(kind: str, target: str, mode: str = "External") -> bytes:
    name = "word/_rels/document.xml.rels"
    more = (
        f'<Relationship Id="rId99" Type="{RELATIONSHIP}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    return with_part(name, parts_of(template_with(BODY))[name].replace(b"</Relationships>", more.encode()))


def with_xml(xml: str) -> bytes:
    """A good template with this XML in a paragraph of its own."""
    whole = parts_of(template_with(BODY))["word/document.xml"]
    return with_part("word/document.xml", whole.replace(b"<w:sectPr", f"<w:p>{xml}</w:p><w:sectPr".encode(), 1))


def field(*pieces: str) -> str:
    """A field whose code is cut into several runs."""
    codes = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{codes}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


# --- What can be used -------------------------------------------------------------------------------------------------


def test_our_template_is_a_start_for_an_own_one() -> None:
    template = ours(LOOK.accent, "a4")
    assert problems_of(template) == []
    shown = text_of(template)
    assert [
        tag for tag in ("{{ title }}", "{{p facts }}", "{{p contents }}", BODY, "{{ logo }}") if tag not in shown
    ] == []
    assert word(EVERYTHING, replace(LOOK, template=template)) == word(EVERYTHING, LOOK)


def test_sample_on_which_templates_are_tried_has_every_block() -> None:
    assert {kind for kind in get_args(Block) if not blocks_of(SAMPLE, kind)} == set()


def test_everything_is_in_a_template_of_ones_own() -> None:
    tags = (
        "{{ name }} {{ title }}",
        "{{ subtitle }}",
        "{{ headline_label }} {{ headline }} {{ summary }}",
        "{{p facts }}",
    )
    shown = squeezed(filled("{{ workspace }} {{ foot }}", *tags, "{{p contents }}", BODY))
    assert [text for text in texts(EVERYTHING) if squeezed(text) not in shown] == []


def test_text_follows_the_styles_of_the_template_and_gets_ours_where_it_has_none() -> None:
    document = docx.Document()
    document.add_paragraph(BODY)
    styles: Any = document.styles
    styles["Heading 1"].font.name = "Ministry Sans"
    styles["Heading 1"].font.size = Pt(33)
    quiet = styles.add_style("Report Quiet", WD_STYLE_TYPE.PARAGRAPH)
    quiet.font.italic = True
    styles.element.remove(styles["List Bullet"].element)
    file = io.BytesIO()
    document.save(file)
    made = opened(word(EVERYTHING, Look(template=file.getvalue())))
    theirs = made.styles
    assert (theirs["Heading 1"].font.name, theirs["Heading 1"].font.size) == ("Ministry Sans", Pt(33))
    assert theirs["Report Quiet"].font.italic
    assert theirs["Report Warning"].base_style.name == "Normal"
    assert theirs["List Bullet"].element.find(f".//{W}numPr/{W}numId") is not None
    used = {each.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for each in made.element.iter(f"{W}{tag}")}
    assert used <= {style.style_id for style in theirs}


def test_missing_styles_do_not_take_the_ids_of_others() -> None:
    document = docx.Document()
    document.add_paragraph(BODY)
    mine: Any = document.styles.add_style("Something else", WD_STYLE_TYPE.PARAGRAPH)
    mine.element.set(f"{W}styleId", "ReportQuiet")
    file = io.BytesIO()
    document.save(file)
    ids = [style.style_id for style in opened(word(EVERYTHING, Look(template=file.getvalue()))).styles]
    assert len(set(ids)) == len(ids)


def test_sections_and_blocks_can_be_set_one_by_one() -> None:
    loop = (
        "{% for section in sections %}{{ loop.index }}: {{ section.title|upper }} {% for block in section.blocks %}"
        "{% if block.type == 'commitment' %}[{{ block.number }} {{ block.text }}{% for fact in block.facts %}, "
        "{{ fact.label }}{% endfor %}]{% endif %}{% endfor %}{% endfor %}"
    )
    assert problems_of(template_with(loop, BODY)) == []
    assert "1: CHAPTER [1.1 Both sides keep the line open., When]" in filled(loop, BODY)


def test_logo_stands_where_the_template_wants_it() -> None:
    file = word(
        EVERYTHING, Look(logo=logo(), template=template_with("{{ logo }}", BODY, header="{{ logo }} {{ made_on }}"))
    )
    with_logo = [name for name, data in parts_of(file).items() if b'descr="Mission in the North"' in data]
    assert with_logo == ["word/document.xml", "word/header1.xml"]
    assert "2025-03-01" in text_of(file)
    assert "<w:drawing" not in filled("{{ logo }}", BODY)


def test_classification_that_the_template_forgets_is_put_at_the_head_of_its_pages() -> None:
    heads = [line for line in filled(BODY).split("\n") if line in ("Restricted", "Valid until 2025-06-01")]
    assert heads == ["Restricted", "Valid until 2025-06-01"]
    assert filled("{{ classification }} {{ valid_until }}", BODY).count("Restricted") == 1


def test_watermark_stands_in_every_head_of_a_template_with_sections_of_its_own() -> None:
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    document.add_paragraph(BODY)
    document.add_section().header.is_linked_to_previous = False
    file = io.BytesIO()
    document.save(file)
    made = word(EVERYTHING, Look(template=file.getvalue()))
    marks = [p for p in parts_of(made) if p.startswith("word/header") and list(root_of(made, p).iter(f"{V}textpath"))]
    assert len(marks) == 3  # odd and even of the first section, odd of the second


def test_properties_of_the_template_do_not_leave_the_house() -> None:
    document = docx.Document()
    document.add_paragraph(BODY)
    core = document.core_properties
    core.author, core.comments, core.keywords, core.title = "A Clerk", "Secret of the house", "Clerk", "{{ nonsense"
    file = io.BytesIO()
    document.save(file)
    app = b"<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'>"
    app += b"<Manager>A Clerk</Manager></Properties>"
    template = packed(parts_of(file.getvalue()) | {"docProps/app.xml": app})
    assert problems_of(template) == []
    made = parts_of(word(EVERYTHING, Look(template=template)))
    assert [name for name, data in made.items() if b"Clerk" in data or b"Secret of" in data] == []


def test_own_template_gives_the_same_bytes_each_time() -> None:
    look = Look(template=template_with("{{ title }}", BODY))
    assert word(EVERYTHING, look) == word(EVERYTHING, look)


# --- What is wrong with tags ------------------------------------------------------------------------------------------

LOOPS = "".join(f"{{% for {name} in title %}}" for name in "abcdefghij") + "x" + "{% endfor %}" * 10
WRONG = {
    "no body": (("{{ title }}",), "In the text, {{p body }} is missing"),
    "body twice": ((BODY, BODY), "In the text, {{p body }}: this can stand there only once"),
    "body in a line": (("Here: {{ body }}",), "In the text, {{ body }}: write it as {{p body }}"),
    "unknown name": ((BODY, "{{ titel }}"), "In the text, {{ titel }}: there is nothing of the name “titel”"),
    "unknown tag": ((BODY, "{% fro x %}"), "In the text, {% fro x %}: there is no “fro”"),
    "open tag": ((BODY, "{{ title"), "In the text, {{ title: this tag is not closed"),
    "open loop": ((BODY, "{% for s in sections %}"), "“for” is not closed by {% endfor %}"),
    "field of another block": (
        (BODY, "{% for s in sections %}{% for b in s.blocks %}{{ b.check }}{% endfor %}{% endfor %}"),
        "{{ b.check }} {% endfor %}: there is no “check” in a “paragraph”",
    ),
    "unknown filter": ((BODY, "{{ title|pprint }}"), "there is no filter “pprint”"),
    "call": ((BODY, "{{ title.upper() }}"), "In the text, {{ title.upper() }}: “calls” cannot be used here"),
    "range": ((BODY, "{% for n in range(999999999) %}x{% endfor %}"), "“calls” cannot be used here"),
    "times": ((BODY, "{{ title * 999999999 }}"), "“*” cannot be used here"),
    "power": ((BODY, "{{ 9 ** 9 ** 9 }}"), "“**” cannot be used here"),
    "joined": ((BODY, "{{ title ~ title }}"), "“~” cannot be used here"),
    "set": ((BODY, "{% set x = title %}"), "“set” cannot be used here"),
    "include": ((BODY, "{% include '/etc/passwd' %}"), "“include” cannot be used here"),
    "internals": ((BODY, "{{ title.__class__ }}"), "there is no “__class__”"),
    "internals by filter": ((BODY, "{{ title|attr('__class__') }}"), "there is no filter “attr”"),
    "internals by index": ((BODY, "{{ title['__class__'] }}"), "there is no “__class__”"),
    "internals of a loop": (
        (BODY, "{% for s in sections %}{{ loop._iterable }}{% endfor %}"),
        "there is no “_iterable”",
    ),
    "method": ((BODY, "{{ sections.pop }}"), "there is no “pop”"),
    "a whole list": ((BODY, "{{ sections }}"), "In the text, {{ sections }}: a list is shown by a loop"),
    "loops in loops": ((BODY, LOOPS), "go round too often"),
    "search in a text": ((BODY, "{% if 'a' in title %}{% endif %}"), "behind “in” belongs a list of words"),
    "endless braces": ((BODY, "{{" * 50_000), "this tag is not closed, or too long"),
    "many tags": ((BODY, "{{ title }}" * 1_001), "more than 1000 tags"),
    "deep brackets": ((BODY, "{{" + "(" * 190 + "title" + ")" * 190 + "}}"), "cannot be read"),
}


@pytest.mark.parametrize(("paragraphs", "problem"), WRONG.values(), ids=WRONG)
def test_problem_of_a_template_names_its_tag(paragraphs: tuple[str, ...], problem: str) -> None:
    (found,) = problems_of(template_with(*paragraphs))
    assert problem in found


def test_problem_is_told_with_its_place_and_all_at_once() -> None:
    assert problems_of(template_with(BODY, "{{ wrong }}", header="{{ titel }}")) == [
        "In the text, {{ wrong }}: there is nothing of the name “wrong”.",
        "In a header, {{ titel }}: there is nothing of the name “titel”.",
    ]


def test_sections_do_not_go_into_a_header() -> None:
    assert problems_of(template_with(BODY, header=BODY)) == [
        "In a header, {{p body }}: this can stand only in the text."
    ]


@pytest.mark.parametrize("note", ["footnote", "endnote"])
def test_tag_in_a_note_is_told(note: str) -> None:
    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{note}s+xml"
    override = f'<Override PartName="/word/{note}s.xml" ContentType="{kind}"/></Types>'
    parts = parts_of(with_relationship(f"{note}s", f"{note}s.xml", "Internal"))
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    text = "{{" * 50_000
    parts[f"word/{note}s.xml"] = (
        f'<w:{note}s xmlns:w="{W[1:-1]}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{note}s>'.encode()
    )
    (found,) = problems_of(packed(parts))
    assert found.startswith(f"In a {note}, {{{{")


def test_sections_can_stand_in_a_cell_of_a_table() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = BODY
    file = io.BytesIO()
    document.save(file)
    assert problems_of(file.getvalue()) == []
    empty = word(replace(EVERYTHING, sections=()), Look(template=file.getvalue()))
    assert [len(cell.findall(f"{W}p")) for cell in root_of(empty).iter(f"{W}tc")] == [1]
    assert "Both sides keep the line open." in text_of(word(EVERYTHING, Look(template=file.getvalue())))


def test_own_template_without_contents_has_no_empty_page_before_its_sections() -> None:
    model = replace(EVERYTHING, sections=(Section("One", ()), Section("Two", ())))
    assert not list(root_of(word(model, Look(template=template_with("{{ title }}", BODY)))).iter(f"{W}pageBreakBefore"))


def test_tag_outside_of_running_text_is_told() -> None:
    (found,) = problems_of(with_xml('<w:bookmarkStart w:id="7" w:name="{{ title }}"/><w:bookmarkEnd w:id="7"/>'))
    assert "In the text, {{ title }}: tags can stand only in running text." in found


def test_tag_that_tears_the_file_apart_is_told() -> None:
    torn = with_xml("<w:r><w:t>{% if title %}</w:t></w:r><w:r><w:t>{%p endif %}</w:t></w:r>")
    (found,) = problems_of(torn)
    assert "In the text" in found


def test_loops_that_cost_too_much_in_a_real_report_stop_soon() -> None:
    template = template_with(
        BODY, "{% for a in summary %}{% for b in summary %}{% for c in summary %}x{% endfor %}" + "{% endfor %}" * 2
    )
    assert problems_of(template) == []
    with pytest.raises(FormatError, match="go round too often"):
        word(replace(EVERYTHING, summary="long " * 500), Look(template=template))


def test_filters_that_grow_cost_too() -> None:
    chain = "{% for a in summary %}{% if (summary|upper|lower|title|trim) == '' %}{% endif %}{% endfor %}"
    with pytest.raises(FormatError, match="go round too often"):
        word(replace(EVERYTHING, summary="long " * 2_000), Look(template=template_with(BODY, chain)))


def test_typed_text_is_not_a_tag_of_the_template() -> None:
    model = model_with(Paragraph("{{ workspace }} {% raw %}"))
    shown = filled("{{ title }}", BODY, model=replace(model, title="{{ foot }} {_{ x }_}"))
    assert "{{ foot }} {_{ x }_}" in shown
    assert "{{ workspace }} {% raw %}" in shown


# --- What is wrong with files -----------------------------------------------------------------------------------------


def bomb() -> bytes:
    """Fifty megabytes of nothing, packed small."""
    return with_part("word/media/image1.png", bytes(50_000_000))


def macros() -> bytes:
    """A template whose main part says that it has macros."""
    types = parts_of(template_with(BODY))["[Content_Types].xml"]
    plain = b"wordprocessingml.document.main+xml"
    return with_part(
        "[Content_Types].xml",
        types.replace(b"openxmlformats-officedocument." + plain, b"ms-word.document.macroEnabled.main+xml"),
    )


def emptied() -> bytes:
    with zipfile.ZipFile(file := io.BytesIO(), "w"):
        pass
    return file.getvalue()


BAD = {
    "text": (lambda: b"Dear Sir or Madam", "not a Word file"),
    "empty archive": (emptied, "not a Word file"),
    "cut off": (lambda: template_with(BODY)[:2000], "not a Word file"),
    "no document": (lambda: packed({"[Content_Types].xml": b"<Types/>"}), "not a Word file"),
    "large": (lambda: bytes(LARGEST + 1), "larger than 5 MB"),
    "bomb": (bomb, "unpacks to more"),
    "many files": (lambda: packed({f"word/{n}.bin": b"" for n in range(500)}), "unpacks to more"),
    "strange name": (lambda: with_part("../../etc/cron.d/x", b"x"), "packed in a strange way"),
    "macros": (macros, "holds macros"),
    "macro part": (lambda: with_part("word/vbaProject.bin", b"x"), "holds macros (word/vbaProject.bin)"),
    "embedded file": (lambda: with_part("word/embeddings/sheet.xlsx", b"x"), "embedded file (sheet.xlsx)"),
    "embedded object": (lambda: with_relationship("oleObject", "embeddings/x.bin", "Internal"), "embedded file"),
    "chunk": (lambda: with_relationship("aFChunk", "chunk.html", "Internal"), "embedded file (chunk.html)"),
    "remote picture": (lambda: with_relationship("image", "https://spy.example/pixel.png"), "would fetch something"),
    "remote template": (lambda: with_relationship("attachedTemplate", "https://spy.example/t.dotm"), "attached to a template"),
    "entities": (lambda: with_part("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "not a Word file"),
    "broken": (lambda: with_part("word/document.xml", b"<w:document"), "damaged"),
    "DDE": (lambda: with_xml(field("DD", "EAUTO c:\\\\cmd.exe")), "{ DDEAUTO c:\\\\cmd.exe }"),
    "included text": (lambda: with_xml('<w:fldSimple w:instr=" INCLUDETEXT x "/>'), "{ INCLUDETEXT x }"),
    "included picture": (lambda: with_xml(field(" INCLUDEPICTURE x")), "INCLUDEPICTURE"),
    "code that is put together": (lambda: with_xml(field(field("QUOTE 68 68 69"), " c:\\\\cmd.exe")), "QUOTE"),
    "field that never ends": (lambda: with_xml(field("DDE x").partition("<w:r><w:fldChar w:fldCharType=\"end\"")[0]), "DDE"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "problem"), BAD.values(), ids=BAD)
def test_file_that_is_no_template_or_would_act_is_refused(file: Any, problem: str) -> None:
    found = problems_of(file())
    assert problem in found[0]


def test_links_and_harmless_fields_are_fine() -> None:
    assert problems_of(with_relationship("hyperlink", "https://ministry.example/")) == []
    assert problems_of(with_xml(field(" PA", "GE ") + field('DATE \\@ "d MMMM yyyy"'))) == []


def test_template_without_tags_of_its_own_begins_with_the_text() -> None:
    model = replace(model_with(), sections=(Section("Only this", ()),), classification="", valid_until="", watermark="")
    assert filled(BODY, model=model).split() == ["Only", "this"]
