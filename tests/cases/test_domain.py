"""The library in the database follows the files."""

from __future__ import annotations

import pytest

from cases.domain import load_library
from cases.models import Case
from cases.schema import CaseFile, CaseFileError, case_files, read_case

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing() -> None:
    files = case_files()
    assert len(load_library(files).added) == len(files) == 43
    again = load_library(files)
    assert (again.added, again.updated, again.removed, again.unchanged) == ([], [], [], 43)


def test_a_changed_file_updates_its_case_and_a_missing_one_removes_it() -> None:
    files = dict(case_files())
    load_library(files)
    kenya = files["kenya-wajir-1993"]
    files["kenya-wajir-1993"] = kenya.model_copy(update={"title": "Another title", "measures": kenya.measures[:1]})
    del files["korea-cma-2018"]
    changes = load_library(files)
    assert (changes.updated, changes.removed) == (["kenya-wajir-1993"], ["korea-cma-2018"])
    case = Case.objects.get(slug="kenya-wajir-1993")
    assert case.title == "Another title"
    assert case.measures.count() == 1


def test_loading_what_is_unchanged_asks_the_database_three_times(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    load_library(case_files())
    with django_assert_num_queries(5):  # savepoint, lock, versions, fingerprints, release
        load_library(case_files())


def test_cases_are_found_by_what_they_illustrate_and_by_words(library: None) -> None:
    verifiable = Case.objects.illustrating("verifiable")
    assert set(verifiable) == set(Case.objects.illustrating("G4"))
    assert "nuba-mountains-2002" in {case.slug for case in verifiable}
    assert {case.slug for case in Case.objects.matching("guard posts")} >= {"korea-cma-2018"}
    assert not Case.objects.matching("zzzz")


def test_a_file_that_does_not_fit_is_named_with_the_place(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "somewhere.yaml"
    path.write_text("slug: somewhere\ntitel: x\n")
    with pytest.raises(CaseFileError, match=r"somewhere\.yaml: titel"):
        read_case(path)


def test_a_file_is_named_as_its_case(tmp_path) -> None:  # type: ignore[no-untyped-def]
    case = case_files()["kenya-wajir-1993"]
    path = tmp_path / "elsewhere.yaml"
    path.write_text(case.model_dump_json())
    with pytest.raises(CaseFileError, match="must be the file's name"):
        read_case(path)


def test_every_case_file_says_who_where_when_and_from_where() -> None:
    for case in case_files().values():
        assert isinstance(case, CaseFile)
        assert case.sources
        assert case.outcome.worked
        assert case.outcome.did_not
