from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from assessments.calibration import calibration_packages
from assessments.domain import assessment_of
from assessments.engine.rubric import VERSION
from assessments.models import Assessment
from assessments.package import Package, document_sha256


@pytest.fixture
def package() -> Package:
    """A historic package."""
    return calibration_packages()[0].package


@pytest.mark.django_db
def test_document_is_scored_once(package: Package) -> None:
    first = assessment_of(package)
    assert assessment_of(package) == first
    assert (first.document_sha256, first.rubric_version) == (document_sha256(package), VERSION)


@pytest.mark.django_db
def test_other_rubric_makes_another_assessment(package: Package) -> None:
    assessment_of(package)
    Assessment.objects.update(rubric_version="0.9")
    assessment_of(package)
    assert set(Assessment.objects.values_list("rubric_version", flat=True)) == {"0.9", VERSION}


@pytest.mark.django_db(transaction=True)
def test_those_who_ask_at_once_get_the_same_assessment(package: Package) -> None:
    def ask() -> int:
        try:
            return assessment_of(package).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = {future.result() for future in [pool.submit(ask) for _ in range(4)]}
    assert len(found) == Assessment.objects.count() == 1
