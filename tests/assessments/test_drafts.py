"""Drafts: what can be read of them, and what is told of the rest."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.calibration import calibration_packages, worked_example
from assessments.engine import assess
from assessments.package import canonical_document
from assessments.package.addresses import ABSENT, KEY, address_of, pointer_of, rows_in, value_at
from assessments.package.changes import ChangeError, Insert, Move, Put, Remove, Replace, apply, as_json, from_json
from assessments.package.drafts import read_draft, with_keys, without_keys

EXAMPLES = [each.package for each in calibration_packages()]
scalars = st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=5) | st.floats()
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)

many = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def draft_of(package: Any) -> dict[str, Any]:
    return with_keys(canonical_document(package))


@pytest.mark.parametrize("package", EXAMPLES, ids=lambda package: package.title[:30])
def test_a_whole_package_is_read_as_it_is(package: Any) -> None:
    reading = read_draft(draft_of(package))
    assert reading.package == package
    assert reading.problems == []
    assert without_keys(draft_of(package)) == canonical_document(package)


def test_an_empty_draft_can_be_assessed() -> None:
    reading = read_draft({})
    assert assess(reading.package).as_dict()["index"] is None
    assert {problem.address for problem in reading.problems} == {"/format", "/title"}


def test_a_half_filled_measure_keeps_what_is_said_of_it() -> None:
    draft = draft_of(worked_example().package)
    measure = {
        "id": "m9",
        "title": "",
        "steps": "a few",
        "sectors": ["security", "bogus"],
        "commitments": [{KEY: "k1"}],
    }
    draft["measures"].append(measure)
    reading = read_draft(draft)
    read: Any = (reading.package.measures or ())[-1]
    assert (read.title, read.sectors, read.steps) == (f"Measure {len(draft['measures'])}", ("security",), None)
    assert read.commitments[0].text == ""
    told = {problem.address for problem in reading.problems}
    assert told == {
        "/measures/m9/title",
        "/measures/m9/steps",
        "/measures/m9/sectors",
        "/measures/m9/commitments/k1/text",
    }


def test_a_reference_that_leads_nowhere_is_told_at_its_field() -> None:
    draft = draft_of(worked_example().package)
    draft["measures"][0]["impact"]["nobody"] = {"burden": 1}
    draft["verification"][0]["covers"] = ["m1", "gone"]
    reading = read_draft(draft)
    first = draft["measures"][0]["id"]
    key = draft["verification"][0][KEY]
    assert {each.address for each in reading.problems} >= {
        f"/measures/{first}/impact/nobody",
        f"/verification/{key}/covers",
    }
    assert "nobody" not in ((reading.package.measures or ())[0].impact or {})


def test_two_measures_with_one_id_are_both_reachable() -> None:
    draft = with_keys({"measures": [{"id": "m1", "title": "a"}, {"id": "m1", "title": "b"}]})
    assert [row["title"] for _, row in rows_in(draft)] == ["a", "b"]
    assert len({at for at, _ in rows_in(draft)}) == 2
    assert [measure.title for measure in read_draft(draft).package.measures or ()] == ["a"]


@many
@given(st.data())
def test_whatever_stands_in_a_draft_it_is_read(data: Any) -> None:
    draft = draft_of(data.draw(st.sampled_from(EXAMPLES)))
    for _ in range(data.draw(st.integers(1, 4))):
        spoil(draft, data)
    reading = read_draft(with_keys(draft))
    assert read_draft(draft_of(reading.package)).problems == []


def spoil(node: Any, data: Any) -> None:
    """Puts anything somewhere into a draft."""
    while True:
        places = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not places:
            return
        place = data.draw(st.sampled_from(places))
        below = node[place]
        if not isinstance(below, dict | list) or not below or data.draw(st.booleans()):
            break
        node = below
    if isinstance(node, dict) and data.draw(st.booleans()):
        del node[place]
    else:
        node[place] = data.draw(anything)


@pytest.mark.parametrize("package", EXAMPLES, ids=lambda package: package.title[:30])
def test_addresses_and_pointers_lead_to_the_same(package: Any) -> None:
    draft, document = draft_of(package), canonical_document(package)
    for at, row in rows_in(draft):
        pointer = pointer_of(draft, at)
        assert address_of(draft, pointer) == at
        node: Any = document
        for part in pointer.split("/")[1:]:
            node = node[int(part)] if isinstance(node, list) else node[part]
        assert without_keys(row) == node


def test_fields_that_are_not_filled_in_yet_have_an_address() -> None:
    draft = draft_of(worked_example().package)
    first = draft["measures"][0]["id"]
    assert address_of(draft, "/measures/0/never/said") == f"/measures/{first}/never/said"
    assert address_of(draft, "/verification/-") == "/verification"
    assert address_of(draft, "") == ""


def test_moved_and_removed_rows_come_back_where_they_were() -> None:
    draft = {"measures": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}, {"id": "c", "title": "C"}]}
    done, back = apply(draft, [Move("/measures/c", "a"), Remove("/measures/a"), Put("/measures/b/title", ABSENT)])
    assert done == {"measures": [{"id": "c", "title": "C"}, {"id": "b"}]}
    assert apply(done, back)[0] == draft


def test_with_the_last_row_the_list_goes_for_an_empty_one_says_that_there_is_none() -> None:
    assert apply({"links": [{KEY: "k1"}]}, [Remove("/links/k1")])[0] == {}
    none: dict[str, Any] = {"links": []}
    some, back = apply(none, [Insert("/links", {KEY: "k1"})])
    assert apply(some, back)[0] == none


@pytest.mark.parametrize(
    "operation",
    [
        Put("/measures/gone/title", "x"),
        Put("/measures", []),
        Insert("/measures", {"id": "a"}),
        Insert("/title", {"id": "a"}),
        Remove("/measures/gone"),
        Remove("/title"),
        Move("/links/k1", None),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(operation: Any) -> None:
    draft = {"title": "T", "measures": [{"id": "a"}]}
    with pytest.raises(ChangeError):
        apply(draft, [operation])


@pytest.mark.parametrize("operation", [Put("/context/phase", "negotiation"), Insert("/links", {KEY: "k1"})], ids=str)
def test_what_stands_where_fields_belong_makes_way_and_comes_back(operation: Any) -> None:
    draft = {"context": "a text", "links": "another"}
    done, back = apply(draft, [operation])
    assert value_at(done, operation.at) not in ("a text", "another", ABSENT)
    assert apply(done, back)[0] == draft


@many
@given(st.data())
def test_every_change_can_be_taken_back(data: Any) -> None:
    draft = draft_of(data.draw(st.sampled_from(EXAMPLES)))
    operations = data.draw(st.lists(st.one_of(*changes_of(draft)), max_size=8))
    done, back = draft, list[Any]()
    for operation in operations:
        try:
            done, undo = apply(done, [operation])
        except ChangeError:
            continue
        back[:0] = undo
    assert canonical(apply(done, from_json(json.loads(json.dumps(as_json(back)))))[0]) == canonical(draft)


def changes_of(draft: dict[str, Any]) -> list[st.SearchStrategy[Any]]:
    rows = [at for at, _ in rows_in(draft)]
    some = st.sampled_from(rows)
    fields = st.sampled_from(["title", "description", "covers", "steps", "text"])
    return [
        st.builds(
            lambda at, field, value: Put(f"{at}/{field}", value), some, fields, st.sampled_from([ABSENT, "x", []])
        ),
        st.builds(
            Put, st.sampled_from(["/title", "/context/phase", "/diagnosis/comfort/p1"]), st.sampled_from(["x", ABSENT])
        ),
        st.builds(Remove, some),
        st.builds(Move, some, st.sampled_from([at.rpartition("/")[2] for at in rows]) | st.none()),
        st.builds(lambda n: Insert("/links", {KEY: f"new{n}"}), st.integers(0, 2)),
        st.just(Replace({"title": "another"})),
    ]


def canonical(draft: Any) -> str:
    return json.dumps(draft, sort_keys=True)


def test_nothing_stands_where_no_address_leads() -> None:
    assert value_at({"measures": [{"id": "a"}]}, "/measures/b/title") is ABSENT
    with pytest.raises(ValueError, match="slash"):
        value_at({}, "title")
