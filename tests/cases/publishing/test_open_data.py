"""The library as open data: complete, correct for whoever reads it, and open only where the operator says so."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from jsonschema import Draft202012Validator
from pyld import jsonld  # type: ignore[import-untyped]

from cases.domain import load_library
from cases.publishing.open_data import LICENCE, LICENCE_ADDRESS
from cases.schema import CaseFile, case_files
from tests.personas import Person

SCHEMA = "https://schema.org/"


def text_of(person: Person, address: str) -> str:
    response = person.client.get(address)
    assert response.status_code == 200
    return str(response.text) if not response.streaming else response.getvalue().decode()


def test_json_holds_every_case_as_its_file_does(library: None, mediator: Person) -> None:
    said = json.loads(text_of(mediator, "/cases/data/cbm-library.json"))
    assert said["licence"] == {"name": LICENCE, "address": LICENCE_ADDRESS}
    assert LICENCE in said["citation"]
    addresses = [case.pop("address") for case in said["cases"]]
    assert [CaseFile.model_validate(case) for case in said["cases"]] == [*case_files().values()]
    assert addresses == [f"http://testserver/cases/{slug}/" for slug in case_files()]


def test_one_case_is_found_at_its_own_address(library: None, mediator: Person) -> None:
    said = json.loads(text_of(mediator, "/cases/nuba-mountains-2002/case.json"))
    assert said["case"].pop("address").endswith("/cases/nuba-mountains-2002/")
    assert CaseFile.model_validate(said["case"]) == case_files()["nuba-mountains-2002"]
    assert mediator.client.get("/cases/atlantis/case.json").status_code == 404


def test_the_schema_describes_what_the_files_hold(library: None, mediator: Person) -> None:
    schema = json.loads(text_of(mediator, "/cases/data/case.schema.json"))
    checker = Draft202012Validator(schema)
    said = json.loads(text_of(mediator, "/cases/data/cbm-library.json"))
    for case in said["cases"]:
        del case["address"]
        checker.validate(case)
    assert not checker.is_valid({**said["cases"][0], "confidence": "certain"})


def test_csv_has_a_row_for_each_measure_and_says_licence_and_source(library: None, mediator: Person) -> None:
    text = text_of(mediator, "/cases/data/cbm-library.csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    expected = [(slug, measure.title) for slug, case in case_files().items() for measure in case.measures]
    assert [(row["case_slug"], row["measure_title"]) for row in rows] == expected
    assert {row["licence"] for row in rows} == {LICENCE}
    first = case_files()["nuba-mountains-2002"].measures[0]
    row = next(row for row in rows if row["case_slug"] == "nuba-mountains-2002")
    assert row["measure_sectors"] == "; ".join(first.sectors)
    assert row["measure_verification"] == first.verification.method
    assert row["case_worked"] == case_files()["nuba-mountains-2002"].outcome.worked


def test_json_ld_expands_to_a_dataset_whose_parts_are_cases_and_their_measures(library: None, mediator: Person) -> None:
    (dataset,) = jsonld.expand(json.loads(text_of(mediator, "/cases/data/cbm-library.jsonld")))
    assert dataset["@type"] == [f"{SCHEMA}Dataset"]
    assert dataset[f"{SCHEMA}license"] == [{"@id": LICENCE_ADDRESS}]
    parts = dataset[f"{SCHEMA}hasPart"]
    assert [part["@id"] for part in parts] == [f"http://testserver/cases/{slug}/" for slug in case_files()]
    measures = [measure for part in parts for measure in part[f"{SCHEMA}hasPart"]]
    assert len({measure["@id"] for measure in measures}) == sum(len(case.measures) for case in case_files().values())
    sets = {
        term[f"{SCHEMA}inDefinedTermSet"][0]["@id"] for measure in measures for term in measure[f"{SCHEMA}keywords"]
    }
    for address in sets:
        assert mediator.client.get(address.removeprefix("http://testserver")).status_code == 200


def test_the_address_of_a_measure_leads_to_it_on_the_page(library: None, mediator: Person) -> None:
    page = text_of(mediator, "/cases/nuba-mountains-2002/")
    for number in range(1, 1 + len(case_files()["nuba-mountains-2002"].measures)):
        assert f'id="measure-{number}"' in page


def test_nothing_is_sent_again_until_the_library_changes(library: None, mediator: Person) -> None:
    address = "/cases/data/cbm-library.json"
    first = mediator.client.get(address)
    known = {"If-None-Match": first["ETag"]}
    assert mediator.client.get(address, headers=known).status_code == 304
    files = dict(case_files())
    del files["nuba-mountains-2002"]
    load_library(files)
    assert mediator.client.get(address, headers=known).status_code == 200


def test_files_are_written_piece_by_piece_in_a_constant_number_of_queries(
    mediator: Person, django_assert_num_queries: Any
) -> None:
    files = case_files()
    for keep in (1, 3):
        load_library(dict(list(files.items())[:keep]))
        # Session, person, memberships; edition twice; the cases, with their savepoint; four of the walls.
        with django_assert_num_queries(10):
            text_of(mediator, "/cases/data/cbm-library.json")


def test_the_page_names_licence_citation_and_every_column(library: None, mediator: Person) -> None:
    page = text_of(mediator, "/cases/data/")
    heading = text_of(mediator, "/cases/data/cbm-library.csv")[1:].splitlines()[0].split(",")
    for column in heading[:-2]:
        assert f"<code>{column}</code>" in page
    assert LICENCE_ADDRESS in page


def locations(person: Person) -> Iterator[str]:
    for each in ElementTree.fromstring(text_of(person, "/sitemap.xml")).iter():
        if each.tag.endswith("}loc"):
            yield str(each.text)


def test_an_open_library_lists_its_pages_for_search_engines(library: None, anonymous: Person, settings: Any) -> None:
    settings.OPEN_LIBRARY, settings.ADDRESS = True, "https://cbm.example.org"
    found = list(locations(anonymous))
    assert len(found) == len(set(found)) > len(case_files())
    for address in found:
        assert anonymous.client.get(address.removeprefix("https://cbm.example.org")).status_code == 200
    robots = text_of(anonymous, "/robots.txt")
    assert "Sitemap: https://cbm.example.org/sitemap.xml" in robots
    assert "Disallow: /\n" in robots


def test_a_closed_library_asks_search_engines_to_stay_away(db: None, anonymous: Person) -> None:
    assert text_of(anonymous, "/robots.txt") == "User-agent: *\nDisallow: /\n"


def test_visitors_of_an_open_library_find_their_way_and_no_door_that_is_shut(
    library: None, anonymous: Person, settings: Any
) -> None:
    settings.OPEN_LIBRARY = True
    for address in (
        "/cases/",
        "/cases/nuba-mountains-2002/",
        "/cases/compare/?case=nuba-mountains-2002",
        "/guidelines/",
    ):
        page = text_of(anonymous, address)
        assert 'href="/guidelines/"' in page
        assert "Sign in" in page
        for shut in ("/cases/shelf/", "/cases/searches/", "/cases/desk/", '<form class="shelf-button'):
            assert shut not in page, address
