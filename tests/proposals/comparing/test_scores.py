from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from assessments.calibration import calibration_packages, worked_example
from assessments.engine import assess
from assessments.package import Package, canonical_document
from proposals.comparing.leaving_out import without_measures
from proposals.comparing.scores import compare_scores, turn
from proposals.comparing.side_by_side import Candidate, side_by_side


def scored(package: Package) -> dict[str, Any]:
    return assess(package).as_dict()


def example(**fields: Any) -> Package:
    return Package.model_validate({**canonical_document(worked_example().package), **fields})


@pytest.mark.parametrize(
    ("before", "now", "word"),
    [
        ("met", "met", "the same"),
        ("not_met", "partly", "better"),
        ("strong", "weak", "worse"),
        ("low", "high", "worse"),
        ("high", "moderate", "better"),
        ("unknown", "met", "now known"),
        ("unknown", "not_met", "now known"),
        ("adequate", "insufficient", "no longer known"),
        ("not_applicable", "not_met", "now applies"),
        ("met", "not_applicable", "no longer applies"),
        ("not_enough_information", "table_after_fixes", "now known"),
        ("ready_to_table", "not_the_right_tool_now", "worse"),
    ],
)
def test_change_has_a_word_and_a_mark(before: str, now: str, word: str) -> None:
    found = turn(before, now)
    assert found.label == word
    assert found.mark


def test_scorecard_is_the_same_as_itself() -> None:
    card = scored(worked_example().package)
    found = compare_scores(card, card)
    assert found.is_same
    assert {row.turn.tone for row in [*found.guidelines, *found.challenges]} == {"same"}


def test_guidelines_stand_in_their_order() -> None:
    shuffled = scored(worked_example().package)
    shuffled["guidelines"] = dict(sorted(shuffled["guidelines"].items()))
    found = compare_scores(shuffled, shuffled)
    assert [row.id for row in found.guidelines] == [f"G{n}" for n in range(1, 11)]


def test_what_goes_down_one_way_goes_up_the_other_way() -> None:
    full = scored(worked_example().package)
    bare = scored(example(links=[], violations=[]))
    down, up = compare_scores(full, bare), compare_scores(bare, full)
    by_id = {row.id: row for row in down.guidelines}
    assert by_id["G5"].turn.label == "worse"
    assert by_id["G5"].by.startswith("\N{MINUS SIGN}")
    for one, other in zip(down.guidelines, up.guidelines, strict=True):
        pair = {str(one.turn.label), str(other.turn.label)}
        assert pair in ({"the same"}, {"better", "worse"}, {"now known", "no longer known"}), one.id


def test_check_that_changed_says_why_on_both_sides() -> None:
    found = compare_scores(scored(worked_example().package), scored(example(links=[])))
    dated = next(each for each in found.checks if each.check == "G6.2")
    assert dated.before != dated.now
    assert dated.before_because != dated.now_because


def test_any_two_historic_packages_can_be_compared() -> None:
    cards = [scored(historic.package) for historic in calibration_packages()]
    for one, other in pairwise(cards):
        assert len(compare_scores(one, other).guidelines) == 10


def table(*packages: Package) -> Any:
    return side_by_side([Candidate(package, scored(package)) for package in packages])


def test_cost_is_summed_by_kind_over_measures_and_parties() -> None:
    measures = [
        {"id": "m1", "title": "One", "cost": {"gos": {"money": 2}, "splm": {"money": 1, "security": 3}}},
        {"id": "m2", "title": "Two", "cost": {"gos": {"money": 0}}},
    ]
    parties = [{"id": "gos", "name": "Government"}, {"id": "splm", "name": "Movement"}]
    package = Package.model_validate(
        {"format": "cbm-package/1", "title": "T", "parties": parties, "measures": measures}
    )
    costs = {row.name: row.cells[0] for row in table(package).costs}
    assert (costs["Cost in money"].text, costs["Cost in money"].note) == ("3", "")
    assert (costs["Cost to security"].text, costs["Cost to security"].note) == ("3", "rated for 1 of 2 measures")
    assert not costs["Political cost"].is_known


def test_burden_and_benefit_are_those_of_the_engine() -> None:
    measures = [
        {"id": "m1", "title": "One", "impact": {"a": {"burden": 3, "benefit": 1}, "b": {"benefit": 2}}},
        {"id": "m2", "title": "Two", "impact": {"a": {"burden": 0}, "b": {"burden": 1}}},
    ]
    parties = [{"id": "a", "name": "Side A"}, {"id": "b", "name": "Side B"}]
    package = Package.model_validate(
        {"format": "cbm-package/1", "title": "T", "parties": parties, "measures": measures}
    )
    side_a, side_b = table(package).parties
    assert side_a.cells[0].text == "burden 3, benefit 1, net \N{MINUS SIGN}1.0 for each measure"
    assert side_b.cells[0].text == "burden 1, benefit 2, net +0.5 for each measure"


def test_too_few_rated_measures_say_so_instead_of_a_sum() -> None:
    measures = [
        {"id": "m1", "title": "One", "impact": {"a": {"burden": 3}}},
        *({"id": f"m{n}", "title": "Other"} for n in range(2, 5)),
    ]
    document = {"format": "cbm-package/1", "title": "T", "parties": [{"id": "a", "name": "A"}], "measures": measures}
    [row] = table(Package.model_validate(document)).parties
    assert not row.cells[0].is_known
    assert "fewer than half" in row.cells[0].note


def test_variant_without_a_measure_shows_what_that_does() -> None:
    base = worked_example().package
    variant = Package.model_validate(without_measures(canonical_document(base), ["m2"]))
    found = table(base, variant)
    count = next(row for row in found.figures if row.name == "Measures")
    assert [cell.text for cell in count.cells] == ["4", "3"]
    assert [len(titles) for titles in found.sequence] == [4, 3]
    assert found.advice[0][1] is None
    assert found.advice[1][1] is not None


def test_party_that_only_a_variant_has_gets_its_row() -> None:
    base = worked_example().package
    parties = [*canonical_document(base)["parties"], {"id": "new", "name": "Newcomer"}]
    rows = table(base, example(parties=parties)).parties
    assert rows[-1].name == "Newcomer"
    assert not rows[-1].cells[0].is_known


def test_empty_draft_beside_a_full_one_has_figures_too() -> None:
    empty = Package.model_validate({"format": "cbm-package/1", "title": "Empty"})
    found = table(worked_example().package, empty)
    assert found.sequence[1] == []
    assert not found.figures[0].cells[1].is_known
