"""All five pictures, as they are printed."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings

from assessments.calibration import calibration_packages
from assessments.package import Package
from assessments.pictures.addresses import below
from assessments.pictures.page import Pictures, pictures
from tests.assessments.pictures.material import half_filled, package
from tests.assessments.strategies import packages


def printed(drafted: Package, base: str = "/p/") -> str:
    shown = pictures(drafted, None, below(base))._asdict()
    return "".join(render_to_string(f"assessments/pictures/_{name}.html", shown) for name in Pictures._fields)


@pytest.mark.parametrize("drafted", half_filled())
def test_half_filled_packages_are_drawn_and_say_what_to_do(drafted: Package) -> None:
    text = printed(drafted)
    if not drafted.measures:
        assert text.count('class="empty"') == 4
    if len(drafted.parties or ()) < 2:
        assert "two parties" in text


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(packages())
def test_any_package_can_be_printed_without_inline_styles_or_leftovers(drafted: Package) -> None:
    text = printed(drafted)
    assert "style=" not in text
    assert "%(" not in text
    assert "None" not in re.sub(r"<[^>]*>", " ", text)


def test_what_people_wrote_is_escaped() -> None:
    drafted = package({"title": "<b>bold</b>", "impact": {"a": {"burden": 1}, "b": {"burden": 1}}})
    text = printed(drafted)
    assert "<b>bold" not in text
    assert "&lt;b&gt;bold" in text


def test_cells_lead_to_their_measure_and_columns_to_their_guideline() -> None:
    text = printed(package({}), base="/there/")
    assert 'href="/there/#measure-m1"' in text
    assert 'href="/there/#G4"' in text


def test_every_historic_package_is_drawn() -> None:
    for each in calibration_packages():
        text = printed(each.package)
        assert all(f"&nbsp;{measure.title}" in text for measure in each.package.measures or ())
