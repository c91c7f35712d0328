"""What each measure contributes to each guideline."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from assessments.calibration import calibration_packages
from assessments.engine import assess
from assessments.engine.rubric import rubric
from assessments.package import Package
from assessments.pictures.heatmap import HeatCell, heatmap
from assessments.pictures.one_measure import OF_ONE_MEASURE, OF_THE_WHOLE, holding_only
from tests.assessments.pictures.material import historic, package
from tests.assessments.strategies import packages


def cells(of: Package) -> dict[tuple[str, str], HeatCell]:
    picture = heatmap(assess(of, steps=False))
    return {(cell.measure, cell.topic): cell for row in picture.rows for cell in row.cells}


def figures(of: Package, topic: str) -> dict[str, str]:
    return {measure: cell.figure for (measure, about), cell in cells(of).items() if about == topic}


def test_each_measure_of_the_worked_example_is_judged_by_itself() -> None:
    # Simple: steps 2.5, open preconditions 2.5, first result 1.5. m2 is half met in the first two: 4 / 6.5; m3 in one.
    assert figures(historic("nuba-2002"), "G2") == {"m1": "100", "m2": "62", "m3": "81", "m4": "100"}
    # What if: one entry covers all; graded "no", ladder and spoilers "partly": 8 of 10.
    assert set(figures(historic("nuba-2002"), "G5").values()) == {"80"}


def test_a_column_of_the_whole_says_what_the_package_would_lose() -> None:
    # Only m3 is cross-matched; without it G7.4 is half met: half of 1 in 10.
    assert figures(historic("nuba-2002"), "G7") == {"m1": "±0", "m2": "±0", "m3": "+5", "m4": "±0"}
    assert cells(historic("aceh-coha-2002"))["m3", "G10"].figure == "−17"
    assert cells(historic("aceh-coha-2002"))["m3", "G10"].word.mark == "▼"


def test_an_effect_is_the_difference_between_two_scores_of_the_engine() -> None:
    for each in calibration_packages():
        whole = assess(each.package, steps=False).profile.guidelines
        measures = each.package.measures or ()
        for position, measure in enumerate(measures):
            rest = measures[:position] + measures[position + 1 :]
            without = assess(each.package.model_copy(update={"measures": rest}), steps=False).profile.guidelines
            for topic in OF_THE_WHOLE:
                figure = cells(each.package)[measure.id, topic].figure
                if figure:
                    lost = (whole[topic].score or 0) - (without[topic].score or 0)
                    assert int(figure.replace("−", "-").replace("±", "")) == lost


def test_a_measure_that_is_no_undertaking_needs_no_verification() -> None:
    cell = cells(historic("sudan-negotiators-2002"))["m1", "G4"]
    assert (cell.band, cell.figure) == ("not_applicable", "")


def test_what_covers_one_measure_says_nothing_of_another() -> None:
    two = package(
        {"kind": "undertaking"},
        {"kind": "undertaking"},
        verification=[{"covers": ["m1"], "method": "joint", "indicators": "yes", "access": "full", "ready": "with"}],
        links=[{"from": ["m2"], "to": "review", "condition": "none"}],
    )
    assert cells(two)["m1", "G4"].band != "weak"
    assert (cells(two)["m2", "G4"].band, cells(two)["m2", "G4"].figure) == ("weak", "0")
    assert figures(two, "G6") == {"m1": "0", "m2": "100"}


def test_links_that_are_not_said_are_unknown_and_an_empty_list_is_not() -> None:
    assert cells(package({}))["m1", "G6"].band == "insufficient"
    assert cells(package({}, links=[{"from": [], "to": "review"}]))["m1", "G6"].figure == "0"


def test_unknown_measures_show_no_figure_and_ask() -> None:
    cell = cells(package({}, {}))["m1", "G1"]
    assert (cell.band, cell.figure, cell.word.mark) == ("insufficient", "", "?")
    assert cell.open[0] == rubric().checks["G1.3"].question, "the weightiest question comes first"


def test_the_only_measure_is_not_compared_with_nothing() -> None:
    assert cells(package({"sectors": ["security"]}, context={"phase": "negotiation"}))["m1", "G7"].word.mark == "–"


def test_weak_cells_are_told_lowest_first_with_what_is_open_there() -> None:
    picture = heatmap(assess(historic("aceh-coha-2002"), steps=False))
    first = picture.remarks[0]
    assert (first.measure.title, first.topic.id, first.cell.figure) == ("peace zones", "G6", "0")
    assert first.cell.open == (rubric().checks["G6.1"].question,)
    weak = sum(cell.band == "weak" for row in picture.rows for cell in row.cells)
    assert len(picture.remarks) + len(picture.more_remarks) == weak


def test_the_row_of_the_package_shows_its_own_scores() -> None:
    card = assess(historic("aceh-coha-2002"), steps=False)
    shown = {cell.topic: cell.figure for cell in heatmap(card).package}
    assert shown == {topic: str(score.score) for topic, score in card.profile.guidelines.items()}


def test_every_guideline_has_a_column_and_every_check_named_exists() -> None:
    guidelines = {group.id for group in rubric().groups if group.is_guideline}
    assert {*OF_ONE_MEASURE, *OF_THE_WHOLE} == guidelines
    for topic, ids in OF_ONE_MEASURE.items():
        assert {rubric().checks[check_id].group for check_id in ids} == {topic}


@pytest.mark.parametrize("check_id", [check_id for ids in OF_ONE_MEASURE.values() for check_id in ids])
def test_a_check_of_one_measure_reads_measures_or_what_covers_them(check_id: str) -> None:
    sections = {read.partition(".")[0] for read in rubric().checks[check_id].reads}
    assert sections & {"measures", "verification", "violations", "links"}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(packages())
def test_any_package_has_a_map_and_one_measure_alone_is_scored_as_the_engine_would(drafted: Package) -> None:
    picture = heatmap(assess(drafted, steps=False))
    assert [row.measure.id for row in picture.rows] == [measure.id for measure in drafted.measures or ()]
    for position, row in enumerate(picture.rows):
        alone = assess(holding_only(drafted, position), steps=False).profile.guidelines
        by_topic = {cell.topic: cell for cell in row.cells}
        for topic in ("G4", "G5", "G8", "G9"):  # those of which every check is asked
            assert by_topic[topic].band == alone[topic].band
