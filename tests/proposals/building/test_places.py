"""A click on what the advice says leads to the field."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.package.addresses import KEY
from assessments.package.drafts import with_keys
from proposals.building.places import field_id, href_of, step_of
from tests.proposals.building.pages import PK, Sent, all_pages, page

BASE = f"/proposals/{PK}/draft/"


def test_the_id_of_a_field_follows_from_its_address() -> None:
    assert field_id("/measures/m1/impact/gos/burden") == "f__measures__m1__impact__gos__burden"


@pytest.mark.parametrize(
    ("address", "step"),
    [
        ("/title", "conflict"),
        ("/parties/p1", "conflict"),
        ("/notes", "diagnosis"),
        ("/diagnosis/comfort", "diagnosis"),
        ("/process/earlier_measures", "purpose"),
        ("/context", "purpose"),
        ("/measures/m1/steps", "measures"),
        ("/verification/k1", "measures"),
        ("/measures/m1/start", "sequence"),
        ("/not_applicable/k1/reason", "advice"),
        ("", "conflict"),
        ("/colour", "measures"),
    ],
)
def test_each_address_has_its_step(address: str, step: str) -> None:
    assert step_of(address) == step


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("/context/phase", "purpose/#f__context__phase"),
        ("/measures/m2/title", "measures/m2/#f__measures__m2__title"),
        ("/measures/m2", "measures/m2/"),
        ("/measures", "measures/"),
        ("/measures/m2/start", "sequence/#f__measures__m2__start"),
        ("/measures/m2/impact/gos", "measures/m2/#f__measures__m2__impact__gos"),
        ("", "conflict/"),
    ],
)
def test_an_address_leads_to_its_page_and_field(example: dict[str, Any], address: str, href: str) -> None:
    assert href_of(PK, example, address) == BASE + href


def test_what_covers_measures_is_found_with_the_first_of_them(example: dict[str, Any]) -> None:
    row = example["verification"][0]
    at = f"/verification/{row[KEY]}/access"
    assert href_of(PK, example, at).startswith(f"{BASE}measures/m1/#")
    row["covers"] = ["m3", "m2"]
    assert href_of(PK, example, at).startswith(f"{BASE}measures/m2/#")
    row["covers"] = []
    assert href_of(PK, example, at) == f"{BASE}measures/#{field_id(at)}"
    assert field_id(at) in Sent(page(example, "measures")).ids


def test_every_place_that_an_address_leads_to_is_there(example: dict[str, Any]) -> None:
    ids = {one for html in all_pages(example) for one in Sent(html).ids}
    for html in all_pages(example):
        for name, value in Sent(html).pairs:
            if name == "field":
                assert href_of(PK, example, value).partition("#")[2] in ids, value


def test_two_measures_of_one_id_have_pages_of_their_own(example: dict[str, Any]) -> None:
    example["measures"].append({"id": "m1", "title": "a double"})
    draft = with_keys(example)
    key = draft["measures"][-1][KEY]
    assert 'value="a double"' in page(draft, measure=key)
    assert 'value="a double"' not in page(draft, measure=draft["measures"][0][KEY])
