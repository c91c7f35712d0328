"""The engine against what scholars would expect of twelve historic packages."""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import settings

from assessments.calibration import CalibrationPackage, calibration_packages
from assessments.calibration_page import calibration_page

PACKAGES = calibration_packages()
WANTED = 155
STATED = 160


def test_the_expectations_are_met(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(package.id, one) for package in PACKAGES for one in package.compared()]
    met, stated = Counter(e.about for _id, e in rows if e.met), Counter(e.about for _id, e in rows)
    with capsys.disabled():
        print("\nagreement:", ", ".join(f"{about} {met[about]}/{stated[about]}" for about in stated))
    missed = [(package_id, one) for package_id, one in rows if not one.met]
    assert len(rows) == STATED
    assert len(rows) - len(missed) >= WANTED, missed


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p.id)
def test_no_check_looks_at_titles_names_or_dates(package: CalibrationPackage) -> None:
    whole = package.package
    renamed = whole.model_copy(
        update={
            "title": "x",
            "parties": tuple(p.model_copy(update={"name": "y"}) for p in whole.parties or ()),
            "measures": tuple(m.model_copy(update={"title": "z"}) for m in whole.measures or ()),
            "conflict": None,
        }
    )
    assert package._replace(package=renamed).compared() == package.compared()


def test_the_published_table_is_up_to_date() -> None:
    written = (settings.BASE_DIR / "docs" / "calibration.md").read_text()
    assert written == calibration_page(), "write it anew with: python manage.py calibrate --write docs/calibration.md"
