from __future__ import annotations

import copy
from itertools import combinations

import pytest

from assessments.calibration import calibration_packages
from assessments.package import Package, canonical_document
from proposals.comparing.leaving_out import without_measures

DRAFT = {
    "measures": [{"id": "m1"}, {"id": "m2"}, {"id": "m3"}],
    "verification": [{"covers": ["m1", "m2"]}, {"covers": ["m2"]}, {"covers": "all"}, {"body": "All of them"}],
    "violations": [{"covers": ["m2"]}],
    "links": [
        {"from": ["m2"], "to": "review"},
        {"from": ["m1"], "to": "measure", "target": "m2"},
        {"from": ["m1", "m2"], "to": "substantive", "target": "m2"},
    ],
}


def test_what_refers_to_a_measure_alone_goes_with_it_and_others_lose_its_name() -> None:
    assert without_measures(DRAFT, ["m2"]) == {
        "measures": [{"id": "m1"}, {"id": "m3"}],
        "verification": [{"covers": ["m1"]}, {"covers": "all"}, {"body": "All of them"}],
        "violations": [],
        "links": [{"from": ["m1"], "to": "substantive", "target": "m2"}],
    }


def test_the_draft_that_is_given_stays_as_it_is() -> None:
    before = copy.deepcopy(DRAFT)
    without_measures(DRAFT, ["m1", "m2"])
    assert before == DRAFT


def test_nothing_left_out_is_the_same_draft() -> None:
    assert without_measures(DRAFT, []) == DRAFT


@pytest.mark.parametrize("draft", [{}, {"measures": "none yet"}, {"measures": ["a text"], "links": [3]}])
def test_half_filled_drafts_stay_what_they_are(draft: dict[str, object]) -> None:
    assert without_measures(draft, ["m1"]) == draft


def test_any_two_measures_of_historic_packages_can_be_left_out() -> None:
    for historic in calibration_packages():
        document = canonical_document(historic.package)
        for two in combinations([measure["id"] for measure in document["measures"]], 2):
            package = Package.model_validate(without_measures(document, two))
            assert len(package.measures or ()) == len(document["measures"]) - 2
