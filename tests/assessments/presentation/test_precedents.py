from __future__ import annotations

import pytest

from assessments.presentation.precedents import case_link


def test_case_is_named_by_its_title_and_links_to_its_page() -> None:
    link = case_link("nuba-mountains-2002")
    assert link.title.startswith("Nuba Mountains")
    assert link.url == "/cases/nuba-mountains-2002/"


def test_case_that_the_library_does_not_have_is_a_mistake_in_the_rubric() -> None:
    with pytest.raises(KeyError):
        case_link("atlantis")
