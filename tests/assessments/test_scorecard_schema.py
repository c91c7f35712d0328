"""What the engine writes is what the published schema says."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from assessments.calibration import CalibrationPackage, calibration_packages
from assessments.engine import assess
from assessments.package import canonical_document, json_schema
from assessments.scorecard_schema import scorecard_schema

PACKAGES = calibration_packages()


@pytest.mark.parametrize("calibration", PACKAGES, ids=lambda c: c.id)
def test_every_scorecard_fits_the_published_schema(calibration: CalibrationPackage) -> None:
    Draft202012Validator(scorecard_schema()).validate(json.loads(assess(calibration.package).as_json()))


@pytest.mark.parametrize("calibration", PACKAGES, ids=lambda c: c.id)
def test_every_package_fits_the_published_schema(calibration: CalibrationPackage) -> None:
    Draft202012Validator(json_schema()).validate(canonical_document(calibration.package))


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"context": {"phase": "now"}},
        {"parties": [{"id": "a b", "name": "A"}]},
        {"measures": [{"id": "m1", "title": "t", "steps": -1}]},
        {"measures": [{"id": "m1", "title": "t", "unknown": 1}]},
        {"diagnosis": {"trust_deficit": 5}},
        {"verification": [{"report_every_days": "often"}]},
        {"links": [{"to": "somewhere"}]},
    ],
)
def test_the_schema_refuses_what_reading_refuses_by_type(wrong: dict[str, object]) -> None:
    document = {"format": "cbm-package/1", "title": "t", **wrong}
    assert not Draft202012Validator(json_schema()).is_valid(document)
