"""What the run of every day leaves out is marked."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent


@pytest.mark.parametrize(("folder", "kind"), [("browser", "browser"), ("services", "services")])
def test_all_tests_of_a_folder_that_is_left_out_are_marked(
    folder: str, kind: str, request: pytest.FixtureRequest
) -> None:
    below = [item for item in request.session.items if TESTS / folder in item.path.parents]
    assert [item.nodeid for item in below if not item.get_closest_marker(kind)] == []
