"""Words: what is found, in which order, how it is marked, and what is offered when nothing is found."""

from __future__ import annotations

import pytest

from cases.domain import load_library
from cases.models import Case
from cases.schema import case_files
from cases.searching.folding import fold
from cases.searching.search import Run, current_edition, did_you_mean, excerpt, marked
from tests.personas import Person


def slugs(words: str) -> list[str]:
    return list(Case.objects.by_relevance(words).values_list("slug", flat=True))


def test_folding_keeps_each_letter_in_its_place() -> None:
    assert fold("Bürgenstock, Côte d’Ivoire, Øresund") == "Burgenstock, Cote d'Ivoire, Oresund"
    assert len(fold("e\u0301\u0301ß 🕊️")) == len("e\u0301\u0301ß 🕊️")


def test_accents_do_not_matter_on_either_side(library: None) -> None:
    assert slugs("Burgenstock") == slugs("Bürgenstock") != []


def test_a_title_weighs_more_than_a_text(library: None) -> None:
    assert slugs("Nuba")[0] == "nuba-mountains-2002"


def test_words_are_found_in_other_forms_as_phrases_and_without_what_a_minus_excludes(library: None) -> None:
    assert "nuba-mountains-2002" in slugs("monitor ceasefires")
    assert "nuba-mountains-2002" in slugs('"joint military commission"')
    assert "nuba-mountains-2002" not in slugs("ceasefire -Nuba")


@pytest.mark.parametrize("words", ["'", '"', "-", "!!! & | <->", "a:*", "\\", "%s", "🕊️"])
def test_no_words_break_the_search(library: None, mediator: Person, words: str) -> None:
    assert mediator.client.get("/cases/", {"words": words}).status_code == 200


def test_marks_stand_in_the_text_as_it_was_written(db: None) -> None:
    (runs,) = marked(("A week at Bürgenstock.",), "burgenstock")
    assert runs == [Run("A week at ", False), Run("Bürgenstock", True), Run(".", False)]


def test_every_form_is_marked_but_neither_its_neighbours_nor_what_a_minus_excludes(db: None) -> None:
    (runs,) = marked(("Monitors monitored monsoons; the monitoring of monasteries.",), "monitor -monastery")
    assert [run.text for run in runs if run.is_marked] == ["Monitors", "monitored", "monitoring"]
    assert "".join(run.text for run in runs) == "Monitors monitored monsoons; the monitoring of monasteries."


@pytest.mark.parametrize("words", ["the", "-", '"', "(.*", "[a-z]+", "t.*e", "\\w"])
def test_words_that_say_nothing_mark_nothing_and_signs_are_no_patterns(db: None, words: str) -> None:
    assert marked(("The truce held.",), words) == [[Run("The truce held.", False)]]


def test_words_of_the_address_are_escaped(library: None, mediator: Person) -> None:
    page = mediator.client.get("/cases/", {"words": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_an_excerpt_is_the_stretch_around_the_first_mark() -> None:
    runs = [Run("far away " * 60, False), Run("truce", True), Run(" and so on" * 60, False)]
    cut = excerpt(runs)
    assert Run("truce", True) in cut
    assert (cut[0].text, cut[-1].text) == ("… ", " …")
    assert len("".join(run.text for run in cut)) < 280
    assert excerpt([Run("nothing", False)]) == []


def test_the_nearest_words_of_the_library_are_offered(library: None, mediator: Person) -> None:
    assert did_you_mean("ceasfire monitering", current_edition()) == "ceasefire monitoring"
    assert did_you_mean("xqzxqz", current_edition()) == ""
    page = mediator.client.get("/cases/", {"words": "ceasfire"}).content.decode()
    assert "Did you mean" in page
    assert 'href="/cases/?words=ceasefire"' in page


def test_the_list_marks_what_was_looked_for(library: None, mediator: Person) -> None:
    page = mediator.client.get("/cases/", {"words": "burgenstock"}).content.decode()
    assert '<mark class="found">Bürgenstock</mark>' in page


def test_a_changed_case_is_found_by_its_new_words(db: None) -> None:
    files = dict(case_files())
    load_library(files)
    files["kenya-wajir-1993"] = files["kenya-wajir-1993"].model_copy(update={"title": "Zanzibar"})
    load_library(files)
    assert slugs("zanzibar") == ["kenya-wajir-1993"]
