"""The addresses that the forms lead to, and drafts to show in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import set_urlconf

from assessments.calibration import worked_example
from assessments.package import Package
from assessments.package.drafts import with_keys


def draft_of(package: Package) -> dict[str, Any]:
    return with_keys(package.model_dump(mode="json", by_alias=True, exclude_none=True))


@pytest.fixture(autouse=True)
def _addresses() -> Iterator[None]:
    set_urlconf("tests.proposals.building.urls")
    yield
    set_urlconf(None)


@pytest.fixture
def example() -> dict[str, Any]:
    """The worked example as a draft."""
    return draft_of(worked_example().package)
