"""The language of the field as data."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from assessments.engine import alternatives
from assessments.engine.alternatives import Alternative
from assessments.engine.starters import STARTERS, WHO_COULD_BE_BORROWED
from guidelines.catalogue import topics
from guidelines.field import PAGES, Section, field_pages, glossary, page_of
from guidelines.taxonomy import LABELS, label


@pytest.mark.parametrize("kind", LABELS)
def test_every_code_of_the_taxonomy_is_described(kind: str) -> None:
    described = {
        entry.anchor: entry.text for section in field_pages()[page_of(kind)].sections for entry in section.entries
    }
    assert all(described[f"{kind}-{code}"] for code in LABELS[kind])


def test_a_section_that_leaves_out_a_code_is_refused() -> None:
    with pytest.raises(ValidationError, match="not the codes of track"):
        Section.model_validate({"title": "x", "kind": "track", "entries": [{"code": "I", "text": "x"}]})


def test_each_phase_says_the_same_seven_things() -> None:
    entries = field_pages()["phases"].sections[0].entries
    assert len({tuple(name for name, _ in entry.facts) for entry in entries}) == 1
    assert len(entries[0].facts) == 7


def test_the_ideas_are_those_that_the_engine_offers() -> None:
    for entry in field_pages()["sectors"].sections[0].entries:
        ideas = {label("actor_level", level): idea for level, idea in STARTERS[entry.code].items()}
        assert dict(entry.facts) == {**ideas, "Who could be borrowed": WHO_COULD_BE_BORROWED[entry.code]}


def test_the_alternatives_are_those_that_the_engine_offers() -> None:
    offered = [each for each in vars(alternatives).values() if isinstance(each, Alternative)]
    said = [(entry.name.lower(), entry.text) for entry in field_pages()["not-the-tool"].sections[1].entries]
    assert said == [(each.deficit, each.instead) for each in offered]


def test_the_glossary_is_sorted_and_without_doubles() -> None:
    terms = [term.term.lower() for term in glossary()]
    assert terms == sorted(set(terms))
    assert len(terms) >= 40


def test_terms_are_explained_in_two_sentences_at_most() -> None:
    assert all(1 <= len(re.findall(r"\.(?:\s|$)", term.text)) <= 2 for term in glossary())


def test_links_of_the_glossary_lead_somewhere() -> None:
    anchors = {
        f"{name}#{entry.anchor}"
        for name, page in field_pages().items()
        for section in page.sections
        for entry in section.entries
    }
    assert {term.page for term in glossary()} <= {"", *topics(), *PAGES, *anchors}
