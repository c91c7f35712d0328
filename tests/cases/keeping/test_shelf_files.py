"""The shelf as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json

import pytest

from accounts.models import AuditEntry, Workspace
from cases.domain import load_library
from cases.keeping.shelf import put_on_shelf, write_note
from cases.models import Case
from cases.schema import CaseFile, case_files
from tests.personas import Person
from tests.reports.rows import user_of

pytestmark = pytest.mark.usefixtures("library")
NUBA, SECOND = "nuba-mountains-2002", sorted(case_files())[0]


@pytest.fixture
def shelf(library: None, mediator: Person, workspace: Workspace) -> None:
    for slug in (NUBA, SECOND):
        case = Case.objects.get(slug=slug)
        shelved = put_on_shelf(case, by=user_of(mediator), workspace=workspace)
        write_note(shelved, f"=SUM(1) on {slug}", read=0, by=user_of(mediator))


def rows(person: Person) -> list[dict[str, str]]:
    content = person.client.get("/cases/shelf/shelf.csv").content.decode()
    assert content.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


@pytest.mark.usefixtures("shelf")
def test_csv_has_a_row_a_measure_with_the_facts_of_its_case_and_the_note(mediator: Person) -> None:
    found = rows(mediator)
    files = case_files()
    assert [row["Measure"] for row in found] == [m.title for slug in (NUBA, SECOND) for m in files[slug].measures]
    first = found[0]
    assert (first["Place"], first["Case"]) == ("1", files[NUBA].title)
    assert first["Verified by"] == "Both sides with a third party"
    assert first["Address"] == f"http://testserver/cases/{NUBA}/"


@pytest.mark.usefixtures("shelf")
def test_no_cell_of_the_csv_is_a_formula(mediator: Person) -> None:
    assert rows(mediator)[0]["Note"] == f"'=SUM(1) on {NUBA}"
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows(mediator) for cell in row.values())


@pytest.mark.usefixtures("shelf")
def test_json_has_whole_records_in_the_persons_order(mediator: Person) -> None:
    answer = mediator.client.get("/cases/shelf/shelf.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="shelf.json"'
    whole = json.loads(answer.content)
    assert whole["format"] == "cbm-shelf/1"
    assert [(each["position"], each["slug"]) for each in whole["cases"]] == [(1, NUBA), (2, SECOND)]
    assert whole["cases"][0]["note"] == f"=SUM(1) on {NUBA}"
    assert CaseFile.model_validate(whole["cases"][0]["case"]) == case_files()[NUBA]


@pytest.mark.usefixtures("shelf")
def test_case_that_is_gone_keeps_title_and_note(mediator: Person) -> None:
    load_library({slug: file for slug, file in case_files().items() if slug != NUBA})
    gone = json.loads(mediator.client.get("/cases/shelf/shelf.json").content)["cases"][0]
    assert (gone["case"], gone["address"], gone["title"]) == (None, None, case_files()[NUBA].title)
    row = rows(mediator)[0]
    assert (row["Case"], row["Region"]) == (case_files()[NUBA].title, "No longer in the library")
    assert row["Measure"] == ""


@pytest.mark.usefixtures("shelf")
def test_export_is_told_in_the_audit_log_and_clicks_are_not(mediator: Person) -> None:
    assert AuditEntry.objects.filter(verb__startswith="cases.").count() == 0
    mediator.client.get("/cases/shelf/shelf.csv")
    entry = AuditEntry.objects.get(verb="cases.shelf_exported")
    assert (entry.actor, entry.details) == (mediator.user, {"kind": "CSV", "cases": 2})
