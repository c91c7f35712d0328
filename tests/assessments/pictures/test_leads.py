"""Where the measures lead."""

from __future__ import annotations

from assessments.pictures.leads import DESTINATIONS, LeadRow, leads
from tests.assessments.pictures.material import historic, package


def destinations(row: LeadRow) -> list[str]:
    return [cell.to for cell in row.cells for _lead in cell.leads]


def test_the_worked_example_leads_to_the_talks_and_to_a_review() -> None:
    shown = leads(historic("nuba-2002"))
    assert shown.everywhere is not None
    assert destinations(shown.everywhere) == ["review", "substantive"]
    assert [destinations(row) for row in shown.rows] == [["measure"], [], [], []]
    assert [row.as_all for row in shown.rows] == [False, True, True, True]
    assert (shown.nowhere, shown.to_substance, shown.talks) == ([], True, "planned")
    to_relief = shown.rows[0].cells[0].leads[0]
    assert to_relief.target is not None
    assert (to_relief.target.id, to_relief.when, to_relief.condition) == ("m3", "from signature", "")
    assert shown.everywhere.cells[3].leads[0].bridge == "brings results to the table"


def test_measures_that_lead_nowhere_are_named() -> None:
    shown = leads(package({}, {}, links=[{"from": ["m1"], "to": "agreement", "condition": "hard"}]))
    assert [ref.id for ref in shown.nowhere] == ["m2"]
    assert [row.nowhere for row in shown.rows] == [False, True]
    assert shown.rows[0].cells[DESTINATIONS.index("agreement")].leads[0].condition_word == "hard condition"


def test_links_that_are_not_said_are_no_fault_and_an_empty_list_is_an_answer() -> None:
    unknown = leads(package({}))
    assert (unknown.said, unknown.nowhere) == ("not_said", [])
    none = leads(package({}).model_copy(update={"links": ()}))
    assert none.said == "none"
    assert [ref.id for ref in none.nowhere] == ["m1"]


def test_a_link_to_itself_leads_nowhere_and_one_without_destination_is_counted() -> None:
    shown = leads(package({}, links=[{"from": ["m1"], "to": "measure", "target": "m1"}, {"from": ["m1"]}]))
    assert [ref.id for ref in shown.nowhere] == ["m1"]
    assert shown.unsorted == 1


def test_a_target_in_words_stays_as_it_is_written() -> None:
    lead = (
        leads(package({}, links=[{"from": ["m1"], "to": "next_package", "target": "round two"}])).rows[0].cells[1].leads
    )
    assert (lead[0].target, lead[0].target_words) == (None, "round two")
