"""Forms are read as what they say, and say nothing that nobody said."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.calibration import CalibrationPackage, calibration_packages
from assessments.package.addresses import ABSENT, KEY, ROWS, value_at
from assessments.package.drafts import with_keys
from proposals.building.catalogue import LEFT_OUT, catalogue, pattern_of
from proposals.building.reading import UnknownFieldError, read_fields
from proposals.building.values import NONE
from tests.assessments.strategies import documents
from tests.proposals.building.conftest import draft_of
from tests.proposals.building.pages import Sent, all_pages, page


def say(draft: Mapping[str, Any], address: str, *sent: str) -> Any:
    """What is read of one field for which these controls are sent."""
    post = QueryDict(mutable=True)
    post.update({"field": address})
    post.setlist(address, list(sent))
    return read_fields(post, draft)[address]


def leaves(node: Any, at: str = "") -> Iterator[str]:
    """The addresses of all fields that a draft says."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name not in (KEY, "id"):
                yield from leaves(value, f"{at}/{name}")
    elif isinstance(node, list) and node and at.rpartition("/")[2] in ROWS:
        for row in node:
            yield from leaves(row, f"{at}/{row.get(KEY, row.get('id'))}")
    elif pattern_of(at) not in LEFT_OUT:
        yield at


def unchanged_by_its_forms(draft: dict[str, Any]) -> None:
    before = copy.deepcopy(draft)
    found: dict[str, Any] = {}
    for html in all_pages(draft):
        found |= read_fields(Sent(html).query(), draft)
    assert draft == before
    for address, value in found.items():
        stands = value_at(draft, address)
        assert value == stands, address
        assert type(value) is type(stands), address
    assert set(leaves(draft)) - {"/measures"} <= set(found)  # that of no measure speaks for itself


@pytest.mark.parametrize("package", calibration_packages(), ids=lambda package: package.id)
def test_forms_of_a_historic_package_say_what_it_says(package: CalibrationPackage) -> None:
    unchanged_by_its_forms(draft_of(package.package))


@given(documents())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_forms_of_any_package_say_what_it_says(document: dict[str, Any]) -> None:
    unchanged_by_its_forms(with_keys(document))


ODD = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    st.integers(-5, 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.lists(st.text("ab ;,\n\r[]", max_size=5), max_size=3),
    st.sampled_from(["", [], "all", NONE, "never", "none", "yes", "m1", "gos", ["gos", "the; patrol"], {"a": 1}]),
)


@given(st.sampled_from(sorted(p for p in catalogue() if p not in ROWS and catalogue()[p].kind != "rows")), ODD)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_stands_in_a_field_stays_until_somebody_changes_it(pattern: str, odd: Any) -> None:
    draft = draft_of(calibration_packages()[0].package)
    address = filled_in(draft, pattern, odd)
    spec = catalogue()[pattern]
    pages = [page(draft, measure="m1")] if spec.page == "measure" else [page(draft, spec.step)]
    found = read_fields(Sent(pages[0]).query(), draft)
    assert address in found
    assert found[address] == odd or found[address] is odd


def filled_in(draft: dict[str, Any], pattern: str, value: Any) -> str:
    """Puts a value where the pattern leads first, making rows on the way; gives its address."""
    node: Any = draft
    address = ""
    parts = pattern[1:].split("/")
    for n, part in enumerate(parts):
        last = n == len(parts) - 1
        if part == "*" and parts[n - 1] in ROWS:
            row = node[0]
            address += f"/{row.get(KEY, row.get('id'))}"
            node = row
            continue
        name = "gos" if part == "*" else part
        address += f"/{name}"
        if last:
            node[name] = value
        elif name in ROWS:
            fresh = {"id": "t1", "name": "IGAD"} if name == "third_parties" else {KEY: "k900"}
            node[name] = node.get(name) or [fresh]
            node = node[name]
        else:
            node = node.setdefault(name, {})
    return address


@pytest.mark.parametrize(
    ("address", "sent", "read"),
    [
        ("/title", ["  A truce "], "A truce"),
        ("/summary", ["one\r\ntwo\rthree"], "one\ntwo\nthree"),
        ("/summary", ["  \r\n "], ABSENT),
        ("/summary", ["with a \x00 in it"], "with a  in it"),
        ("/context/purpose_statement", ["", NONE], ""),
        ("/context/purpose_statement", [NONE], NONE),
        ("/context/purpose_statement", ["to talk", NONE], "to talk"),
        ("/context/purpose_shared", ["partly"], "partly"),
        ("/context/purpose_shared", [""], ABSENT),
        ("/conflict/countries", ["Sudan, ke; South Sudan"], ["SD", "KE", "SS"]),
        ("/conflict/countries", ["SD KE"], ["SD", "KE"]),
        ("/conflict/countries", ["Sudann"], ["Sudann"]),
        ("/conflict/core_issues", ["land\r\n\r\n power "], ["land", "power"]),
        ("/diagnosis/trust_deficit", ["0"], 0),
        ("/diagnosis/trust_deficit", [""], ABSENT),
        ("/diagnosis/comfort/gos", ["3"], 3),
        ("/process/months_on_cbms", ["1.5"], 1.5),
        ("/process/months_on_cbms", ["a few"], "a few"),
        ("/measures/m1/steps", ["12"], 12),
        ("/measures/m1/steps", ["-1"], -1),
        ("/measures/m1/steps", ["9" * 5000], "9" * 5000),
        ("/measures/m1/start", ["2002-01-19"], "2002-01-19"),
        ("/measures/m1/start", ["next spring"], "next spring"),
        ("/measures/m1/initiator", ["gos"], "gos"),
        ("/measures/m1/sectors", [], ABSENT),
        ("/measures/m1/sectors", ["political", "security"], ["security", "political"]),
        ("/measures/m1/seen_by", [NONE], []),
        ("/measures/m1/seen_by", [NONE, "negotiators"], []),
        ("/measures/m1/developed_with", ["all", "gos"], ["gos"]),
        ("/measures/m1/developed_with", [NONE], []),
        ("/language", [""], ABSENT),
    ],
)
def test_a_field_is_typed_as_the_format_wants(
    example: dict[str, Any], address: str, sent: list[str], read: Any
) -> None:
    found = say(example, address, *sent)
    assert found == read
    assert type(found) is type(read)


def test_never_and_a_number_of_days_are_told_apart(example: dict[str, Any]) -> None:
    address = f"/verification/{example['verification'][0][KEY]}/report_every_days"
    assert say(example, address, "", NONE) == "never"
    assert say(example, address, "14", NONE) == 14
    assert say(example, address, "") is ABSENT


def test_all_takes_the_place_of_single_measures_and_gives_way_to_them(example: dict[str, Any]) -> None:
    row = example["verification"][0]
    address = f"/verification/{row[KEY]}/covers"
    row["covers"] = ["m1"]
    assert say(example, address, "all", "m1") == "all"
    row["covers"] = "all"
    assert say(example, address, "all", "m2") == ["m2"]
    assert say(example, address) is ABSENT


def test_the_purpose_that_leads_keeps_its_place(example: dict[str, Any]) -> None:
    example["context"]["purposes"] = ["initiate_deepen", "prevent_escalation"]
    sent = ["prevent_escalation", "initiate_deepen", "consolidate"]
    assert say(example, "/context/purposes", *sent) == ["initiate_deepen", "prevent_escalation", "consolidate"]


def test_who_acts_may_be_ticked_and_named_in_words(example: dict[str, Any]) -> None:
    clause = example["measures"][0]["commitments"][0]
    address = f"/measures/m1/commitments/{clause[KEY]}/who"
    clause["who"] = ["a patrol; of both", "gos"]
    assert say(example, address, "gos", "a patrol; of both") == ["a patrol; of both", "gos"]
    assert say(example, address, "splm", "a patrol; of both") == ["a patrol; of both", "splm"]
    assert say(example, address, "gos", "the UN; elders ") == ["gos", "the UN", "elders"]
    assert say(example, address, "") is ABSENT


def test_a_link_leads_to_a_measure_or_to_words_whichever_was_changed(example: dict[str, Any]) -> None:
    row = example["links"][0]
    address = f"/links/{row[KEY]}/target"
    row["target"] = "national talks"
    assert say(example, address, "m2", "national talks") == "m2"
    assert say(example, address, "", "other talks") == "other talks"
    row["target"] = "m2"
    assert say(example, address, "m2", "the talks") == "the talks"
    assert say(example, address, "m3", "") == "m3"
    assert say(example, address, "", "") is ABSENT


def test_a_list_without_rows_can_say_that_there_is_none() -> None:
    assert say({}, "/verification", NONE) == []
    assert say({"verification": []}, "/verification") is ABSENT


def test_a_text_whose_control_was_not_sent_is_left_alone(example: dict[str, Any]) -> None:
    post = QueryDict(mutable=True)
    post.update({"field": "/title"})
    assert read_fields(post, example) == {}


def test_only_fields_that_the_form_names_are_read(example: dict[str, Any]) -> None:
    post = QueryDict("field=/title&/title=New&/notes=smuggled")
    assert read_fields(post, example) == {"/title": "New"}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "title",
        "/",
        "/format",
        "/parties/gos/id",
        "/measures",
        "/measures/m1",
        "/measures/m77/title",
        "/measures/m1/commitments/k999/text",
        "/measures/m1/colour",
        "/measures/m1/impact/somebody/burden",
        "/diagnosis/comfort/somebody",
        "/__proto__/title",
        "/verification",
    ],
)
def test_a_field_that_is_not_there_is_refused(example: dict[str, Any], address: str) -> None:
    with pytest.raises(UnknownFieldError) as refused:
        say(example, address, "x")
    assert refused.value.address == address
    assert "Load the page again" in str(refused.value)


def test_a_field_below_what_is_no_mapping_is_refused() -> None:
    with pytest.raises(UnknownFieldError):
        say({"conflict": "a text"}, "/conflict/name", "x")
