"""Cases as files: out as YAML, in from YAML or a spreadsheet, with what is wrong at its row."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from cases.editing.documents import get
from cases.editing.importing import UnreadableError, preview
from cases.editing.layout import as_yaml
from cases.editing.sheets import SHEETS, template
from cases.models import CaseVersion
from cases.schema import DATA, CaseFile, case_files
from tests.cases.conftest import NUBA
from tests.personas import Person

pytestmark = pytest.mark.django_db
IMPORT = "/cases/editing/import/"


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def filled(case: CaseFile, book: Workbook | None = None) -> Workbook:
    """The template with a case in it, as a person would fill it in."""
    book = book or openpyxl.load_workbook(io.BytesIO(template()))
    document = case.model_dump(mode="json")
    for sheet in SHEETS:
        parts = document[sheet.group.name] if sheet.group else [document]
        for part in parts:
            values = {column: get(part, column) for column in sheet.columns}
            if sheet.group:
                values["slug"] = case.slug
            between = {"links": "\n", "notes": "\n"}
            book[sheet.title].append(
                [between.get(name, ", ").join(v) if isinstance(v, list) else v for name, v in values.items()]
            )
    return book


def blank(book: Workbook) -> Workbook:
    """The template formats fifty rows; a person fills in from the second."""
    for sheet in SHEETS:
        book[sheet.title].delete_rows(2, 60)
    return book


def upload(person: Person, content: bytes, name: str = "cases.yaml") -> Any:
    return person.client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("slug", list(case_files()))
def test_every_case_comes_back_equal_from_a_spreadsheet(slug: str) -> None:
    book = filled(case_files()[slug], blank(openpyxl.load_workbook(io.BytesIO(template()))))
    found = preview(saved(book))
    assert [(case.slug, case.wrong) for case in found.cases] == [(slug, [])]
    assert found.astray == []
    assert CaseFile.model_validate(found.cases[0].document) == case_files()[slug]


def test_everything_exported_is_imported_as_unchanged(library: None, editor: Person) -> None:
    archive = zipfile.ZipFile(io.BytesIO(editor.client.get(reverse("cases:all_as_yaml")).content))
    assert {name: archive.read(name).decode() for name in archive.namelist()} == {
        path.name: path.read_text() for path in DATA.glob("*.yaml")
    }
    one = editor.client.get(reverse("cases:as_yaml", args=[NUBA])).content
    assert one == (DATA / f"{NUBA}.yaml").read_bytes()
    seen = preview(one)
    assert [(case.is_new, case.differences, case.wrong) for case in seen.cases] == [(False, [], [])]
    assert seen.ready == {}


def test_the_command_writes_only_files_that_differ(nuba: str, tmp_path: Path, capsys: Any) -> None:
    call_command("export_cases", str(tmp_path))
    assert (tmp_path / f"{NUBA}.yaml").read_bytes() == (DATA / f"{NUBA}.yaml").read_bytes()
    call_command("export_cases", str(tmp_path))
    assert "0 files written, 1 unchanged" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is no folder"):
        call_command("export_cases", str(tmp_path / "nowhere"))


def test_nothing_is_stored_until_it_is_confirmed_and_then_as_a_draft(nuba: str, editor: Person) -> None:
    changed = case_files()[NUBA].model_copy(update={"title": "Another title"})
    added = case_files()["korea-cma-2018"]
    content = "\n".join(f"- {as_yaml(case).strip().replace(chr(10), chr(10) + '  ')}" for case in (changed, added))
    page = upload(editor, content.encode())
    assert page.status_code == 200
    assert not CaseVersion.objects.drafts().exists()
    assert "would be added" in page.content.decode()
    assert "<ins>Another title</ins>" in page.content.decode()
    assert editor.client.post(IMPORT, {"cases": page.context["sealed"]}).status_code == 302
    assert {draft.slug for draft in CaseVersion.objects.drafts()} == {NUBA, "korea-cma-2018"}
    assert CaseVersion.objects.published().get().document["title"] != "Another title"


def test_what_was_sealed_cannot_be_changed_or_used_twice(nuba: str, editor: Person) -> None:
    sealed = upload(editor, as_yaml(case_files()["korea-cma-2018"]).encode()).context["sealed"]
    editor.client.post(IMPORT, {"cases": sealed[:-2] + "xx"})
    assert not CaseVersion.objects.drafts().exists()
    editor.client.post(IMPORT, {"cases": sealed})
    editor.client.post(IMPORT, {"cases": sealed})
    assert CaseVersion.objects.drafts().count() == 1


def test_a_case_with_a_draft_is_not_imported_over_it(nuba: str, editor: Person) -> None:
    content = as_yaml(case_files()["korea-cma-2018"]).encode()
    sealed = upload(editor, content).context["sealed"]
    editor.client.post(IMPORT, {"cases": sealed})
    assert "There is a draft of this case" in upload(editor, content).content.decode()


def test_a_spreadsheet_names_sheet_row_column_and_what_to_do(db: None) -> None:
    book = filled(case_files()[NUBA], blank(openpyxl.load_workbook(io.BytesIO(template()))))
    heads = {cell.value: get_column_letter(n) for n, cell in enumerate(book["Measures"][1], start=1)}
    book["Measures"][f"{heads['year']}3"] = "soon"
    book["Measures"][f"{heads['binding']}2"] = "a little"
    book["Measures"][f"{heads['sectors']}2"] = "Economic, environmental"
    book["Cases"]["A2"] = None
    book["Lessons"].append(["atlantis", "G4", "illustrates_strength", "x"])
    book["Parties"]["Z1"] = "Colour"
    found = preview(saved(book))
    wrong = {(each.place, each.field): each.message for each in found.cases[0].wrong}
    assert wrong["Cases A2", "Title"] == "Fill this in."
    assert wrong[f"Measures {heads['year']}3", "Measure 2, Year"] == "“soon” is no whole number."
    force = wrong[f"Measures {heads['binding']}2", "Measure 1, Binding force"]
    assert force == "“a little” is not one of these: none, political, legal."
    assert len(wrong) == 3
    astray = {each.place: each.message for each in found.astray}
    assert astray["Parties Z1"] == "There is no column “Colour” here."
    assert "“atlantis” is the slug of no row" in next(
        text for place, text in astray.items() if place.startswith("Lessons")
    )
    assert not found.cases[0].is_ready


def test_the_template_holds_no_formula_and_offers_the_codes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template()))
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    choices = {str(each.formula1) for each in book["Measures"].data_validations.dataValidation}
    assert len(choices) == 4


def _bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 30_000_000)
    return content.getvalue()


def _with_entities() -> bytes:
    source, content = zipfile.ZipFile(io.BytesIO(template())), io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/workbook.xml":
                text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + text
            packed.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: &a [1]\nb: *a", "anchors or aliases"),
        (b"slug: a\nslug: b", "stands twice"),
        (b"\xff\xfea", "UTF-16"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"", "empty"),
        (b"[]", "holds no case"),
        (b"a: [", "Not valid YAML"),
        (b"PK\x03\x04 no archive", "no spreadsheet"),
        (_bomb(), "unpacks to more"),
        (_with_entities(), "entities"),
    ],
)
def test_a_file_that_is_none_or_hostile_is_refused_plainly(content: bytes, words: str, editor: Person) -> None:
    with pytest.raises(UnreadableError, match=words):
        preview(content)
    page = upload(editor, content)
    assert page.status_code == 422
    assert not CaseVersion.objects.exists()


def test_yaml_that_fits_badly_is_named_case_by_case(editor: Person) -> None:
    page = upload(editor, b"- slug: one\n  titel: x\n- just words\n- title: no slug").content.decode()
    for words in ("There is no field “titel”.", "Case 2", "Case 3", "The slug is missing"):
        assert words in page
    assert not CaseVersion.objects.exists()
