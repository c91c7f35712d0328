"""How much the library has of each value of the taxonomy."""

from __future__ import annotations

import html
import re

import pytest

from cases.schema import case_files
from cases.searching.tagged import FACETS, values_of
from guidelines.field import field_pages, page_of
from guidelines.taxonomy import LABELS
from tests.personas import Person

pytestmark = pytest.mark.usefixtures("library")

NONE = {"party_kind": ["Other"], "confidence": ["Low"]}
"""What no case has; the page on it says so."""


@pytest.mark.parametrize("kind", LABELS)
def test_every_value_of_the_taxonomy_is_used_or_said_to_have_none(kind: str, mediator: Person) -> None:
    assert [value.label for value in values_of(kind) if not value.number] == NONE.get(kind, [])
    fragment = mediator.client.get(f"/cases/tagged/{kind}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert re.findall(r">([^<>]+): none yet<", html.unescape(fragment)) == NONE.get(kind, [])
    page = mediator.client.get(f"/guidelines/{page_of(kind)}/").content.decode()
    assert f'hx-get="/cases/tagged/{kind}/"' in page


@pytest.mark.parametrize("kind", FACETS)
def test_a_number_leads_to_as_many_as_it_says(kind: str, mediator: Person) -> None:
    for value in values_of(kind):
        page = mediator.client.get(f"/cases/{value.query}").content.decode()
        stated = re.search(r"(\d+) measures?\s+in (\d+) cases?", page)
        assert stated
        assert value.number == int(stated[2 if kind == "conflict_type" else 1])


def test_numbers_are_those_of_the_files() -> None:
    cases = case_files().values()
    held = sum(measure.result == "held" for case in cases for measure in case.measures)
    assert {value.label: value.number for value in values_of("result")}["It held"] == held
    armed = sum(any(party.kind == "armed_group" for party in case.parties) for case in cases)
    assert {value.label: value.number for value in values_of("party_kind")}["Armed group"] == armed
    medium = sum(case.confidence == "medium" for case in cases)
    assert {value.label: value.number for value in values_of("confidence")}["Medium"] == medium


def test_without_scripts_it_is_a_page_of_its_own(mediator: Person) -> None:
    assert "<html" in mediator.client.get("/cases/tagged/sector/").content.decode()
    assert mediator.client.get("/cases/tagged/magic/").status_code == 404


def test_the_pages_on_the_field_describe_each_kind_once() -> None:
    kinds = [section.kind for page in field_pages().values() for section in page.sections if section.kind]
    assert sorted(kinds) == sorted(LABELS)
