"""Where the measures stand, and what could stand in the empty cells."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.pictures.coverage import SECTORS, Gap, Suggestion, coverage, gaps_of
from assessments.pictures.suggestions import suggestions
from cases.models import CaseMeasure
from tests.assessments.pictures.material import historic, package

SECURITY = {"sectors": ["security"], "actor_levels": ["negotiators"]}


def test_measures_of_the_worked_example_stand_where_their_tags_are() -> None:
    shown = coverage(historic("nuba-2002"))
    security = shown.levels.rows[1]
    assert [[ref.id for ref in cell.measures] for cell in security.cells] == [["m1"], ["m1", "m2"], []]
    pre_negotiation = [[ref.number for ref in row.cells[1].measures] for row in shown.phases.rows]
    assert pre_negotiation == [[2, 4], [1, 2], [3], [3, 4]]
    assert shown.phase_said


def test_an_empty_cell_has_an_idea_and_says_what_it_would_serve() -> None:
    shown = coverage(package({**SECURITY, "actor_levels": ["negotiators", "decision_makers"]}))
    political, security = shown.levels.rows[:2]
    assert "a sector that no measure touches yet" in political.cells[0].serves
    assert "an actor level that no measure reaches yet" in security.cells[2].serves
    assert security.cells[2].idea == "community monitors, mine information"
    assert (security.cells[0].idea, security.cells[0].serves) == ("", "")


def test_a_cell_whose_sector_and_level_stand_elsewhere_serves_nothing_special() -> None:
    elsewhere = {"sectors": ["political"], "actor_levels": ["decision_makers"]}
    cell = coverage(package(SECURITY, elsewhere)).levels.rows[0].cells[0]
    assert (cell.measures, cell.serves) == ([], "")


def test_only_the_packages_own_phases_are_asked_for() -> None:
    drafted = package(SECURITY, context={"phase": "negotiation", "other_phases": ["implementation"]})
    assert {gap.phase for gap in gaps_of(drafted) if gap.phase} == {"negotiation", "implementation"}
    row = coverage(drafted).phases.rows[0]
    assert [cell.asked for cell in row.cells] == [False, False, True, True]


def test_a_measures_own_phases_come_before_the_packages() -> None:
    drafted = package({**SECURITY, "phases": ["implementation"]}, context={"phase": "negotiation"})
    assert [[ref.id for ref in cell.measures] for cell in coverage(drafted).phases.rows[1].cells] == [
        [],
        [],
        [],
        ["m1"],
    ]


def test_measures_without_tags_are_named_beside_the_table() -> None:
    shown = coverage(package(SECURITY, {"sectors": ["security"]}, {}))
    assert [ref.id for ref in shown.levels.unplaced] == ["m2", "m3"]
    assert [ref.id for ref in shown.phases.unplaced] == ["m1", "m2", "m3"]
    assert not shown.phase_said


def test_suggestions_are_shown_in_their_cells_only() -> None:
    gap = Gap("political", "negotiators")
    known = Suggestion("meals", "a case", "/cases/a/#measure-1", "✓", "It held")
    rows = coverage(package(SECURITY), {gap: known}).levels.rows
    shown = {cell.gap for row in rows for cell in row.cells if cell.suggestion}
    assert shown == {gap}


@pytest.mark.usefixtures("library")
class TestSuggestions:
    """From the library."""

    def test_they_stood_in_the_very_cell_and_those_that_held_come_first(self) -> None:
        gaps = [Gap(sector, level) for sector in SECTORS for level in ("negotiators", "decision_makers")]
        gaps += [Gap(sector, phase="negotiation") for sector in SECTORS]
        for gap, shown in suggestions(gaps).items():
            fitting = CaseMeasure.objects.filter(sectors__contains=[gap.sector])
            fitting = fitting.filter(actor_levels__contains=[gap.level]) if gap.level else fitting
            fitting = fitting.filter(phases__contains=[gap.phase]) if gap.phase else fitting
            slug, position = shown.url.split("/")[2], int(shown.url.rpartition("-")[2]) - 1
            chosen = fitting.get(case__slug=slug, position=position)
            assert (chosen.title, chosen.case.title) == (shown.title, shown.case)
            assert chosen.result == ("held" if fitting.filter(result="held").exists() else "partly")

    def test_a_cell_in_which_nothing_held_gets_none(self) -> None:
        CaseMeasure.objects.filter(sectors__contains=["security"]).update(result="failed")
        assert suggestions([Gap("security", "negotiators")]) == {}

    def test_they_cost_one_query_whatever_their_number(self) -> None:
        for gaps in (gaps_of(package(SECURITY)), gaps_of(package(SECURITY, context={"phase": "negotiation"}))):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert suggestions(gaps)
            assert len(asked) == 1
        with CaptureQueriesContext(connection) as asked:
            assert suggestions([]) == {}
        assert len(asked) == 0

    def test_neighbouring_cells_show_different_cases_where_there_are_enough(self) -> None:
        shown = suggestions(Gap(sector, level="decision_makers") for sector in SECTORS)
        assert len({each.case for each in shown.values()}) == len(SECTORS)
