"""What the tests of the library share."""

from __future__ import annotations

import pytest

from cases.domain import load_library
from cases.schema import case_files


@pytest.fixture
def library(db: None) -> None:
    """The library as it is published."""
    load_library(case_files())
