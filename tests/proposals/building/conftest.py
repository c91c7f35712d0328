"""Drafts to show in forms."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.calibration import worked_example
from assessments.package import Package
from assessments.package.drafts import with_keys


def draft_of(package: Package) -> dict[str, Any]:
    return with_keys(package.model_dump(mode="json", by_alias=True, exclude_none=True))


@pytest.fixture
def example() -> dict[str, Any]:
    """The worked example as a draft."""
    return draft_of(worked_example().package)
