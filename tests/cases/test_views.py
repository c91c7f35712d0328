"""The pages of the case library."""

from __future__ import annotations

import pytest

from cases.domain import load_library
from cases.schema import case_files
from tests.personas import Person


@pytest.fixture
def library(db: None) -> None:
    load_library(case_files())


def test_a_case_shows_its_measures_lessons_and_sources(library: None, mediator: Person) -> None:
    page = mediator.client.get("/cases/nuba-mountains-2002/").content.decode()
    for words in ("Joint Military Commission", "What did not", "Illustrates it well", "/guidelines/G4/", "Danforth"):
        assert words in page


def test_the_list_is_narrowed_by_words_conflict_and_lesson(library: None, mediator: Person) -> None:
    def found(**query: str) -> str:
        return mediator.client.get("/cases/", query).content.decode()

    assert "43 cases" in found()
    assert "Nuba Mountains" in found(words="Nuba", lesson="G4", conflict="intra-state")
    assert "No case fits" in found(words="Nuba", conflict="inter-state")
    assert "none is applied" in found(lesson="G99")


def test_an_unknown_case_is_not_found(library: None, mediator: Person) -> None:
    assert mediator.client.get("/cases/atlantis/").status_code == 404


@pytest.mark.parametrize("keep", [1, 3])
def test_queries_do_not_grow_with_the_cases(  # type: ignore[no-untyped-def]
    keep: int, mediator: Person, django_assert_num_queries
) -> None:
    files = case_files()
    load_library({slug: files[slug] for slug in list(files)[:keep]})
    # Session, person, memberships, cases; the other four are the transaction and its walls.
    with django_assert_num_queries(8):
        mediator.client.get("/cases/")
