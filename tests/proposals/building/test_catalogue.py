"""Every field of the format has its place, its name and its help."""

from __future__ import annotations

import pytest

from assessments.package.addresses import rows_in
from guidelines.catalogue import topics
from proposals.building.annotations import fields_of_the_format
from proposals.building.catalogue import FILES, LEFT_OUT, FieldSpec, catalogue, pattern_of, sections_of

SPECS = list(catalogue().values())


def test_every_field_of_the_format_stands_in_exactly_one_step() -> None:
    placed = [pattern for page in FILES for section in sections_of(page) for pattern in section.fields]
    assert len(placed) == len(set(placed))
    assert set(placed) == set(fields_of_the_format()) - LEFT_OUT


def test_only_the_format_and_the_ids_are_left_out() -> None:
    assert {"/format", "/parties/*/id", "/third_parties/*/id", "/measures/*/id"} == LEFT_OUT


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.pattern)
def test_a_field_has_a_name_in_words_and_help_in_a_sentence(spec: FieldSpec) -> None:
    assert spec.label
    assert "_" not in spec.label
    assert spec.label[0].isupper()
    assert spec.help[-1] in ".?"
    assert 10 < len(spec.help) < 130
    assert not spec.more or spec.more[-1] in ".?"


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.kind == "rating"], ids=lambda spec: spec.pattern)
def test_each_step_of_a_rating_has_a_word(spec: FieldSpec) -> None:
    assert [code for code, _ in spec.choices()] == [str(n) for n in range(spec.taken.highest + 1)]


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.taken.choices], ids=lambda spec: spec.pattern)
def test_each_choice_has_a_word_that_differs_from_the_others(spec: FieldSpec) -> None:
    words = [word for _, word in spec.choices()]
    assert len(set(words)) == len(words)
    assert not any("_" in word for word in words)


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("/title", "line"),
        ("/summary", "long"),
        ("/context/phase", "choice"),
        ("/context/purpose_shared", "tri"),
        ("/conflict/countries", "countries"),
        ("/conflict/core_issues", "texts"),
        ("/diagnosis/comfort/*", "rating"),
        ("/process/months_on_cbms", "number"),
        ("/measures/*/steps", "count"),
        ("/measures/*/start", "date"),
        ("/measures/*/sectors", "choices"),
        ("/measures/*/initiator", "party"),
        ("/third_parties/*/ally_of", "parties"),
        ("/measures/*/developed_with", "parties"),
        ("/verification/*/covers", "measures"),
        ("/verification/*/report_every_days", "number"),
        ("/measures/*/commitments/*/who", "who"),
        ("/links/*/target", "target"),
        ("/not_applicable/*/check", "check"),
        ("/verification", "rows"),
    ],
)
def test_what_a_field_takes_follows_from_the_format(pattern: str, kind: str) -> None:
    assert catalogue()[pattern].kind == kind


def test_a_word_may_stand_for_a_number_only_where_the_format_says_so() -> None:
    words = {spec.pattern: spec.taken.word for spec in SPECS if spec.taken.word}
    assert words == {"/verification/*/report_every_days": "never", "/violations/*/reaction_hours": "none"}


@pytest.mark.parametrize(
    ("pattern", "served"),
    [
        ("/measures/*/steps", "G2"),
        ("/measures/*/sectors", "G7"),
        ("/measures/*/impact/*/burden", "G10"),
        ("/measures/*/commitments/*/text", "C5"),
        ("/verification/*/access", "G4"),
        ("/links/*/to", "G6"),
        ("/summary", None),
    ],
)
def test_a_field_names_the_guideline_whose_check_asks_for_it(pattern: str, served: str | None) -> None:
    topic = catalogue()[pattern].serves
    assert (topic and topic.id) == served


def test_what_a_field_serves_has_a_page() -> None:
    assert {spec.serves.id for spec in SPECS if spec.serves} <= set(topics())


def test_a_pattern_tells_keys_from_names_even_where_they_are_alike() -> None:
    assert pattern_of("/measures/measures/impact/cost/burden") == "/measures/*/impact/*/burden"
    assert pattern_of("/diagnosis/motives/motives") == "/diagnosis/motives/*"
    assert pattern_of("/measures/m1/commitments/k3/deliberately_open/k4/phrase") in catalogue()


def test_every_row_of_the_example_has_fields(example: dict[str, object]) -> None:
    for address, _row in rows_in(example):
        assert any(pattern.startswith(f"{pattern_of(address)}/") for pattern in catalogue()), address
