"""Countries by name, and their shapes."""

from __future__ import annotations

from django.utils import translation

from cases.maps.countries import WITHOUT_NUMBER, WITHOUT_SHAPE, name_of, names_of, shapes_of
from cases.maps.outlines import outlines
from cases.schema import case_files

OF_THE_LIBRARY = {code for case in case_files().values() for code in case.countries}


def test_every_country_of_the_library_has_a_name() -> None:
    assert {code for code in OF_THE_LIBRARY if name_of(code) == code} == set()


def test_every_country_of_the_library_has_a_shape_or_is_said_to_have_none() -> None:
    known = {outline.shape for outline in outlines()}
    assert {code for code in OF_THE_LIBRARY if not known & set(shapes_of(code))} == WITHOUT_SHAPE


def test_no_shape_is_tinted_with_two_countries() -> None:
    shapes = [shape for code in OF_THE_LIBRARY for shape in shapes_of(code)]
    assert len(shapes) == len(set(shapes))


def test_shapes_without_a_number_are_found_by_their_names() -> None:
    unnumbered = {outline.shape for outline in outlines() if not outline.shape.isdigit()}
    assert {shape for shapes in WITHOUT_NUMBER.values() for shape in shapes} == unnumbered
    assert shapes_of("XK") == ("Kosovo",)
    assert {"706", "Somaliland"} <= set(shapes_of("SO"))


def test_countries_that_got_a_new_number_keep_the_one_that_is_drawn() -> None:
    assert {"SD": "729" in shapes_of("SD"), "ET": "231" in shapes_of("ET")} == {"SD": True, "ET": True}


def test_names_are_said_in_the_language_that_is_spoken() -> None:
    assert names_of(["CI", "EH"]) == "Côte d’Ivoire, Western Sahara"
    with translation.override("de"):
        assert name_of("EH") == "Westsahara"
    with translation.override("pt-br"):
        assert name_of("SD") == "Sudão"


def test_an_unknown_code_says_itself() -> None:
    assert name_of("QQ") == "QQ"
    assert shapes_of("QQ") == ()
